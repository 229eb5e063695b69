#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/text/number_text.hpp"
#include "writers/page/page_parts.hpp"
#include "writers/rows/json_text.hpp"

namespace attngraph {
namespace {

/// Writes one JSON object, member after member.
class Json {
 public:
  /// Begins the value of a member of the object that is open.
  Json& name(std::string_view name) {
    separate();
    append_json_text(out_, name);
    out_ += ':';
    fresh_ = true;
    return *this;
  }
  void open(char bracket) {
    separate();
    out_ += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    out_ += bracket;
    fresh_ = false;
  }
  void value(std::string_view text) {
    separate();
    append_json_text(out_, text);
  }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(std::monostate) {
    separate();
    out_ += "null";
  }
  void value(bool yes) {
    separate();
    out_ += yes ? "true" : "false";
  }
  void value(std::int64_t number) {
    separate();
    append_number(out_, number);
  }
  void value(std::size_t number) { value(static_cast<std::int64_t>(number)); }
  void value(double number) {
    separate();
    append_json_number(out_, number);
  }
  /// The shortest text of a float32.
  void value(float number) {
    separate();
    std::isfinite(number) ? append_number(out_, number) : void(out_ += "null");
  }
  template <typename Items>
  void list(const Items& items) {
    open('[');
    for (const auto& item : items) value(item);
    close(']');
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool fresh_ = true;

  void separate() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
};

void append_column(Json& json, const Column& column) {
  json.name("name").value(column.name);
  json.name("about").value(column.about);
  json.name("text").value(column.type == ColumnType::text);
}

void append_heads(Json& json, const KeptAnswer& answer) {
  json.name("heads").open('[');
  for (std::size_t c = 0; c < answer.schema.size(); ++c) {
    const Column& column = answer.schema[c];
    if (column.known == Known::no) continue;
    json.open('{');
    append_column(json, column);
    json.name("values");
    std::visit(
        [&](const auto& values) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(values)>, Unknown>) json.list(values);
        },
        answer.rows[c]);
    json.close('}');
  }
  json.close(']');
}

void append_routes(Json& json, const Page& page) {
  json.name("routes").open('[');
  for (const auto& routes : page.routes) {
    json.open('[');
    for (const PageRoute& route : routes) {
      json.open('[');
      json.value(route.probability);
      json.list(route.tokens);
      json.close(']');
    }
    json.close(']');
  }
  json.close(']');
}

void append_origin(Json& json, const WriterSettings& settings) {
  json.name("version").value(settings.version);
  json.name("command").value(settings.command);
  json.name("parameters").open('[');
  for (const auto& [name, parameter] : settings.parameters) {
    // What nobody asked for is no part of a command line.
    const auto* flag = std::get_if<bool>(&parameter);
    if (std::holds_alternative<std::monostate>(parameter) || (flag && !*flag)) continue;
    json.open('[');
    json.value(name);
    std::visit([&](const auto& value) { json.value(value); }, parameter);
    json.close(']');
  }
  json.close(']');
}

}  // namespace

std::string about_part(const Page& page, const WriterSettings& settings, const WeightCodes& codes) {
  Json json;
  json.open('{');
  append_origin(json, settings);
  json.name("source").value(page.source);
  json.name("cross").value(page.cross);
  json.name("causal").value(page.causal);
  json.name("labelled").value(page.labelled);
  json.name("kept").value(page.kept.value_or(0));
  json.name("scale").value(codes.scale());
  json.name("largest").value(codes.largest());
  json.name("error").value(WeightCodes::relative_error);
  json.name("queries").list(page.query_labels);
  json.name("keys").list(page.key_labels);
  append_heads(json, page.heads);
  json.name("nodes").value(page.nodes);
  json.name("measures").open('[');
  for (const PageMeasure& measure : page.measures) {
    json.open('{');
    append_column(json, measure.column);
    json.close('}');
  }
  json.close(']');
  json.name("layers").list(page.layers);
  json.name("residual").value(page.residual);
  json.name("flowIsBound").value(page.flow_is_bound);
  append_routes(json, page);
  json.name("routeLabels").list(page.route_labels);
  json.name("absent").open('{');
  for (const auto& [what, why] : page.absent) json.name(what).value(settings.wording(why));
  json.close('}');
  json.close('}');
  return json.take();
}

}  // namespace attngraph

#include "writers/rows/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/text/number_text.hpp"
#include "writers/rows/json_text.hpp"

namespace attngraph {
namespace {

struct JsonValue {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return number_text(value); }
  std::string operator()(double value) const {
    std::string text;
    append_json_number(text, value);
    return text;
  }
  std::string operator()(const std::string& value) const {
    std::string text;
    append_json_text(text, value);
    return text;
  }
};

/// A number where the text is one, else a string.
std::string json_of_text(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end && std::isfinite(number))
    return JsonValue{}(number);
  return JsonValue{}(text);
}

std::string_view type_name(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
      return "integer";
    case ColumnType::real:
    case ColumnType::real32:
      return "number";
    case ColumnType::text:
      break;
  }
  return "string";
}

template <typename Members>
void append_members(std::string& out, const Members& members, bool first = true) {
  for (const auto& member : members) {
    if (!first) out += ",";
    first = false;
    append_json_text(out, member.name);
    out += ":" + member.value;
  }
}

}  // namespace

JsonWriter::JsonWriter(const Format& format, Output& output, const WriterSettings& settings,
                       Messages& messages)
    : LineWriter(format, json_style(",\n", ""), output, settings, messages) {
  for (const auto& [name, value] : settings.parameters) {
    parameters_.push_back({name, std::visit(JsonValue{}, value)});
  }
}

void JsonWriter::append_columns(const Schema& columns) {
  std::string& out = buffer_.text();
  out += ",\"columns\":[";
  for (const Column& column : columns) {
    if (&column != &columns.front()) out += ",\n";
    const std::string about = settings().wording(std::string(column.about));
    const std::vector<Member> members{{"name", JsonValue{}(column.name)},
                                      {"type", JsonValue{}(std::string(type_name(column.type)))},
                                      {"about", JsonValue{}(about)}};
    out += "{";
    append_members(out, members);
    out += "}";
  }
  out += "]";
}

void JsonWriter::begin(const Schema& columns) {
  if (began_) return;
  began_ = true;
  std::string& out = buffer_.text();
  out += R"({"schema":"attngraph/1","version":)";
  append_json_text(out, settings().version);
  out += ",\"command\":";
  append_json_text(out, settings().command);
  out += ",\"inputs\":[";
  for (std::size_t i = 0; i < settings().inputs.size(); ++i) {
    if (i > 0) out += ",";
    append_json_text(out, settings().inputs[i]);
  }
  out += "],\"parameters\":{";
  append_members(out, parameters_);
  out += "}";
  append_columns(columns);
  out += ",\"results\":[\n";
}

void JsonWriter::begin_rows(const Schema& schema) {
  begin(written_columns(schema));
  LineWriter::begin_rows(schema);
}

void JsonWriter::summary(const Column& number, double value) {
  add_to_summary({number.name, JsonValue{}(value)});
}

void JsonWriter::parameter(const std::string& name, const std::string& value) {
  Member member{name, json_of_text(value)};
  if (began_) return add_to_summary(std::move(member));
  const auto known = std::find_if(parameters_.begin(), parameters_.end(),
                                  [&](const Member& other) { return other.name == name; });
  if (known == parameters_.end()) {
    parameters_.push_back(std::move(member));
  } else {
    *known = std::move(member);
  }
}

void JsonWriter::add_to_summary(Member member) {
  if (summaries_.empty() || summaries_.back().input != input()) summaries_.push_back({input(), {}});
  summaries_.back().members.push_back(std::move(member));
}

/// One object; with several inputs a list of them, each with its file.
void JsonWriter::append_summary() {
  std::string& out = buffer_.text();
  out += ",\"summary\":";
  if (!settings().file_column) {
    out += "{";
    append_members(out, summaries_.front().members);
    out += "}";
    return;
  }
  out += "[";
  for (std::size_t i = 0; i < summaries_.size(); ++i) {
    out += i == 0 ? "{\"file\":" : ",\n{\"file\":";
    append_json_text(out, summaries_[i].input);
    append_members(out, summaries_[i].members, false);
    out += "}";
  }
  out += "]";
}

void JsonWriter::append_errors() {
  std::string& out = buffer_.text();
  out += ",\"errors\":[";
  for (std::size_t i = 0; i < failed_.size(); ++i) {
    const FailedInput& input = failed_[i];
    const std::vector<Member> members{{"file", JsonValue{}(input.name)},
                                      {"status", std::to_string(input.status)},
                                      {"message", JsonValue{}(input.message)},
                                      {"hint", JsonValue{}(input.hint)}};
    out += i == 0 ? "{" : ",\n{";
    append_members(out, members);
    out += "}";
  }
  out += "]";
}

void JsonWriter::finish() {
  begin({});
  buffer_.text() += "\n]";
  if (!summaries_.empty()) append_summary();
  if (!failed_.empty()) append_errors();
  buffer_.text() += "}\n";
  LineWriter::finish();
}

}  // namespace attngraph

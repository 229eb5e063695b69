#include "help/json_schema.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "command.hpp"
#include "output/option_notation.hpp"
#include "writers/rows/json_text.hpp"

namespace attngraph {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

std::string json_of(std::string_view text) {
  std::string json;
  append_json_text(json, text);
  return json;
}

std::string object(const Members& members, const std::string& indent) {
  std::string json = "{";
  for (const auto& [name, value] : members) {
    json += json.size() == 1 ? "\n" : ",\n";
    json += indent;
    json += "  ";
    json += json_of(name);
    json += ": ";
    json += value;
  }
  return json + "\n" + indent + "}";
}

std::string list(const std::vector<std::string>& items) {
  std::string json;
  for (const auto& item : items) json += (json.empty() ? "[" : ", ") + item;
  return json.empty() ? "[]" : json + "]";
}

/// What a value may be: an index is a text where heads are fused, a number is null where it is not
/// finite, and so is what an input cannot fill.
std::string type_of(const Column& column) {
  if (column.type == ColumnType::text) return R"(["string", "null"])";
  if (column.type != ColumnType::integer) return R"(["number", "null"])";
  return column.name.starts_with("head") ? R"(["integer", "string", "null"])"
                                         : R"(["integer", "null"])";
}

std::string described(const Column& column) {
  const std::string about = in_dashes(std::string(column.about));
  return R"({"type": )" + type_of(column) + R"(, "description": )" + json_of(about) + "}";
}

/// Batches, labels and what an option asks for are not in every answer.
bool is_always_there(const Column& column) {
  static const std::set<std::string> at_times{"batch", "known", "output_loss", "route"};
  return column.rank == 0 && column.label_of.empty() && !at_times.contains(column.name);
}

/// An object whose members are columns; those that matter most are required.
std::string record(const Schema& columns, const std::string& indent) {
  Members properties{{"file", R"({"type": "string"})"}};
  std::vector<std::string> required;
  for (const Column& column : columns) {
    if (column.name == "file") continue;
    properties.emplace_back(column.name, described(column));
    if (is_always_there(column)) required.push_back(json_of(column.name));
  }
  return object({{"type", R"("object")"},
                 {"properties", object(properties, indent + "  ")},
                 {"required", list(required)},
                 {"additionalProperties", "false"}},
                indent);
}

std::string results(const std::vector<AnswerColumns>& answers) {
  std::vector<std::string> records;
  records.reserve(answers.size());
  for (const AnswerColumns& answer : answers) records.push_back(record(answer.columns, "    "));
  return R"({"type": "array", "items": {"anyOf": )" + list(records) + "}}";
}

std::string texts() { return R"({"type": "array", "items": {"type": "string"}})"; }

constexpr const char* declared_columns =
    R"({"type": "array", "items": {"type": "object", "required": ["name", "type", "about"]}})";

constexpr const char* failed_input =
    R"({"type": "array", "items": {"type": "object", "required": ["file", "status", "message", "hint"]}})";

}  // namespace

std::string json_schema(Command& command) {
  const Manual manual = command.manual();
  if (std::find(manual.forms.begin(), manual.forms.end(), Form::rows) == manual.forms.end()) {
    return "";
  }
  const Members properties{{"schema", R"({"const": "attngraph/1"})"},
                           {"version", R"({"type": "string"})"},
                           {"command", R"({"const": )" + json_of(manual.name) + "}"},
                           {"inputs", texts()},
                           {"parameters", R"({"type": "object"})"},
                           {"columns", declared_columns},
                           {"results", results(command.every_columns())},
                           {"summary", R"({"type": ["object", "array"]})"},
                           {"errors", failed_input}};
  return object(
             {{"$schema", R"("https://json-schema.org/draft/2020-12/schema")"},
              {"title", json_of("attngraph " + manual.name + " --json")},
              {"description", json_of(manual.summary)},
              {"type", R"("object")"},
              {"properties", object(properties, "  ")},
              {"required",
               R"(["schema", "version", "command", "inputs", "parameters", "columns", "results"])"},
              {"additionalProperties", "false"}},
             "") +
         "\n";
}

}  // namespace attngraph

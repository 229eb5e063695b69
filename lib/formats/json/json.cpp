#include "formats/json/json.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/text/natural_order.hpp"
#include "formats/json/json_document.hpp"
#include "formats/json/json_text.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

void sort_by_name(Dump& dump) {
  std::sort(dump.tensors.begin(), dump.tensors.end(),
            [](const auto& a, const auto& b) { return natural_less(a.name, b.name); });
  const auto twice =
      std::adjacent_find(dump.tensors.begin(), dump.tensors.end(),
                         [](const auto& a, const auto& b) { return a.name == b.name; });
  if (twice == dump.tensors.end()) return;
  throw InputError(dump.source, "two lists are called " + in_quotes(twice->name));
}

bool is_object(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  return line[first] == '{' && line[line.find_last_not_of(" \t\r")] == '}';
}

/// Refuses one of several lines that begin with objects and is none itself, or not a whole one.
[[noreturn]] void refuse_line(std::size_t number, bool is_last, const std::string& source) {
  throw InputError(source + ": line " + std::to_string(number),
                   "is no whole object, expected one in each line",
                   is_last ? "where the file was cut off, copy or save it again, or leave out this "
                             "line"
                           : "write every object on a line of its own: json.dumps(record)");
}

bool begins_object(std::string_view line) { return line[line.find_first_not_of(" \t\r")] == '{'; }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

/// JSON Lines of objects, as a list `lines` of these, so that names say that they are no layers;
/// nothing where the text is no such lines.
/// @throws InputError for a line that is no object where others are
std::optional<std::string> list_of_lines(std::string_view text, const std::string& source) {
  std::string list = "{\"lines\": [";
  list.reserve(text.size() + text.size() / 16);
  std::size_t objects = 0;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_blank(line)) {
      list += '\n';
      continue;
    }
    if (!is_object(line)) {
      const std::size_t begun = objects + static_cast<std::size_t>(begins_object(line));
      if (objects > 0 && begun > 1) refuse_line(number, is_blank(text), source);
      return std::nullopt;
    }
    list += objects++ > 0 ? ",\n" : "";
    list += line;
  }
  return objects > 1 ? std::optional(list + "]}") : std::nullopt;
}

/// Refuses by its number what a dump that broke off left of its last line: the text as a whole has
/// no end then, and what is said of that points at the second line.
void refuse_cut_line(std::string_view text, const std::string& source, const ReadOptions& options) {
  const std::string_view first = text.substr(0, text.find('\n'));
  if (first.size() == text.size() || is_blank(first) || !is_object(first)) return;
  require_memory(2 * text.size(), options.limits, source);
  list_of_lines(text, source);
}

Dump begun(const std::string& source) {
  Dump dump;
  dump.source = source;
  dump.format = "JSON";
  return dump;
}

/// A text behind whose first value something stands.
Dump read_lines(std::string_view text, const std::string& source, const ReadOptions& options) {
  require_memory(2 * text.size(), options.limits, source);
  const auto list = list_of_lines(text, source);
  if (!list) refuse_json(text, source, "has a second value");
  Dump dump = begun(source);
  if (const auto problem = read_document(*list, false, options, dump)) {
    refuse_json(*list, source, "is no JSON: " + *problem);
  }
  dump.notes.push_back("a JSON object in each line, read as a list 'lines' of these");
  return dump;
}

}  // namespace

Dump read_json(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  Dump dump = begun(source);
  const std::string_view whole = text_of(bytes.data);
  std::string_view text = whole;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (const auto problem = read_document(text, bytes.mapped > 0, options, dump)) {
    if (!says_trailing(*problem)) {
      refuse_cut_line(whole, source, options);
      refuse_json(whole, source, "is no JSON: " + *problem);
    }
    dump = read_lines(whole, source, options);
  }
  sort_by_name(dump);
  return dump;
}

}  // namespace attngraph

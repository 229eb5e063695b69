#include "formats/json/labels.hpp"

#include <string_view>

#include <nlohmann/json.hpp>
#include "core/error.hpp"

#include "formats/json/json_text.hpp"
#include "formats/json/label_list.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Whether the text is a JSON list of strings rather than lines, of which the first may well be
/// `[CLS]`.
bool is_json_list(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos || text[begin] != '[') return false;
  const auto next = text.find_first_not_of(" \t\r\n", begin + 1);
  return next != text.npos && text[next] == '"';
}

std::vector<std::string> lines(std::string_view text, const std::string& source,
                               const Limits& limits) {
  std::vector<std::string> labels;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    require_label(line, limits, source + ": line " + std::to_string(labels.size() + 1));
    require_memory((labels.size() + 1) * sizeof(std::string), limits, source);
    labels.emplace_back(line);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return labels;
}

}  // namespace

std::vector<std::string> read_labels(Bytes bytes, const std::string& source, const Limits& limits) {
  std::string_view text = text_of(bytes.data);
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (text.empty()) throw InputError(source, "is empty, expected labels");
  if (!is_json_list(text)) return lines(text, source, limits);
  return label_list(json_text(text, source, limits), source, {limits}).texts;
}

}  // namespace attngraph

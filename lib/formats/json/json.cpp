#include "formats/json/json.hpp"

#include <algorithm>
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

}  // namespace

Dump read_json(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  Dump dump;
  dump.source = source;
  dump.format = "JSON";
  const std::string_view whole = text_of(bytes.data);
  std::string_view text = whole;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (const auto problem = read_document(text, bytes.mapped > 0, options, dump)) {
    refuse_json(whole, source, "is no JSON: " + *problem);
  }
  sort_by_name(dump);
  return dump;
}

}  // namespace attngraph

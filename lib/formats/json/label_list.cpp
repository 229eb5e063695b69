#include "formats/json/label_list.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/error.hpp"
#include "formats/json/json_text.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

using Json = nlohmann::json;

constexpr const char* ids_note = "token ids stand for labels; convert_ids_to_tokens gives texts";

[[noreturn]] void refuse(const Json& found, const std::string& where, const char* expected) {
  throw InputError(where, "is " + json_kind(found) + ", expected " + expected,
                   "save the texts of the tokens: json.dump(tokens, file)");
}

const Json& item_of_batch(const Json& list, const std::string& where, const ReadOptions& options) {
  if (list.size() == 1) return list[0];
  if (options.batch && *options.batch < list.size()) return list[*options.batch];
  throw InputError(where,
                   "holds " + counted(list.size(), "list") +
                       " of labels, one for each item of a batch, expected one list",
                   "choose an item with $batch 0, or save the labels of one item");
}

}  // namespace

Labels label_list(const Json& list, const std::string& where, const ReadOptions& options) {
  if (!list.is_array()) refuse(list, where, "a list of strings");
  const auto all = [&](auto fits) {
    return !list.empty() && std::all_of(list.begin(), list.end(), fits);
  };
  if (all([](const Json& item) { return item.is_array(); })) {
    return label_list(item_of_batch(list, where, options), where, options);
  }
  const bool ids = all([](const Json& item) { return item.is_number_integer(); });
  Labels labels{{}, ids ? ids_note : ""};
  for (const Json& item : list) {
    const std::string place = where + ": [" + std::to_string(labels.texts.size()) + "]";
    if (!ids && !item.is_string()) refuse(item, place, "a string");
    labels.texts.push_back(ids ? item.dump() : item.get<std::string>());
    require_label(labels.texts.back(), options.limits, place);
  }
  return labels;
}

bool names_labels(std::string_view name) {
  constexpr std::array<std::string_view, 5> names{"tokens", "labels", "token_strs", "input_tokens",
                                                  "left_text"};
  const auto dot = name.rfind('.');
  const auto last = name.substr(dot == name.npos ? 0 : dot + 1);
  return std::find(names.begin(), names.end(), last) != names.end();
}

}  // namespace attngraph

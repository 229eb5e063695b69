#include "formats/arrays/safetensors_metadata.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "formats/json/json_text.hpp"
#include "formats/labels/label_list.hpp"

namespace attngraph {
namespace {

using Json = nlohmann::json;

/// The labels that a value of the metadata gives: it is text, which holds JSON.
Labels metadata_labels(const std::string& value, const std::string& where,
                       const ReadOptions& options) {
  Json list;
  try {
    list = json_text(value, where, options.limits);
  } catch (const InputError&) {
    list = nullptr;
  }
  if (!list.is_array()) {
    throw InputError(where, "is no JSON list of strings",
                     "write it with json.dumps(tokens), or give the labels with $tokens");
  }
  TakenMemory taken(where, options.limits, options.held);
  return label_list(list, where, options, taken);
}

}  // namespace

void take_metadata(const Json& metadata, const ReadOptions& options, Dump& dump) {
  const std::string where = dump.source + ": metadata";
  for (const auto& [name, value] : metadata.items()) {
    if (value.is_string()) continue;
    throw InputError(within(where, name), "is " + json_kind(value) + ", expected a string");
  }
  const std::string wanted = labels_name(options);
  std::vector<NamedLabels> found;
  for (const auto& [name, value] : metadata.items()) {
    const auto& text = value.get_ref<const std::string&>();
    if (name != wanted && !text.starts_with("[\"")) continue;
    try {
      found.push_back({name, metadata_labels(text, within(where, name), options)});
    } catch (const InputError& error) {
      if (name == wanted) dump.unread.push_back({name, error});
    }
  }
  take_labels(std::move(found), options, dump);
}

}  // namespace attngraph

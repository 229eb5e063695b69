#include "formats/labels/label_list.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/shell_path.hpp"
#include "formats/json/json_text.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/rules.hpp"
#include "tensor/own_tokens.hpp"
#include "tensor/token_side.hpp"

namespace attngraph {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const Json& found, const std::string& where, const char* expected) {
  throw InputError(where, "is " + json_kind(found) + ", expected " + expected,
                   "save the texts of the tokens: json.dump(tokens, file)");
}

/// The name without its numbers.
std::string bare(std::string name) {
  std::erase_if(name, [](char c) { return c >= '0' && c <= '9'; });
  return name;
}

using Found = std::vector<NamedLabels>;

/// Whether some arrays have more in common with the name of a list than others.
bool tells_arrays_apart(const NamedLabels& list, const Dump& dump) {
  std::optional<std::size_t> first;
  return std::any_of(dump.tensors.begin(), dump.tensors.end(), [&](const NamedTensor& array) {
    if (array.tensor.rank() < 2) return false;
    const std::size_t length = kinship(list.name, array.name).length;
    if (!first) first = length;
    return length != *first;
  });
}

/// All lists of the side of `chosen` where the name of one says whose it is, else those whose names
/// differ from that of `chosen` by numbers alone, where there are several.
std::vector<NamedTokens> tokens_of_inputs(const Found& found, const std::string& chosen,
                                          const Dump& dump) {
  const auto says = [&](const NamedLabels& list) { return tells_arrays_apart(list, dump); };
  const bool owned = std::any_of(found.begin(), found.end(), says);
  const bool of_queries = token_side(chosen) == TokenSide::queries;
  std::vector<NamedTokens> alike;
  for (const NamedLabels& one : found) {
    const bool same_side = (token_side(one.name) == TokenSide::queries) == of_queries;
    if (owned ? same_side : bare(one.name) == bare(chosen)) {
      alike.push_back({one.name, one.labels.texts});
    }
  }
  if (alike.size() == 1 && !owned) alike.clear();
  return alike;
}

/// How likely a list of that name is what the keys are called, the least first.
int unlikeliness(const NamedLabels& list) {
  if (token_word(list.name) == "labels") return 2;  // often classes of tokens
  if (owner_place(list.name) == OwnerPlace::none) return 4;
  return token_side(list.name) == TokenSide::queries ? 3 : 1;
}

/// Those that go with an array; the others are said to be something else.
Found going_with_arrays(Found found, const ReadOptions& options, Dump& dump) {
  Found kept;
  for (NamedLabels& list : found) {
    const bool goes =
        std::any_of(dump.tensors.begin(), dump.tensors.end(), [&](const NamedTensor& array) {
          return array.tensor.rank() > 1 && kinship(list.name, array.name).whole;
        });
    if (goes || is_called_labels(list.name, options)) {
      kept.push_back(std::move(list));
      continue;
    }
    dump.other_lists.push_back({list.name, list.labels.texts.size()});
    if (list.otherwise) dump.unread.push_back({list.name, *list.otherwise});
  }
  return kept;
}

constexpr std::string_view several_lists =
    " of labels, one for each item of a batch, expected one list";

/// How one of the lists is named: `FILE:0`, or `FILE:NAME.0` where a name was asked for.
std::string choice_of_lists(std::size_t items, const ReadOptions& options) {
  if (options.labels_file.empty()) {
    return "choose an item with $batch 0, or save the labels of one item";
  }
  const std::string name = options.labels.empty() ? "" : options.labels + ".";
  return "choose one of 0 to " + std::to_string(items - 1) + ": " +
         shell_path(options.labels_file) + ":" + (name.empty() ? "" : shell_path(name)) +
         "0; where the array has a batch, $batch 0 is the item of both";
}

}  // namespace

Labels label_list(const Json& list, const std::string& where, const ReadOptions& options,
                  TakenMemory& taken) {
  if (!list.is_array()) refuse(list, where, "a list of strings");
  const auto all = [&](auto is) {
    return !list.empty() && std::all_of(list.begin(), list.end(), is);
  };
  if (all([](const Json& item) { return item.is_array(); })) {
    return label_list(list[item_of_batch(list.size(), where, options)], where, options, taken);
  }
  const bool ids = all([](const Json& item) { return item.is_number_integer(); });
  LabelTexts labels(options.limits, taken);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = where + ": [" + std::to_string(i) + "]";
    const Json& item = list[i];
    if (!ids && !item.is_string()) refuse(item, place, "a string");
    labels.add(ids ? item.dump() : item.get_ref<const std::string&>(), place);
  }
  return {labels.taken(), ids ? ids_note : ""};
}

std::string labels_name(const ReadOptions& options) {
  return options.labels.empty() ? "tokens" : options.labels;
}

bool names_labels(std::string_view name, const ReadOptions& options) {
  return name == options.labels || owner_place(name) != OwnerPlace::none;
}

bool is_called_labels(std::string_view name, const ReadOptions& options) {
  return name == labels_name(options) || owner_place(name) == OwnerPlace::folder;
}

bool names_ids(std::string_view name, const ReadOptions& options) {
  return name == options.labels || token_word(name).find("token") != name.npos;
}

std::size_t item_of_batch(std::size_t items, const std::string& where, const ReadOptions& options) {
  if (items == 1) return 0;
  if (options.batch && *options.batch < items) return *options.batch;
  throw InputError(where, "holds " + counted(items, "list") + std::string(several_lists),
                   choice_of_lists(items, options));
}

bool is_of_several_lists(const InputError& error) {
  return error.problem().ends_with(several_lists);
}

bool labels_fit(const Labels& labels, const Dump& dump) {
  return dump.tensors.empty() ||
         std::any_of(dump.tensors.begin(), dump.tensors.end(), [&](const NamedTensor& named) {
           const Shape& shape = named.tensor.shape();
           const std::size_t rank = shape.size();
           const std::size_t tokens = labels.texts.size();
           return rank > 1 && (shape[rank - 1] == tokens || shape[rank - 2] == tokens);
         });
}

std::vector<NamedLabels>::iterator chosen_labels(std::vector<NamedLabels>& found,
                                                 const ReadOptions& options, const Dump& dump) {
  const std::string wanted = labels_name(options);
  auto chosen = std::find_if(found.begin(), found.end(),
                             [&](const NamedLabels& labels) { return labels.name == wanted; });
  if (chosen != found.end()) return chosen;
  for (auto list = found.begin(); list != found.end(); ++list) {
    if (!labels_fit(list->labels, dump)) continue;
    if (chosen == found.end() || unlikeliness(*list) < unlikeliness(*chosen)) chosen = list;
  }
  return chosen;
}

std::string taken_note(const std::string& name, const ReadOptions& options) {
  const bool is_named = name == labels_name(options) || token_side(name) != TokenSide::both;
  return is_named ? "" : "tokens taken from " + in_quotes(name);
}

void take_labels(std::vector<NamedLabels> all, const ReadOptions& options, Dump& dump) {
  Found found = going_with_arrays(std::move(all), options, dump);
  const auto chosen = chosen_labels(found, options, dump);
  for (const NamedLabels& list : found) {
    // Steps of generate() have a query each: only who puts them together knows whether they fit.
    if (token_side(list.name) == TokenSide::queries && list.name != options.labels) {
      dump.query_tokens.push_back({list.name, list.labels.texts});
    } else if (chosen == found.end() || &list != &*chosen) {
      dump.other_lists.push_back({list.name, list.labels.texts.size()});
    }
  }
  if (chosen == found.end()) return;
  if (chosen->name != options.labels) {
    dump.tokens_of_inputs = tokens_of_inputs(found, chosen->name, dump);
  }
  if (chosen->name != labels_name(options)) {
    const std::string note = taken_note(chosen->name, options);
    if (dump.tokens_of_inputs.empty() && !note.empty()) dump.notes.push_back(note);
  }
  if (!chosen->labels.note.empty()) {
    dump.notes.push_back(chosen->name + ": " + chosen->labels.note);
  }
  dump.tokens_name = chosen->name;
  dump.tokens = std::move(chosen->labels.texts);
}

}  // namespace attngraph

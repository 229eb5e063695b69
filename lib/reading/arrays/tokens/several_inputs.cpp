#include "reading/arrays/tokens/several_inputs.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/records.hpp"
#include "tensor/number_words.hpp"
#include "tensor/own_tokens.hpp"

namespace attngraph {
namespace {

/// Whether it is a list of numbers in a list, as ids stand beside their attention: `0.0`.
bool is_in_record(const NamedTensor& array) {
  const auto cut = array.name.find_last_of("./");
  const bool number = cut != std::string::npos &&
                      array.name.find_first_not_of("0123456789", cut + 1) == std::string::npos;
  const Shape& shape = array.tensor.shape();
  return number && (shape.size() == 1 || (shape.size() == 2 && shape[0] == 1)) && shape.back() > 1;
}

/// A list that no word names tokens is that of the folder it is in: `0.0` of `0.`.
ArrayName name_of_owner(const std::string& list) {
  const auto cut = list.find_last_of("./");
  const bool numbered = list.find_first_not_of("0123456789", cut + 1) == std::string::npos;
  if (!numbered || owner_place(list) != OwnerPlace::none) return array_name(list);
  return array_name(std::string_view(list).substr(0, cut + 1));
}

/// Names of lists of tokens, or of arrays of token ids, one for each of several inputs.
std::vector<ArrayName> names_of_tokens(const Dump& dump) {
  std::vector<ArrayName> names;
  for (const auto& list : dump.tokens_of_inputs) names.push_back(name_of_owner(list.name));
  if (!names.empty()) return names;
  for (const NamedTensor& array : dump.tensors) {
    ArrayName name = name_of_owner(array.name);
    const bool named = name.pattern.find("_ids") != std::string::npos;
    const bool ids = (named || is_in_record(array)) && array.tensor.rank() <= 2 &&
                     !is_floating(array.tensor.dtype()) && !name.numbers.empty();
    if (ids) names.push_back(std::move(name));
  }
  if (names.size() == 1) names.clear();
  return names;
}

/// Which of those goes with an array: its numbers are the first of the array's.
std::optional<std::size_t> place_of(const ArrayName& array, const std::vector<ArrayName>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& numbers = tokens[i].numbers;
    const bool begins = numbers.size() <= array.numbers.size() &&
                        std::equal(numbers.begin(), numbers.end(), array.numbers.begin());
    if (begins) return i;
  }
  return std::nullopt;
}

/// The arrays of the same input as the first.
Family of_first_input(const Dump& dump, const Family& arrays) {
  const auto tokens = names_of_tokens(dump);
  const auto first = place_of(arrays.names.front(), tokens);
  Family one;
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    if (place_of(arrays.names[i], tokens) != first) continue;
    one.members.push_back(arrays.members[i]);
    one.names.push_back(arrays.names[i]);
  }
  return one;
}

[[noreturn]] void refuse(const Family& arrays, const std::string& source, const std::string& what,
                         const std::string& cure) {
  throw InputError(source,
                   counted(arrays.members.size(), "array") + what + ", " + family_text(arrays) +
                       ", are different inputs, not layers of one",
                   cure);
}

/// The axes that say that they are layers all the same.
std::string layers_choice(const Family& arrays) {
  if (arrays.varying().size() != 1 || arrays.rank() > 4) return "";
  const std::string text = "; where these are layers, $axes layer,";
  if (arrays.rank() == 2) return text + "query,key";
  return text + (arrays.rank() == 4 ? "batch," : "") + "head,query,key";
}

[[noreturn]] void refuse_at(const Dump& dump, const Family& arrays, std::size_t place,
                            const std::string& what) {
  const std::string cure =
      dump.stacked ? "leave $stack out"
                   : "choose one with $tensor " + shell_word(family_glob_at(arrays, place));
  refuse(arrays, dump.source, what, cure + layers_choice(arrays));
}

/// Each layer brings the same tokens along.
bool are_layers_of_one_text(const Dump& dump, const Family& arrays) {
  if (dump.tokens_of_inputs.empty()) return false;
  const auto lists = names_of_tokens(dump);
  const auto tokens_of = [&](const ArrayName& name) {
    const auto place = place_of(name, lists);
    return place ? &dump.tokens_of_inputs[*place].tokens : nullptr;
  };
  const auto* first = tokens_of(arrays.names.front());
  const auto same = [&](const ArrayName& name) {
    const auto* tokens = tokens_of(name);
    return tokens != nullptr && *tokens == *first;
  };
  const auto counts = [&](std::size_t place) {
    return counts_layers(arrays.names.front().words[place]);
  };
  const auto varying = arrays.varying();
  return std::all_of(arrays.names.begin(), arrays.names.end(), same) &&
         std::all_of(varying.begin(), varying.end(), counts);
}

}  // namespace

bool are_of_inputs(const Dump& dump, const Family& arrays) {
  if (key_of_inputs(dump, arrays)) return true;
  if (are_layers_of_one_text(dump, arrays)) return false;
  const auto tokens = names_of_tokens(dump);
  if (tokens.empty()) return false;
  const auto first = place_of(arrays.names.front(), tokens);
  return std::any_of(arrays.names.begin(), arrays.names.end(),
                     [&](const ArrayName& name) { return place_of(name, tokens) != first; });
}

void refuse_inputs(const ChosenArrays& chosen, const Dump& dump) {
  const Family& arrays = chosen.arrays;
  for (const std::size_t place : arrays.varying()) {
    const std::string& word = arrays.names.front().words[place];
    if (counts_inputs(word)) refuse_at(dump, arrays, place, " named by " + word);
  }
  if (const auto own = key_of_inputs(dump, arrays)) {
    const bool named = own->key.find_first_not_of("0123456789") != std::string::npos;
    refuse_at(dump, arrays, own->place,
              " with a " + (named ? "'" + own->key + "'" : "text") + " of their own");
  }
  if (!are_of_inputs(dump, arrays)) return;
  refuse(arrays, dump.source, " with tokens of their own",
         "choose one with $tensor " + shell_word(family_glob(of_first_input(dump, arrays))) +
             layers_choice(arrays));
}

}  // namespace attngraph

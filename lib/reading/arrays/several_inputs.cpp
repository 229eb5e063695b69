#include "reading/arrays/several_inputs.hpp"

#include <algorithm>

#include "core/counted.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

/// The arrays of the same input as the first.
Family of_first_input(const Dump& dump, const Family& arrays) {
  const auto* first = tokens_of_input(dump, arrays.names.front());
  Family one;
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    if (tokens_of_input(dump, arrays.names[i]) != first) continue;
    one.members.push_back(arrays.members[i]);
    one.names.push_back(arrays.names[i]);
  }
  return one;
}

[[noreturn]] void refuse(const Family& arrays, const std::string& source, const std::string& what,
                         const std::string& choice) {
  throw InputError(source,
                   counted(arrays.members.size(), "array") + what + ", " + family_text(arrays) +
                       ", are different inputs, not layers of one",
                   "choose one with $tensor '" + choice + "'");
}

}  // namespace

const std::vector<std::string>* tokens_of_input(const Dump& dump, const ArrayName& array) {
  for (const NamedTokens& list : dump.tokens_of_inputs) {
    const auto numbers = array_name(list.name).numbers;
    const bool begins = numbers.size() <= array.numbers.size() &&
                        std::equal(numbers.begin(), numbers.end(), array.numbers.begin());
    if (begins) return &list.tokens;
  }
  return nullptr;
}

bool are_of_inputs(const Dump& dump, const Family& arrays) {
  const auto* first = tokens_of_input(dump, arrays.names.front());
  return std::any_of(arrays.names.begin(), arrays.names.end(),
                     [&](const ArrayName& name) { return tokens_of_input(dump, name) != first; });
}

void refuse_inputs(const ChosenArrays& chosen, const Dump& dump) {
  const Family& arrays = chosen.arrays;
  for (const std::size_t place : arrays.varying()) {
    const std::string& word = arrays.names.front().words[place];
    if (counts_inputs(word)) {
      refuse(arrays, dump.source, " named by " + word, arrays.members.front().name);
    }
  }
  if (!are_of_inputs(dump, arrays)) return;
  refuse(arrays, dump.source, " with tokens of their own",
         family_glob(of_first_input(dump, arrays)));
}

}  // namespace attngraph

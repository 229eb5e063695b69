#include "reading/arrays/tokens/input_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "tensor/number_words.hpp"

namespace attngraph {

bool says_inputs(std::string_view path) {
  constexpr std::array<std::string_view, 15> words{
      "label", "target", "class", "classes", "pred", "prediction", "len", "length",
      "logit", "pixel",  "x",     "y",       "gold", "name",       "id"};
  const auto cut = path.find_last_of("./");
  std::string_view part = path.substr(cut == path.npos ? 0 : cut + 1);
  while (!part.empty()) {
    const std::size_t end = std::min(part.find_first_of("_-"), part.size());
    std::string word = word_before_number(part.substr(0, end));
    const bool context = word == "context";  // what a head gives is called so
    if (word.size() > 1 && word.ends_with('s') && word != "class") word.pop_back();
    const bool one = std::find(words.begin(), words.end(), word) != words.end();
    if (one || (counts_inputs(word) && !context)) return true;
    part.remove_prefix(std::min(end + 1, part.size()));
  }
  return false;
}

}  // namespace attngraph

#include "options/given_words.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/error.hpp"

namespace attngraph {
namespace {

const DeclaredOption* option_called(const std::vector<DeclaredOption>& declared,
                                    std::string_view word) {
  const auto found = std::find_if(declared.begin(), declared.end(), [&](const auto& option) {
    return option.name == word || (!option.letter.empty() && option.letter == word);
  });
  return found == declared.end() ? nullptr : &*found;
}

void check_joined(const DeclaredOption& option, const std::string& name, std::string_view value) {
  if (!option.takes_value())
    throw ArgumentError(name, "takes no value", "write " + name + " alone");
  if (name == option.letter) {
    throw ArgumentError(name, "takes its value without =",
                        "write " + name + " " + std::string(value) + ", or " + option.name + "=" +
                            std::string(value));
  }
  if (value.empty()) {
    throw ArgumentError(name, "is given nothing",
                        "leave it out, or give it a value; a variable of the shell may be empty");
  }
}

/// What stands behind an option that needs a value.
void check_next(const DeclaredOption& option, const std::string& name, const std::string& next,
                const std::vector<DeclaredOption>& declared) {
  const std::string bare = next.substr(0, next.find('='));
  if (next != "--" && option_called(declared, bare) == nullptr) return;
  throw ArgumentError(name, "needs a value, " + option.type + ", and " + bare + " is an option",
                      "where it is the value, write " + option.name + "=" + bare);
}

}  // namespace

void check_given_words(const std::vector<std::string>& arguments,
                       const std::vector<DeclaredOption>& declared) {
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string& word = arguments[i];
    const std::size_t sign = word.find('=');
    const std::string name = word.substr(0, sign);
    const DeclaredOption* option = option_called(declared, name);
    if (option == nullptr) continue;
    if (sign != std::string::npos) {
      check_joined(*option, name, std::string_view(word).substr(sign + 1));
    } else if (option->takes_value() && !option->value_optional && i + 1 < arguments.size()) {
      check_next(*option, name, arguments[++i], declared);
    }
  }
}

}  // namespace attngraph

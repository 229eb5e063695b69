#include "options/given_words.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

#include "core/error.hpp"
#include "input/file_member.hpp"

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

/// A number, or a range of them.
bool is_index(const std::string& word) {
  return !word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0 &&
         word.find_first_not_of("0123456789-") == word.npos;
}

/// Whether a word behind the value of a list is likely one more of it: it is of the same kind, and
/// no file.
bool continues(const DeclaredOption& option, const std::string& value, const std::string& word) {
  if (is_there(word)) return false;
  const auto& choices = option.choices;
  const bool is_choice = std::find(choices.begin(), choices.end(), word) != choices.end();
  return is_choice || (is_index(word) && is_index(value.substr(0, value.find(','))));
}

/// Other programs take several words as the value of one option.
/// @param next the place of the word behind the value
void check_list_words(const DeclaredOption& option, const std::string& name,
                      const std::string& value, const std::vector<std::string>& arguments,
                      std::size_t next) {
  if (!option.list || value.ends_with(',')) return;
  std::string list = value;
  for (; next < arguments.size() && continues(option, value, arguments[next]); ++next) {
    list += "," + arguments[next];
  }
  if (list == value) return;
  throw ArgumentError(name, "is given several words, and there are no files called so",
                      "write a list with commas: " + name + " " + list);
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
      const std::string value = word.substr(sign + 1);
      check_joined(*option, name, value);
      check_list_words(*option, name, value, arguments, i + 1);
    } else if (option->takes_value() && !option->value_optional && i + 1 < arguments.size()) {
      check_next(*option, name, arguments[++i], declared);
      check_list_words(*option, name, arguments[i], arguments, i + 1);
    }
  }
}

}  // namespace attngraph

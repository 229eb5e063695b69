#include "options/stray_words.hpp"

#include <string_view>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "input/file_member.hpp"

namespace attngraph {
namespace {

/// Dashes, minus signs and bars that look like a hyphen.
bool is_dash(char32_t character) {
  return (character >= U'\u2010' && character <= U'\u2015') || character == U'\u2212' ||
         character == U'\u00AD' || character == U'\u2E3A' || character == U'\uFE58' ||
         character == U'\uFE63' || character == U'\uFF0D' || character == U'\u2011';
}

/// Whether a word looks like part of a name rather than like a file.
bool is_part(const std::string& name) {
  return !name.empty() && name != "-" && name.find_first_of("./:") == name.npos;
}

void check_list_rest(const std::string& name) {
  if (!name.starts_with(',') && !(name.ends_with(',') && name.size() > 1)) return;
  if (is_there(name)) return;
  const std::string bare = name.starts_with(',') ? name.substr(1) : name.substr(0, name.size() - 1);
  if (is_there(bare)) {
    throw ArgumentError("", "'" + name + "' is no file, " + bare + " is",
                        "several inputs have blanks between them, and no commas: a.npy b.npy");
  }
  throw ArgumentError("", "'" + name + "' is half a list", "write no space beside a comma: a,b");
}

void check_halves(const std::string& name, const std::string& next) {
  if (is_there(name) || is_there(next)) return;
  const std::string whole = name + " " + next;
  if (!is_part(name) && !is_there(whole)) return;
  throw ArgumentError("", "there is neither a file '" + name + "' nor a file '" + next + "'",
                      "quote a name with spaces: '" + whole + "'");
}

}  // namespace

void check_dash(const std::string& word) {
  std::string_view rest = word;
  std::size_t dashes = 0;
  bool wrong = false;
  while (!rest.empty()) {
    std::string_view ahead = rest;
    const char32_t character = take_character(ahead);
    if (character != U'-' && !is_dash(character)) break;
    wrong |= character != U'-';
    rest = ahead;
    ++dashes;
  }
  if (!wrong || rest.empty() || is_there(word)) return;
  const bool letter = rest.size() == 1 && dashes == 1;
  throw ArgumentError("", "'" + word + "' begins with a dash that is no hyphen",
                      "write " + std::string(letter ? "-" : "--") + std::string(rest) +
                          " with hyphens, as on the keyboard");
}

void check_stray_words(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) {
      throw ArgumentError("", "'' names no input",
                          "- is standard input; a variable of the shell may be empty");
    }
    check_dash(names[i]);
    check_list_rest(names[i]);
    if (i + 1 < names.size()) check_halves(names[i], names[i + 1]);
  }
}

}  // namespace attngraph

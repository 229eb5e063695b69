#include "tensor/token_side.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>

#include "tensor/own_tokens.hpp"

namespace attngraph {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 6> source_words{"src", "source", "encoder",
                                                       "enc", "memory", "x"};
constexpr std::array<std::string_view, 6> target_words{"tgt",     "trg", "target",
                                                       "decoder", "dec", "y"};
constexpr std::array<std::string_view, 7> key_words{"right", "key",    "keys",   "k",
                                                    "col",   "column", "columns"};
constexpr std::array<std::string_view, 6> query_words{"left", "query", "queries",
                                                      "q",    "row",   "rows"};
constexpr std::array<std::string_view, 12> nouns{
    "tokens",  "token",      "text",         "words",      "labels", "strs",
    "strings", "token_strs", "input_tokens", "str_tokens", "pieces", "subwords"};
/// Those that say a side without a noun.
constexpr std::array<std::string_view, 5> whole_names{"src", "source", "tgt", "trg", "target"};

bool contains(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool says_a_side(std::string_view word) {
  return contains(source_words, word) || contains(target_words, word) ||
         contains(key_words, word) || contains(query_words, word);
}

/// The word of `name` that stands before or behind what is a list of tokens; empty where that is
/// not what the name says.
std::string side_word(std::string_view name) {
  std::string small(name);
  for (char& c : small) {
    c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (contains(whole_names, small)) return small;
  for (const std::string_view noun : nouns) {
    if (small.size() < noun.size() + 2) continue;
    const std::size_t rest = small.size() - noun.size() - 1;
    std::string word;
    if (small.ends_with(noun) && small[rest] == '_') word = small.substr(0, rest);
    if (small.starts_with(noun) && small[noun.size()] == '_') word = small.substr(noun.size() + 1);
    // `target_labels` are classes.
    const bool classes =
        noun == "labels" && (contains(whole_names, word) || word == "x" || word == "y");
    if (says_a_side(word) && !classes) return word;
  }
  return "";
}

}  // namespace

bool names_tokens(std::string_view word) {
  constexpr std::array<std::string_view, 11> names{
      "tokens", "tokens_str", "decoded_tokens", "labels",     "token_strs", "input_tokens",
      "words",  "str_tokens", "token_texts",    "wordpieces", "subwords"};
  return contains(names, word) || !side_word(word).empty();
}

TokenSide token_side(std::string_view name) {
  const std::string word = side_word(token_word(name));
  if (contains(query_words, word) || contains(target_words, word)) return TokenSide::queries;
  if (contains(key_words, word) || contains(source_words, word)) return TokenSide::keys;
  return TokenSide::both;
}

bool names_a_text(std::string_view name) {
  const std::string word = side_word(token_word(name));
  return contains(source_words, word) || contains(target_words, word);
}

}  // namespace attngraph

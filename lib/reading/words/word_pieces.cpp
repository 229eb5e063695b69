#include "reading/words/word_pieces.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "reading/words/special_tokens.hpp"

namespace attngraph {
namespace {

/// How pieces of words are marked.
struct PieceMark {
  std::string_view text;
  /// Where in a token the mark stands, and what that says of it.
  enum class Place { begins_word, goes_on, ends_word, goes_on_behind } place;

  bool at_end() const { return place == Place::ends_word || place == Place::goes_on_behind; }
  bool marks(std::string_view token) const {
    if (token.size() <= text.size()) return token == text && place == Place::begins_word;
    return at_end() ? token.ends_with(text) : token.starts_with(text);
  }
  std::string_view without(std::string_view token) const {
    if (!marks(token) || token.size() == text.size()) return token;
    if (!at_end()) return token.substr(text.size());
    return token.substr(0, token.size() - text.size());
  }
};

constexpr std::array<PieceMark, 6> piece_marks{{{"##", PieceMark::Place::goes_on},
                                                {"\u2581", PieceMark::Place::begins_word},
                                                {"\u0120", PieceMark::Place::begins_word},
                                                {"</w>", PieceMark::Place::ends_word},
                                                {"@@", PieceMark::Place::goes_on_behind},
                                                {" ", PieceMark::Place::begins_word}}};

/// The mark that most tokens show; null where they show none.
const PieceMark* mark_of(const std::vector<std::string>& tokens) {
  const PieceMark* found = nullptr;
  std::ptrdiff_t most = 0;
  for (const auto& mark : piece_marks) {
    const auto count = std::count_if(tokens.begin(), tokens.end(),
                                     [&](const std::string& token) { return mark.marks(token); });
    if (count > most) {
      most = count;
      found = &mark;
    }
  }
  return found;
}

/// A token that is no piece of a word, and ends one.
bool stands_alone(std::string_view token) { return is_special(token) || is_line_break(token); }

bool goes_on(std::string_view token, std::string_view before, const PieceMark& mark) {
  if (stands_alone(token) || stands_alone(before)) return false;
  switch (mark.place) {
    case PieceMark::Place::begins_word:
      return !mark.marks(token);
    case PieceMark::Place::goes_on:
      return mark.marks(token);
    case PieceMark::Place::ends_word:
      return !mark.marks(before);
    case PieceMark::Place::goes_on_behind:
      return mark.marks(before);
  }
  return false;
}

}  // namespace

Grouping words(const Grouping& tokens) {
  const PieceMark* mark = mark_of(tokens.labels);
  if (mark == nullptr) return tokens;
  Grouping merged;
  merged.division = tokens.division;
  std::vector<std::int32_t> word_of(tokens.labels.size());
  for (std::size_t i = 0; i < tokens.labels.size(); ++i) {
    const std::string& token = tokens.labels[i];
    if (i == 0 || !goes_on(token, tokens.labels[i - 1], *mark)) merged.labels.emplace_back();
    merged.labels.back() += is_special(token) ? std::string_view(token) : mark->without(token);
    word_of[i] = static_cast<std::int32_t>(merged.labels.size()) - 1;
  }
  for (const std::int32_t node : tokens.node) {
    merged.node.push_back(node == Grouping::left_out ? node
                                                     : word_of[static_cast<std::size_t>(node)]);
  }
  return merged;
}

std::string_view piece_mark(const std::vector<std::string>& tokens) {
  const PieceMark* mark = mark_of(tokens);
  return mark == nullptr ? std::string_view() : mark->text;
}

}  // namespace attngraph

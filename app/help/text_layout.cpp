#include "help/text_layout.hpp"

#include <algorithm>

#include "core/text/text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t narrowest = 40;
/// Longer lines are hard to read.
constexpr std::size_t widest = 100;
constexpr std::size_t term_indent = 2;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t end = 0; end < text.size();) {
    const std::size_t begin = std::min(text.find_first_not_of(' ', end), text.size());
    end = std::min(text.find(' ', begin), text.size());
    if (begin < end) words.push_back(text.substr(begin, end - begin));
  }
  return words;
}

/// What of `word` stands in a line of `columns`: all of it, or the beginning of a list.
std::string_view fitting_part(std::string_view word, std::size_t columns) {
  if (display_width(word) <= columns) return word;
  const auto between = word.substr(0, columns).find_last_of(",|");
  return between == word.npos ? word : word.substr(0, between + 1);
}

/// As words_of, an option and its value in one.
std::vector<std::string_view> arguments_of(std::string_view command_line) {
  std::vector<std::string_view> arguments;
  bool value = false;
  for (const std::string_view word : words_of(command_line)) {
    if (value && !word.starts_with('-')) {
      const char* begin = arguments.back().data();
      arguments.back() = {begin, static_cast<std::size_t>(word.data() + word.size() - begin)};
    } else {
      arguments.push_back(word);
    }
    value = word.starts_with('-');
  }
  return arguments;
}

}  // namespace

TextLayout::TextLayout(std::size_t width) : width_(std::clamp(width, narrowest, widest)) {}

void TextLayout::fill(const std::vector<std::string_view>& words, std::size_t begin,
                      std::size_t hanging, std::string_view ending) {
  std::size_t column = begin;
  bool first = true;
  const auto break_line = [&] {
    text_ += std::string(ending) + "\n" + std::string(hanging, ' ');
    column = hanging;
    first = true;
  };
  for (std::string_view word : words) {
    if (!first && column + 1 + display_width(word) + ending.size() > width_) break_line();
    for (auto part = fitting_part(word, width_ - column); part.size() < word.size();
         part = fitting_part(word, width_ - column)) {
      text_ += std::string(part);
      word.remove_prefix(part.size());
      break_line();
    }
    text_ += (first ? "" : " ") + std::string(word);
    column += display_width(word) + (first ? 0 : 1);
    first = false;
  }
  text_ += '\n';
}

void TextLayout::paragraph(std::string_view text, std::size_t indent, std::size_t hanging) {
  text_ += std::string(indent, ' ');
  fill(words_of(text), indent, hanging);
}

void TextLayout::command_line(std::string_view text) {
  text_ += std::string(term_indent, ' ');
  fill(arguments_of(text), term_indent, 2 * term_indent, " \\");
}

void TextLayout::heading(const std::string& text) {
  blank();
  paragraph(text + ":");
}

void TextLayout::terms(const std::vector<Term>& terms) {
  std::size_t column = 0;
  const std::size_t most = width_ / 3;
  for (const Term& term : terms) {
    const std::size_t end = term_indent + display_width(term.name) + 2;
    if (end <= most) column = std::max(column, end);
  }
  if (column == 0) column = most;
  for (const Term& term : terms) {
    const std::size_t end = term_indent + display_width(term.name);
    text_ += std::string(term_indent, ' ');
    if (end > width_) {
      fill(words_of(term.name), term_indent, column);
      text_ += std::string(column, ' ');
      fill(words_of(term.meaning), column, column);
      continue;
    }
    text_ += term.name;
    if (term.meaning.empty()) {
      text_ += '\n';
      continue;
    }
    const bool beside = end + 2 <= column;
    text_ += beside ? std::string(column - end, ' ') : "\n" + std::string(column, ' ');
    fill(words_of(term.meaning), column, column);
  }
}

std::size_t TextLayout::lines() const {
  return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
}

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// A name and what it means.
struct Term {
  std::string name;
  std::string meaning;
};

/// A text laid out for a terminal: lines are broken between words, which are never cut; a word
/// longer than a line stays whole, but a list is broken behind a comma.
class TextLayout {
 public:
  /// @param width columns of the terminal
  explicit TextLayout(std::size_t width);

  /// @param indent of the first line
  /// @param hanging indent of the others
  void paragraph(std::string_view text, std::size_t indent = 0, std::size_t hanging = 0);
  /// A command line, indented; where it is broken a backslash says so, as a shell reads it. An
  /// option stays with its value.
  void command_line(std::string_view text);
  /// A blank line and a heading.
  void heading(const std::string& text);
  void blank() { text_ += '\n'; }
  /// Names on the left, in a column as wide as the longest of them but a third of the line at
  /// most; what they mean on the right.
  void terms(const std::vector<Term>& terms);

  const std::string& text() const { return text_; }
  std::size_t lines() const;

 private:
  std::size_t width_;
  std::string text_;

  /// Adds `words` in lines: the first goes on at column `begin`, each other begins with `hanging`
  /// spaces, and has `ending` behind it where another follows.
  void fill(const std::vector<std::string_view>& words, std::size_t begin, std::size_t hanging,
            std::string_view ending = "");
};

}  // namespace attngraph

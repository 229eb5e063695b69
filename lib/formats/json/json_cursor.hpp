#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace attngraph {

/// A place in a JSON text, and the errors that name it.
class JsonCursor {
 public:
  JsonCursor(std::string_view text, const std::string& where) : text_(text), where_(where) {}

 protected:
  std::string_view text_;
  const std::string& where_;
  std::size_t position_ = 0;

  /// @throws InputError with the line and column of `position`
  [[noreturn]] void fail(std::size_t position, const std::string& problem,
                         const char* hint = "") const;

  /// Refuses the word, number or character at the current position, or the end of the text.
  [[noreturn]] void refuse(const char* expected) const;

  /// The character at the current position; NUL at the end.
  char current() const { return position_ < text_.size() ? text_[position_] : '\0'; }

  /// The next character that is not blank, which it moves to; NUL at the end.
  char next() {
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\n' ||
                                        text_[position_] == '\r' || text_[position_] == '\t')) {
      ++position_;
    }
    return current();
  }

  /// The string whose opening quote is the current character; moves behind the closing one.
  std::string string();

 private:
  std::size_t special_character() const;
  void escape(std::string& out);
  std::uint32_t code_unit(std::size_t begin);
};

/// Whether a character can be part of a word or number, well-formed or not.
bool belongs_to_word(char c);

}  // namespace attngraph

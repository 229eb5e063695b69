#include "core/text/natural_order.hpp"

namespace attngraph {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 127;
}

/// A run of digits without leading zeros, and its sign.
struct Number {
  std::string_view digits;
  bool negative;

  bool operator==(const Number&) const = default;
};

bool number_at(std::string_view text, std::size_t place) {
  return is_digit(text[place]) || is_sign(text, place);
}

/// The number at `position`, which is moved behind it.
Number take_number(std::string_view text, std::size_t& position) {
  const bool minus = !is_digit(text[position]);
  if (minus) ++position;
  while (position < text.size() && text[position] == '0') ++position;
  const std::size_t begin = position;
  while (position < text.size() && is_digit(text[position])) ++position;
  const std::string_view digits = text.substr(begin, position - begin);
  return {digits, minus && !digits.empty()};
}

bool smaller(const Number& a, const Number& b) {
  if (a.negative != b.negative) return a.negative;
  const Number& less = a.negative ? b : a;
  const Number& more = a.negative ? a : b;
  if (less.digits.size() != more.digits.size()) return less.digits.size() < more.digits.size();
  return less.digits < more.digits;
}

/// What a sign or a digit counts as beside what is no number: numbers stand together.
char rank(std::string_view text, std::size_t place) {
  return is_sign(text, place) ? '0' : text[place];
}

}  // namespace

bool is_sign(std::string_view text, std::size_t place) {
  if (text[place] != '-' || place + 1 >= text.size() || !is_digit(text[place + 1])) return false;
  return place == 0 || !(is_letter(text[place - 1]) || is_digit(text[place - 1]));
}

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (number_at(a, i) && number_at(b, j)) {
      const Number left = take_number(a, i);
      const Number right = take_number(b, j);
      if (left != right) return smaller(left, right);
    } else {
      if (a[i] != b[j] || number_at(a, i) != number_at(b, j)) {
        if (rank(a, i) != rank(b, j)) return rank(a, i) < rank(b, j);
        return number_at(a, i);
      }
      ++i;
      ++j;
    }
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  return a < b;  // equal but for leading zeros
}

}  // namespace attngraph

#include "core/text/natural_order.hpp"

namespace attngraph {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The run of digits at `position`, without leading zeros; moves `position` behind it.
std::string_view take_number(std::string_view text, std::size_t& position) {
  while (position < text.size() && text[position] == '0') ++position;
  const std::size_t begin = position;
  while (position < text.size() && is_digit(text[position])) ++position;
  return text.substr(begin, position - begin);
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const auto left = take_number(a, i);
      const auto right = take_number(b, j);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  return a < b;  // equal but for leading zeros
}

}  // namespace attngraph

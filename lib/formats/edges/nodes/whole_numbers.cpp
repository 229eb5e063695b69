#include "formats/edges/nodes/whole_numbers.hpp"

#include <algorithm>
#include <numeric>

#include "formats/rules.hpp"

namespace attngraph {
namespace {

struct WholeNumber {
  bool negative;
  std::string_view digits;  // without leading zeros
};

WholeNumber whole_number(std::string_view text) {
  const bool minus = text.starts_with('-');
  text.remove_prefix(minus);
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  return {minus && !text.empty(), text};
}

/// Less than 0, 0 or more, as a is smaller, equal or larger than b.
int compare(const WholeNumber& a, const WholeNumber& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  const int sign = a.negative ? -1 : 1;
  if (a.digits.size() != b.digits.size()) return a.digits.size() < b.digits.size() ? -sign : sign;
  return sign * a.digits.compare(b.digits);
}

}  // namespace

bool is_whole_number(std::string_view text) {
  text.remove_prefix(text.starts_with('-'));
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::vector<std::int32_t> places_in_order(const std::vector<std::string>& numbers) {
  std::vector<std::int32_t> order(numbers.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    const std::string& left = numbers[static_cast<std::size_t>(a)];
    const std::string& right = numbers[static_cast<std::size_t>(b)];
    const int compared = compare(whole_number(left), whole_number(right));
    return compared != 0 ? compared < 0 : left < right;
  });
  std::vector<std::int32_t> places(numbers.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    places[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
  }
  return places;
}

std::string names_note(std::string_view first) {
  return "ids are names: token 0 is " + in_quotes(first);
}

}  // namespace attngraph

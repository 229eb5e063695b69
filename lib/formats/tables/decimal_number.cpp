#include "formats/tables/decimal_number.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>

#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// The power of ten of the first digit that is not 0, roughly where it is huge: a number that fits
/// no double is far above all of them or far below, and from_chars tells both alike.
long long order_of(std::string_view number) {
  const std::size_t e = std::min(number.find_first_of("eE"), number.size());
  const std::size_t first = number.find_first_of("123456789");
  const std::size_t point = std::min(number.find('.'), e);
  const auto order = static_cast<long long>(point) - static_cast<long long>(first);
  if (e == number.size()) return order;
  std::string_view text = number.substr(e + 1);
  text.remove_prefix(text.starts_with('+'));
  long long exponent = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (result.ec == std::errc()) return order + exponent;
  return text.starts_with('-') ? -1 : 1;
}

}  // namespace

std::optional<double> decimal_number(std::string_view text) {
  if (text.starts_with('+') && !text.substr(1).starts_with('-')) text.remove_prefix(1);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ptr != end || result.ec == std::errc::invalid_argument) return std::nullopt;
  if (result.ec != std::errc::result_out_of_range) return value;
  const double limit = order_of(text) < 0 ? 0.0 : std::numeric_limits<double>::infinity();
  return text.starts_with('-') ? -limit : limit;
}

std::optional<std::int64_t> whole_index(std::string_view text) {
  if (text.ends_with(".0")) text.remove_suffix(2);
  const auto value = parsed<std::int64_t>(text);
  return value && *value >= 0 ? value : std::nullopt;
}

}  // namespace attngraph

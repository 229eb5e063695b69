#include "writers/rows/cell.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

constexpr int smallest_power = -4, largest_power = 6;

template <typename Number>
std::string formatted(Number value, std::chars_format format, int decimals) {
  std::array<char, 64> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, decimals).ptr;
  return {buffer.data(), end};
}

/// `text` without the zeros at the end of its decimals.
std::string without_zeros(std::string text) {
  const std::size_t end = std::min(text.find('e'), text.size());
  if (text.find('.') >= end) return text;
  std::size_t kept = text.find_last_not_of('0', end - 1) + 1;
  if (text[kept - 1] == '.') --kept;
  return text.erase(kept, end - kept);
}

template <typename Number>
bool reads_as(const std::string& text, Number value) {
  Number read = 0;
  std::from_chars(text.data(), text.data() + text.size(), read);
  return read == value;
}

}  // namespace

Cell cell_of(const Values& values, std::size_t row) {
  return std::visit(
      [row](const auto& cells) -> Cell {
        if constexpr (std::is_same_v<std::decay_t<decltype(cells)>, Unknown>) {
          return std::monostate{};
        } else {
          if constexpr (std::is_floating_point_v<
                            typename std::decay_t<decltype(cells)>::value_type>) {
            if (std::isnan(cells[row])) return std::monostate{};  // there is no number
          }
          return cells[row];
        }
      },
      values);
}

template <typename Number>
std::string real_text(Number value, Digits digits) {
  if (!digits || !std::isfinite(value)) return number_text(value);
  if (value == 0) return "0";
  // The power of ten is that of the rounded number: 9.9996 has two digits before its point.
  const std::string rounded = formatted(value, std::chars_format::scientific, *digits - 1);
  const int power = std::stoi(rounded.substr(rounded.find('e') + 1));
  const bool far = power < smallest_power || power > largest_power;
  const std::string text =
      far ? rounded : formatted(value, std::chars_format::fixed, std::max(0, *digits - 1 - power));
  return reads_as(rounded, value) ? without_zeros(text) : text;
}

template std::string real_text(double value, Digits digits);
template std::string real_text(float value, Digits digits);

std::string cell_text(const Cell& cell, Digits digits) {
  switch (cell.index()) {
    case 0:
      return {};
    case 1:
      return number_text(std::get<1>(cell));
    case 2:
      return real_text(std::get<2>(cell), digits);
    case 3:
      return real_text(std::get<3>(cell), digits);
    default:
      return std::get<4>(cell);
  }
}

std::size_t before_point(std::string_view number) {
  return std::min(number.find_first_of(".e"), number.size());
}

}  // namespace attngraph

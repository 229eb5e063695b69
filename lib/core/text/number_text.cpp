#include "core/text/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace attngraph {
namespace {

template <typename Number>
void append(std::string& out, Number value) {
  if constexpr (std::is_floating_point_v<Number>) {
    if (std::isnan(value)) {  // to_chars would keep the sign of a NaN
      out += "nan";
      return;
    }
  }
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  out.append(buffer.data(), end);
}

template <typename Number>
std::string text(Number value) {
  std::string out;
  append(out, value);
  return out;
}

}  // namespace

void append_number(std::string& out, double value) { append(out, value); }
void append_number(std::string& out, float value) { append(out, value); }
void append_number(std::string& out, std::int64_t value) { append(out, value); }

std::string number_text(double value) { return text(value); }
std::string number_text(float value) { return text(value); }
std::string number_text(std::int64_t value) { return text(value); }

std::string rounded_text(double value, int significant_digits) {
  if (!std::isfinite(value)) return number_text(value);
  std::array<char, 48> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::general, significant_digits)
                       .ptr;
  return std::string(buffer.data(), end);
}

}  // namespace attngraph

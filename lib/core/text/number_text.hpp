#pragma once

#include <cstdint>
#include <string>

namespace attngraph {

/// The shortest text that reads back as the same number; `nan`, `inf`, `-inf` where it is not
/// finite. Independent of the locale.
std::string number_text(double value);
std::string number_text(float value);
std::string number_text(std::int64_t value);

/// As number_text, appended to `out`: no allocation of its own.
void append_number(std::string& out, double value);
void append_number(std::string& out, float value);
void append_number(std::string& out, std::int64_t value);

/// `value` rounded to so many significant digits, for a table a person reads.
std::string rounded_text(double value, int significant_digits);

}  // namespace attngraph

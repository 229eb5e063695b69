#include "core/text/number_text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <charconv>
#include <cmath>
#include <limits>

using namespace attngraph;

TEST_CASE("Numbers have their shortest text that reads back") {
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(0.1f) == "0.1");
  CHECK(number_text(1.0 / 3.0) == "0.3333333333333333");
  CHECK(number_text(1.0f / 3.0f) == "0.33333334");
  CHECK(number_text(1.0) == "1");
  CHECK(number_text(1e-5) == "1e-05");
  CHECK(number_text(-0.0) == "-0");
  CHECK(number_text(std::int64_t{-42}) == "-42");
  CHECK(number_text(5e-324) == "5e-324");
}

TEST_CASE("What is not finite has a plain name") {
  CHECK(number_text(std::nan("")) == "nan");
  CHECK(number_text(-std::nan("")) == "nan");
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(number_text(-std::numeric_limits<float>::infinity()) == "-inf");
}

TEST_CASE("Appending keeps what stands before") {
  std::string line = "a,";
  append_number(line, 0.25);
  append_number(line, std::int64_t{7});
  CHECK(line == "a,0.257");
}

TEST_CASE("Rounded text keeps so many significant digits") {
  CHECK(rounded_text(0.123456789, 6) == "0.123457");
  CHECK(rounded_text(123456789.0, 6) == "1.23457e+08");
  CHECK(rounded_text(2.0, 6) == "2");
  CHECK(rounded_text(-1e-7, 3) == "-1e-07");
  CHECK(rounded_text(std::numeric_limits<double>::infinity(), 6) == "inf");
}

TEST_CASE("Every finite number reads back as itself") {
  CHECK(rc::check("float64", [](double value) {
    const std::string text = number_text(value);
    double read = 0;
    std::from_chars(text.data(), text.data() + text.size(), read);
    RC_ASSERT(read == value);
  }));
}

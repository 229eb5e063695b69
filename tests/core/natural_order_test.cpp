#include "core/text/natural_order.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace attngraph;

TEST_CASE("Runs of digits compare as numbers") {
  std::vector<std::string> names{"layer_10",       "layer_2", "arr_1", "layer_1.head_11",
                                 "layer_1.head_9", "layer",   "arr_0"};
  std::sort(names.begin(), names.end(), natural_less);
  CHECK(names == std::vector<std::string>{"arr_0", "arr_1", "layer", "layer_1.head_9",
                                          "layer_1.head_11", "layer_2", "layer_10"});
}

TEST_CASE("Numbers longer than any integer still compare") {
  CHECK(natural_less("a99999999999999999999999", "a100000000000000000000000"));
}

TEST_CASE("A minus behind a mark is a sign, behind a letter or digit a hyphen") {
  std::vector<std::string> names{"layer_-1", "layer_0", "layer_-10", "layer_-2", "layer_1"};
  std::sort(names.begin(), names.end(), natural_less);
  CHECK(names ==
        std::vector<std::string>{"layer_-10", "layer_-2", "layer_-1", "layer_0", "layer_1"});
  CHECK(natural_less("-3", "-1"));
  CHECK(natural_less("a.-3", "a.-1"));
  CHECK(natural_less("layer-1", "layer-3"));
  CHECK(natural_less("2026-1", "2026-3"));
}

TEST_CASE("Leading zeros decide last") {
  CHECK(natural_less("a01b", "a1c"));
  CHECK(natural_less("a01", "a1") != natural_less("a1", "a01"));
}

TEST_CASE("The order is strict and total") {
  const auto name = rc::gen::container<std::string>(rc::gen::element('a', '-', '0', '1', '2', '_'));
  CHECK(rc::check("trichotomy and transitivity", [&] {
    const std::string a = *name;
    const std::string b = *name;
    const std::string c = *name;
    RC_ASSERT(natural_less(a, b) + natural_less(b, a) == (a == b ? 0 : 1));
    if (natural_less(a, b) && natural_less(b, c)) RC_ASSERT(natural_less(a, c));
  }));
}

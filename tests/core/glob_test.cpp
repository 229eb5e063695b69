#include "core/glob.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace attngraph;

TEST_CASE("A pattern fits the whole text") {
  CHECK(glob_matches("layer.*", "layer.0"));
  CHECK(glob_matches("*", ""));
  CHECK(glob_matches("a?c", "abc"));
  CHECK(glob_matches("*.attn.*.w", "x.attn.attn.w.w"));
  CHECK(glob_matches("", ""));
  CHECK_FALSE(glob_matches("layer", "layer.0"));
  CHECK_FALSE(glob_matches("a?c", "ac"));
  CHECK_FALSE(glob_matches("*b", "abc"));
}

TEST_CASE("A hostile pattern costs no exponential time") {
  CHECK_FALSE(glob_matches("*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a')));
}

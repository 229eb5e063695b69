#include "output/option_notation.hpp"

#include <doctest/doctest.h>

using namespace attngraph;

TEST_CASE("an option that the library names is shown with its dashes") {
  CHECK(in_dashes("$top-k: is 0") == "--top-k: is 0");
  CHECK(in_dashes("choose one with $batch 0, or say $axes") ==
        "choose one with --batch 0, or say --axes");
  CHECK(in_dashes("`attngraph sparsify $threshold`") == "`attngraph sparsify --threshold`");
  CHECK(in_dashes("write it with $out a.dot") == "write it with -o a.dot");
}

TEST_CASE("a dollar sign of a label or of a file's name stays") {
  CHECK(in_dashes("no token is '$x'") == "no token is '$x'");
  CHECK(in_dashes("/data/$run/a.npy: costs $5, or $") == "/data/$run/a.npy: costs $5, or $");
  CHECK(in_dashes("$layer.npy: holds $layer_0 and $head/$value") ==
        "$layer.npy: holds $layer_0 and $head/$value");
}

TEST_CASE("the place of an error is an option or the name of a file") {
  CHECK(begins_with_option("$mask"));
  CHECK(begins_with_option("$mask: [0, 1]"));
  CHECK_FALSE(begins_with_option("$mask.npy: header"));
  CHECK_FALSE(begins_with_option("mask"));
  CHECK_FALSE(begins_with_option(""));
}

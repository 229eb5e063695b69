#include "report/drawn/drawing_texts.hpp"

#include <doctest/doctest.h>

namespace attngraph {
namespace {

TEST_CASE("a share is all or nothing only where it is") {
  CHECK(share_text(1) == "100%");
  CHECK(share_text(0.9999) == "99.9%");
  CHECK(share_text(0.814) == "81%");
  CHECK(share_text(0.0045) == "0.4%");
  CHECK(share_text(0.0004) == "under 0.1%");
  CHECK(share_text(0) == "0%");
}

TEST_CASE("one edge is not called several") {
  CHECK(per_query_text(1) == "the largest edge of each query");
  CHECK(per_query_text(3) == "the 3 largest edges of each query");
}

}  // namespace
}  // namespace attngraph

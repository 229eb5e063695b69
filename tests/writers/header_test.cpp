#include "writers/pictures/canvas/header.hpp"

#include <doctest/doctest.h>

using namespace attngraph;

using Lines = std::vector<std::string>;

TEST_CASE("a header is broken between words, and nothing of it is lost") {
  const Header header =
      header_of("layer 2, head 5 of a small model", {"runs/a.npy", "a row is a query"}, 200);
  CHECK(header.title == "layer 2, head 5 of a small model");
  CHECK(header.title_lines == Lines{"layer 2, head 5 of a", "small model"});
  CHECK(header.lines == Lines{"runs/a.npy · a row is a query"});
}

TEST_CASE("details share a line where it has room, and a longer one takes several") {
  CHECK(header_of("", {"one", "two", "", "three"}, 400).lines == Lines{"one · two · three"});
  CHECK(header_of("", {"one", "a detail that is longer than the picture is wide"}, 160).lines ==
        Lines{"one", "a detail that is longer", "than the picture is wide"});
}

TEST_CASE("a header of a very narrow picture stays readable") {
  CHECK(header_of("layer 0", {}, 20).title_lines == Lines{"layer 0"});
}

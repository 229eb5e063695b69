#include "core/index_list.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace attngraph;

namespace {

using Indices = std::vector<std::size_t>;

Indices resolved(const std::string& text, std::size_t size) {
  return IndexList::parse(text, "$layer").resolve(size, "$layer");
}

}  // namespace

TEST_CASE("Indices, ranges and counting from the end") {
  CHECK(resolved("0", 12) == Indices{0});
  CHECK(resolved("0,3-5,-1", 12) == Indices{0, 3, 4, 5, 11});
  CHECK(resolved("-3--1", 12) == Indices{9, 10, 11});
  CHECK(resolved("2--1", 4) == Indices{2, 3});
}

TEST_CASE("The answer is ascending and has each index once") {
  CHECK(resolved("3,1,1-3,-1", 4) == Indices{1, 2, 3});
}

TEST_CASE("No list chooses all") {
  CHECK(IndexList().empty());
  CHECK(IndexList().resolve(3, "$head") == Indices{0, 1, 2});
}

TEST_CASE("Of indices with gaps those are chosen that are there") {
  const Indices there{0, 7, 4'000'000'000'000};
  const auto chosen = [&](const std::string& text) {
    return IndexList::parse(text, "$layer").chosen_of(there, "$layer");
  };
  CHECK(IndexList().chosen_of(there, "$layer") == there);
  CHECK(chosen("0-4000000000000") == there);
  CHECK(chosen("-1") == Indices{4'000'000'000'000});
  CHECK(chosen("7,0") == Indices{0, 7});
  CHECK(chosen("3").empty());
  CHECK_THROWS_AS(chosen("4000000000001"), ArgumentError);
}

TEST_CASE("What is no list is refused by the name of its option") {
  for (const std::string text : {"", ",", "1,", "a", "1-", "1-x", "1.5", "1 2", "--", "1--"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(IndexList::parse(text, "$layer"), ArgumentError);
  }
  try {
    IndexList::parse("x", "$layer");
  } catch (const ArgumentError& error) {
    CHECK(error.where() == "$layer");
    CHECK(!error.hint().empty());
  }
}

TEST_CASE("An index outside and a range backwards are refused") {
  for (const std::string text : {"12", "-13", "5-3", "0-12", "99999999999"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(resolved(text, 12), ArgumentError);
  }
}

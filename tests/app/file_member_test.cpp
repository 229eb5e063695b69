#include "input/file_member.hpp"

#include <doctest/doctest.h>

using namespace attngraph;

namespace {

std::string named(const std::string& text, const std::string& input) {
  const FileMember file = file_member(text, input);
  return file.path + " | " + file.member;
}

}  // namespace

TEST_CASE("a file, one member of it, or one of the input") {
  CHECK(named("a.npz", "") == "a.npz | ");
  CHECK(named("a.npz:arr_0", "") == "a.npz | arr_0");
  CHECK(named("in/a.npz:layers.0:q", "") == "in/a.npz:layers.0 | q");
  CHECK(named(":q", "in/a.npz") == "in/a.npz | q");
  CHECK(named(":q", "in/a.npz:k") == "in/a.npz | q");
  CHECK(named(":q", "") == ":q | ");
}

TEST_CASE("the stem of the input is filled in") {
  CHECK(named("in/{stem}.json", "dumps/cats.npy") == "in/cats.json | ");
  CHECK(named("{stem}.npz:tokens", "dumps/cats.npz:attention") == "cats.npz | tokens");
}

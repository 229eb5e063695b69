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
  CHECK(named("run-10:30.npy", "") == "run-10:30.npy | ");
  CHECK(named("tests:x", "") == "tests | x");
  CHECK(named("-:x", "") == "- | x");
}

TEST_CASE("an output is named after the file of its input, whichever member it names") {
  CHECK(named_after("{stem}.csv", "dumps/cats.npz:layers/0.attention") == "cats.csv");
  CHECK(named_after("{dir}/{stem}.csv", "dumps/cats.npz:layers/0") == "dumps/cats.csv");
}

TEST_CASE("stem and folder of the input are filled in") {
  CHECK(named("{dir}/{stem}.json", "dumps/cats.npy") == "dumps/cats.json | ");
  CHECK(named("in/{stem}.json", "dumps/cats.npy") == "in/cats.json | ");
  CHECK(named("{stem}.npz:tokens", "dumps/cats.npz:attention") == "cats.npz | tokens");
  CHECK(named("{stem}.npy", "") == "{stem}.npy | ");  // an input itself
}

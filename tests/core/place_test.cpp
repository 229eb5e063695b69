#include "core/text/place.hpp"

#include <doctest/doctest.h>

#include "core/text/bounded_text.hpp"
#include "core/text/text.hpp"

using namespace attngraph;

TEST_CASE("a place is the file and what the file calls it, which may be of any length") {
  CHECK(within("a.npz", "x") == "a.npz: x");
  CHECK(within("a.npz", "") == "a.npz");
  CHECK(within("a.npz", "x\ny") == "a.npz: x\\ny");
  const std::string name(1'000'000, 'n');
  CHECK(within("a.npz", name) == "a.npz: " + std::string(40, 'n') + "…" + std::string(39, 'n'));
  std::string marks = "a";
  for (int i = 0; i < 100'000; ++i) marks += "\u0301";
  CHECK(within("a.npz", marks).size() < 2000);
}

TEST_CASE("a name to be typed is one word of a shell, and a glob where it is long") {
  CHECK(shell_word("layer_*") == "'layer_*'");
  CHECK(shell_word("a'$(touch x)'") == R"('a'\''$(touch x)'\''')");
  const std::string long_one = std::string(39, 'a') + "é" + std::string(1000, 'b') + "é";
  CHECK(shell_word(long_one) == "'" + std::string(39, 'a') + "*" + std::string(38, 'b') + "é'");
}

TEST_CASE("a text is bounded without half a character") {
  CHECK(bounded("short") == "short");
  CHECK(bounded(std::string(4096, 'a')).size() == 4096);
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "é";
  const std::string cut = bounded(text + "end");
  CHECK(cut.size() < 4096);
  CHECK(cut.ends_with("éend"));
  CHECK(invalid_utf8(cut) == std::string::npos);
  CHECK(bounded(std::string(10'000, '\x80')).find(" … ") != std::string::npos);
}

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/json/labels.hpp"

using namespace attngraph;

namespace {

using Labels = std::vector<std::string>;

Labels labels(const std::string& text, const Limits& limits = {}) {
  return read_labels(Bytes::from(text), "t", limits);
}

}  // namespace

TEST_CASE("each line is a label, whatever its line end") {
  CHECK(labels("[CLS]\nthe\r\n cat \nend") == Labels{"[CLS]", "the", " cat ", "end"});
  CHECK(labels("a\n") == Labels{"a"});
}

TEST_CASE("an empty line is an empty label") { CHECK(labels("a\n\nb\n") == Labels{"a", "", "b"}); }

TEST_CASE("a JSON list of strings is read as such") {
  CHECK(labels(" [ \"a\\n\", \"\\\"\"]") == Labels{"a\n", "\""});
}

TEST_CASE("a byte order mark is no part of the first label") {
  CHECK(labels("\xef\xbb\xbf"
               "a\nb\n") == Labels{"a", "b"});
}

TEST_CASE("the limit on labels is a number of bytes and names its flag") {
  Limits limits;
  limits.label = 4;
  CHECK(labels("four\n", limits) == Labels{"four"});
  CHECK_THROWS_WITH_AS(labels("one\nfives\n", limits),
                       "t: line 2: a label of 5 bytes, longer than $max-label 4", LimitError);
  CHECK_THROWS_WITH_AS(labels("[\"fives\"]", limits),
                       "t: [0]: a label of 5 bytes, longer than $max-label 4", LimitError);
}

TEST_CASE("UTF-8 is checked to the letter of RFC 3629") {
  for (const char* good : {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                           "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CHECK(labels(good) == Labels{good});
  }
  for (const char* bad : {"\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82",
                          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    CAPTURE(std::string(bad));
    CHECK_THROWS_AS(labels(bad), InputError);
  }
}

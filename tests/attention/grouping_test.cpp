#include "reading/arrays/grouping.hpp"
#include "attention/grouped.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/error.hpp"

using namespace attngraph;

namespace {

Matrix matrix(std::initializer_list<std::initializer_list<double>> rows) {
  Matrix result(static_cast<Index>(rows.size()), static_cast<Index>(rows.begin()->size()));
  Index q = 0;
  for (const auto& row : rows) {
    Index k = 0;
    for (const double value : row) result(q, k++) = value;
    ++q;
  }
  return result;
}

std::vector<std::string> labels_of_words(const std::vector<std::string>& tokens) {
  return words(single_tokens(tokens)).labels;
}

}  // namespace

TEST_CASE("WordPiece tokens that begin with ## go on with the word") {
  CHECK(labels_of_words({"[CLS]", "un", "##believ", "##able", "cat", "[SEP]"}) ==
        std::vector<std::string>{"[CLS]", "unbelievable", "cat", "[SEP]"});
}

TEST_CASE("SentencePiece and byte-level tokens without the mark go on with the word") {
  CHECK(labels_of_words({"<s>", "▁un", "believ", "able", "▁cat", "</s>"}) ==
        std::vector<std::string>{"<s>", "unbelievable", "cat", "</s>"});
  CHECK(labels_of_words({"un", "able", "Ġcat", "s", "<|endoftext|>"}) ==
        std::vector<std::string>{"unable", "cats", "<|endoftext|>"});
}

TEST_CASE("ends of words, pieces that go on and leading blanks mark words too") {
  CHECK(labels_of_words({"<|startoftext|>", "ph", "oto</w>", "of</w>", "<|endoftext|>"}) ==
        std::vector<std::string>{"<|startoftext|>", "photo", "of", "<|endoftext|>"});
  CHECK(labels_of_words({"em@@", "bed@@", "ding", "</s>"}) ==
        std::vector<std::string>{"embedding", "</s>"});
  CHECK(labels_of_words({"The", " cat", "s", " sat"}) ==
        std::vector<std::string>{"The", "cats", "sat"});
  CHECK(piece_mark({"a</w>", "b</w>", "##c"}) == "</w>");
  CHECK(piece_mark({"##", "a"}).empty());
}

TEST_CASE("a line break ends a word and is its own") {
  CHECK(labels_of_words({"The", "Ġsat", "Ċ", "un", "able", "ĊĊ", "Ġcat"}) ==
        std::vector<std::string>{"The", "sat", "Ċ", "unable", "ĊĊ", "cat"});
  CHECK(labels_of_words({"▁The", "<0x0A>", "cat", "s"}) ==
        std::vector<std::string>{"The", "<0x0A>", "cats"});
}

TEST_CASE("the tail of a grouping numbers its nodes anew") {
  const Grouping all{{0, 0, 1, Grouping::left_out, 2, 1}, {"a", "b", "c"}, RowDivision::none};
  const Grouping last = tail(all, 4);
  CHECK(last.node == std::vector<std::int32_t>{0, Grouping::left_out, 1, 0});
  CHECK(last.labels == std::vector<std::string>{"b", "c"});
  CHECK(all.tokens_left_out() == 1);
  CHECK(all.sizes() == std::vector<std::size_t>{2, 2, 1});
}

TEST_CASE("the tail keeps the order of nodes that are not named in the order of tokens") {
  const Grouping all{{1, 1, 0}, {"b", "a"}, RowDivision::none};
  const Grouping last = tail(all, 3);
  CHECK(last.node == all.node);
  CHECK(last.labels == all.labels);
  const Matrix weights = matrix({{.6, .3, .1}, {.2, .5, .3}, {.1, .1, .8}});
  CHECK(grouped(weights, last, all).isApprox(matrix({{.8, .2}, {.2, .8}}), 1e-15));
}

TEST_CASE("rows are divided by what is left of them before they are merged") {
  const Matrix weights = matrix({{1, 0, 0}, {.5, .5, 0}, {.8, 0, .2}});
  Grouping grouping{{Grouping::left_out, 0, 0}, {"ab"}, RowDivision::left_first};
  CHECK(grouped(weights, grouping, grouping).isApprox(matrix({{1}}), 1e-15));
  Grouping apart{{Grouping::left_out, 0, 1}, {"a", "b"}, RowDivision::left_first};
  CHECK(grouped(weights, apart, apart).isApprox(matrix({{1, 0}, {0, 1}}), 1e-15));
}

TEST_CASE("tokens without any mark are words already") {
  CHECK(labels_of_words({"a", "b"}) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("mass to a word is summed and mass from a word is averaged") {
  const Matrix weights = matrix({{.5, .25, .25}, {.1, .2, .7}, {.3, .3, .4}});
  const Grouping grouping = words(single_tokens({"ca", "##ts", "sat"}));
  const Matrix expected = matrix({{(.75 + .3) / 2, (.25 + .7) / 2}, {.6, .4}});
  CHECK(grouped(weights, grouping, grouping).isApprox(expected, 1e-15));
}

TEST_CASE("leaving out special tokens loses their mass unless rows are divided again") {
  const Matrix weights = matrix({{.5, .25, .25}, {.6, .1, .3}, {.2, .2, .6}});
  Grouping grouping = without_special(single_tokens({"[CLS]", "a", "b"}));
  CHECK(grouping.labels == std::vector<std::string>{"a", "b"});
  CHECK(grouped(weights, grouping, grouping).isApprox(matrix({{.1, .3}, {.2, .6}}), 1e-15));
  grouping.division = RowDivision::afterwards;
  CHECK(grouped(weights, grouping, grouping).isApprox(matrix({{.25, .75}, {.25, .75}}), 1e-15));
}

TEST_CASE("special tokens are told from words in brackets") {
  for (const char* token : {"[CLS]", "[unused7]", "</s>", "<|endoftext|>", "<pad>", "<extra_id_0>",
                            "<start_of_turn>", "<｜begin▁of▁sentence｜>", "<BOS>"}) {
    CHECK(is_special(token));
  }
  for (const char* token :
       {"[", "<", "cat", "[x]", "<3", "]", "<0x0A>", "<0xE4>", "<div>", "<b>", "<>"}) {
    CHECK_FALSE(is_special(token));
  }
}

TEST_CASE("segments are named ranges, and what lies outside them is the rest") {
  const Grouping grouping = segments("system:0-1,3-4", 5);
  CHECK(grouping.labels == std::vector<std::string>{"system", "3-4", "rest"});
  CHECK(grouping.node == std::vector<std::int32_t>{0, 0, 2, 1, 1});
  CHECK(segments("all:0-4", 5).labels == std::vector<std::string>{"all"});
}

TEST_CASE("segments that overlap, end outside or are no ranges are refused") {
  CHECK_THROWS_AS(segments("a:0-2,b:2-3", 5), ArgumentError);
  CHECK_THROWS_AS(segments("a:0-5", 5), ArgumentError);
  CHECK_THROWS_AS(segments("a:3-2", 5), ArgumentError);
  CHECK_THROWS_AS(segments("a:", 5), ArgumentError);
  CHECK_THROWS_AS(segments("0-1,", 5), ArgumentError);
}

TEST_CASE("grouping keeps rows distributions") {
  CHECK(rc::check([] {
    const auto n = *rc::gen::inRange<int>(1, 12);
    Matrix weights(n, n);
    Grouping grouping;
    std::int32_t nodes = 0;
    for (int q = 0; q < n; ++q) {
      for (int k = 0; k < n; ++k) weights(q, k) = *rc::gen::inRange(1, 1000);
      weights.row(q) /= weights.row(q).sum();
      if (nodes == 0 || *rc::gen::arbitrary<bool>()) ++nodes;
      grouping.node.push_back(nodes - 1);
    }
    grouping.labels.resize(static_cast<std::size_t>(nodes));
    const Matrix result = grouped(weights, grouping, grouping);
    for (Index q = 0; q < result.rows(); ++q) RC_ASSERT(std::abs(result.row(q).sum() - 1) < 1e-12);
  }));
}

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "reading/words/grouping.hpp"
#include "reading/words/segments.hpp"
#include "reading/words/special_tokens.hpp"
#include "reading/words/text_order.hpp"
#include "reading/words/word_pieces.hpp"

using namespace attngraph;

namespace {

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

TEST_CASE("tokens without any mark are words already") {
  CHECK(labels_of_words({"a", "b"}) == std::vector<std::string>{"a", "b"});
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

TEST_CASE("segments stand where they are named, in whatever order the text has them") {
  using Places = std::vector<std::size_t>;
  for (const char* text : {"x:1-1,y:6-7", "x:0-1,y:6-7", "y:6-7,x:0-1", "y:6-7,x:1-1"}) {
    CHECK(places(segments(text, 8)) == Places{0, 1, 2});
  }
  CHECK(places(segments("y:6-7,x:0-5", 8)) == Places{0, 1});
}

TEST_CASE("segments follow the text or not, and can be named so that they do") {
  CHECK(in_text_order(segments("a:0-1,b:2-3", 6)));
  CHECK(in_text_order(without_special(single_tokens({"<s>", "a", "</s>"}))));
  CHECK(segments_in_text_order(segments("a:0-1,2-3", 6)) == "a:0-1,2-3,4-5");
  for (const char* text : {"b:2-5,a:0-1", "a:1-1,b:2-5", "a:0-1,b:4-5"}) {
    const Grouping grouping = segments(text, 6);
    CHECK_FALSE(in_text_order(grouping));
    CHECK(in_text_order(segments(segments_in_text_order(grouping), 6)));
  }
  CHECK(segments_in_text_order(segments("b:4-4,a:1-2", 6)) == "0-0,a:1-2,3-3,b:4-4,5-5");
}

TEST_CASE("segments that overlap, end outside or are no ranges are refused") {
  CHECK_THROWS_AS(segments("a:0-2,b:2-3", 5), ArgumentError);
  CHECK_THROWS_AS(segments("a:0-5", 5), ArgumentError);
  CHECK_THROWS_AS(segments("a:3-2", 5), ArgumentError);
  CHECK_THROWS_AS(segments("a:", 5), ArgumentError);
  CHECK_THROWS_AS(segments("0-1,", 5), ArgumentError);
}

TEST_CASE("sentences end behind their marks and line breaks, and take special tokens along") {
  const auto parted = [](const std::vector<std::string>& tokens) { return sentences(tokens).node; };
  CHECK(parted({"[CLS]", "a", ".", "b", "?", "[SEP]"}) ==
        std::vector<std::int32_t>{0, 0, 0, 1, 1, 1});
  CHECK(parted({"a", ".", ".", ".", "b"}) == std::vector<std::int32_t>{0, 0, 0, 0, 1});
  CHECK(parted({"Hi", "\u2026", "\u0120you", "\u010a", "<0x0A>", "b"}) ==
        std::vector<std::int32_t>{0, 0, 1, 1, 1, 2});
  CHECK(parted({"a", ".", "</s>", "<s>", "b", "\u3002"}) ==
        std::vector<std::int32_t>{0, 0, 0, 0, 1, 1});
  CHECK(parted({"end.</w>", "of", ".\n\n", "it"}) == std::vector<std::int32_t>{0, 1, 1, 2});
  CHECK(sentences({"a", "!", "b"}).labels == std::vector<std::string>{"s0", "s1"});
}

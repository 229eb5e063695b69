#include "attention/merged_tokens.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

namespace attngraph {
namespace {

using Texts = std::vector<std::string>;

Attention four_tokens(Texts tokens) {
  return Attention({Tensor::from(std::vector<double>(16, .25), {1, 4, 4})}, std::move(tokens));
}

MergingRequest request_of(Merging merging) {
  MergingRequest request;
  request.drop_special = true;
  request.merging = merging;
  return request;
}

TEST_CASE("a note counts what is left out and says what becomes of rows") {
  const Attention attention = four_tokens({"[CLS]", "a", "b", "[SEP]"});
  const auto note = [&](const MergingRequest& request) {
    Texts notes;
    const auto merged = merged_tokens(attention, request, notes);
    CHECK(merged->keys.labels == Texts{"a", "b"});
    CHECK(merged->answer_only == request.of_answer());
    REQUIRE(notes.size() == 1);
    return notes.front();
  };
  const std::string left = "2 of 4 tokens are left out";
  const std::string sum = "; rows then sum to less than 1 ($renormalize divides them)";
  const std::string through = " of the answer, which is computed through all of them";
  CHECK(note(request_of(Merging::matrix)) == left + sum);
  CHECK(note(request_of(Merging::divided_matrix)) ==
        left + "; every row is divided by what is left of it");
  CHECK(note(request_of(Merging::answer)) == left + through);
  MergingRequest shares = request_of(Merging::answer_of_shares);
  CHECK(note(shares) == left + through + sum);
  shares.renormalize = true;
  CHECK(note(shares) == left + through + "; rows are divided by what is left of them");
}

TEST_CASE("words are told by a mark, segments by ranges, and the rest is said") {
  Texts notes;
  MergingRequest request;
  request.words = true;
  CHECK(merged_tokens(four_tokens({"un", "##able", "cat", "s"}), request, notes)->keys.nodes() ==
        3);
  CHECK(notes ==
        Texts{"pieces of words are told by '##'",
              "tokens are put together to 3: the question is asked of that smaller matrix"});
  notes.clear();
  merged_tokens(four_tokens({"a", "b", "c", "d"}), request, notes);
  CHECK(notes == Texts{"no token is a piece of a word: $words changes nothing"});
  notes.clear();
  request.words = false;
  request.segments = "x:0-1";
  merged_tokens(four_tokens({}), request, notes);
  CHECK(notes.front() == "2 tokens in no segment: they are 'rest'");
  notes.clear();
  request.segments = "x:0-1,rest:2-3";
  merged_tokens(four_tokens({}), request, notes);
  CHECK(notes.size() == 1);
}

TEST_CASE("each side of cross-attention is merged by its own tokens") {
  Attention cross({Tensor::from(std::vector<double>(12, .25), {1, 3, 4})},
                  {"<s>", "▁un", "able", "</s>"});
  cross.set_sides(Sides::cross, {"[CLS]", "le", "chat"});
  MergingRequest request = request_of(Merging::matrix);
  request.words = true;
  Texts notes;
  const auto merged = merged_tokens(cross, request, notes);
  CHECK(merged->queries.labels == Texts{"le", "chat"});
  CHECK(merged->keys.labels == Texts{"unable"});
  cross.set_merged(*merged);
  CHECK(cross.query_labels() == Texts{"le", "chat"});
  CHECK(cross.head(0, 0) == Matrix::Constant(2, 1, .5));
  request = {};
  request.segments = "a:0-1";
  CHECK_THROWS_AS(merged_tokens(cross, request, notes), ArgumentError);
}

TEST_CASE("what cannot be merged is refused") {
  Texts notes;
  MergingRequest request = request_of(Merging::matrix);
  CHECK_THROWS_AS(merged_tokens(four_tokens({}), request, notes), ArgumentError);
  request.segments = "a:0-1";
  CHECK_THROWS_AS(check_merging(request), ArgumentError);
  request = {};
  request.renormalize = true;
  CHECK_THROWS_AS(check_merging(request), ArgumentError);
  request = request_of(Merging::answer);
  request.renormalize = true;
  CHECK_THROWS_WITH_AS(check_merging(request),
                       "$renormalize: divides shares of a whole, and this answer has none",
                       ArgumentError);
  CHECK_FALSE(merged_tokens(four_tokens({}), {}, notes).has_value());
}

/// Each query sees the tokens up to its own; `queries` of them.
Attention causal_tokens(std::size_t queries, std::size_t tokens) {
  std::vector<double> weights(queries * tokens, 0);
  for (std::size_t q = 0; q < queries; ++q) {
    weights[q * tokens] = weights[q * tokens + tokens - queries + q] = .5;
  }
  Attention attention({Tensor::from(weights, {1, queries, tokens})});
  attention.set_sides(Sides::self, {});
  return attention;
}

TEST_CASE("segments that are not in the order of the text are said to make it causal no more") {
  const auto last_note = [](const Attention& attention, const std::string& segments,
                            Merging merging) {
    Texts notes;
    MergingRequest request;
    request.segments = segments;
    request.merging = merging;
    merged_tokens(attention, request, notes);
    return notes.back();
  };
  const std::string together =
      "tokens are put together to 3: the question is asked of that smaller matrix";
  const std::string order =
      "segments are not in the order of the text, so that smaller matrix is not causal; to keep it "
      "so, name them in the order of the text: $segments 0-0,a:1-1,b:2-3";
  const Attention causal = causal_tokens(4, 4);
  CHECK(last_note(causal, "a:1-1,b:2-3", Merging::matrix) == order);
  CHECK(last_note(causal, "0-0,a:1-1,b:2-3", Merging::matrix) == together);
  CHECK(last_note(four_tokens({}), "a:1-1,b:2-3", Merging::matrix) == together);
  CHECK(last_note(causal, "a:1-1,b:2-3", Merging::answer) ==
        "computed on all tokens, then put together to 3");
}

TEST_CASE("the last queries of a text want segments in its order") {
  Texts notes;
  MergingRequest request;
  request.segments = "a:1-1,b:2-3";
  try {
    merged_tokens(causal_tokens(2, 4), request, notes);
    FAIL("rows would stand under the names of other groups");
  } catch (const ArgumentError& error) {
    CHECK(std::string(error.what()) ==
          "$segments: are not in the order of the text, and the queries are its last 2 tokens");
    CHECK(error.hint() == "name them in the order of the text: $segments 0-0,a:1-1,b:2-3");
  }
  request.segments = "0-0,a:1-1,b:2-3";
  CHECK(merged_tokens(causal_tokens(2, 4), request, notes)->queries.labels == Texts{"b"});
}

}  // namespace
}  // namespace attngraph

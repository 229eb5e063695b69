#include "report/questions/pairs.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "reading/words/grouping.hpp"
#include "recorded_sink.hpp"

namespace attngraph {
namespace {

Attention deck(std::vector<std::string> tokens = {"x", "y", "z"}) {
  return Attention(
      {Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3})},
      std::move(tokens), "a.npy");
}

Dump edges(std::vector<std::int32_t> source, std::vector<std::int32_t> target,
           std::vector<std::string> tokens = {}) {
  Dump dump;
  dump.source = "gold.csv";
  dump.nodes = 3;
  dump.tokens = std::move(tokens);
  const std::vector<double> weight(source.size(), 1.0);
  dump.edges.push_back({0, 0, {3, std::move(source), std::move(target), weight}});
  return dump;
}

Dump matrix(std::vector<double> numbers, Shape shape) {
  Dump dump;
  dump.source = "gold.npy";
  dump.tensors.push_back({"", Tensor::from(std::move(numbers), std::move(shape))});
  return dump;
}

std::vector<std::int64_t> known_by(const Dump& gold, const Attention& attention = deck(),
                                   Symmetrize symmetrize = Symmetrize::sum) {
  PairsOptions options;
  options.has_gold = true;
  options.gold = &gold;
  options.symmetrize = symmetrize;
  RecordedSink sink;
  pairs_report(attention, options, sink);
  return sink.integers("known");
}

std::string problem(const Dump& gold, const Attention& attention = deck()) {
  try {
    known_by(gold, attention);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

using Flags = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("pairs stand in the order of their scores, with labels") {
  RecordedSink sink;
  pairs_report(deck(), {}, sink);
  CHECK(sink.header() == "layer,head,rank,a,b,a_label,b_label,score");
  CHECK(sink.integers("rank") == Flags{1, 2, 3});
  CHECK(sink.integers("a") == Flags{0, 1, 0});
  CHECK(sink.integers("b") == Flags{1, 2, 2});
  CHECK(sink.texts("b_label") == std::vector<std::string>{"y", "z", "z"});
  CHECK(sink.reals("score")[2] == doctest::Approx(-.465));
}

TEST_CASE("one token makes no pair") {
  RecordedSink sink;
  pairs_report(Attention({Tensor::from(std::vector<double>{1}, {1, 1, 1})}), {}, sink);
  CHECK(sink.integers("rank").empty());
}

TEST_CASE("known pairs count in both directions, unless pairs are directed") {
  CHECK(known_by(edges({2}, {1})) == Flags{0, 1, 0});
  CHECK(known_by(edges({2}, {1}), deck(), Symmetrize::none).size() == 6);
  const Flags directed = known_by(edges({2}, {1}), deck(), Symmetrize::none);
  CHECK(std::count(directed.begin(), directed.end(), 1) == 1);
}

TEST_CASE("known pairs are indices, names, numbers as names, or a matrix") {
  CHECK(known_by(edges({0}, {2}, {"y", "q", "z"})) == Flags{0, 1, 0});
  CHECK(known_by(edges({0}, {1}, {"1", "2", "3"})) == Flags{0, 1, 0});
  CHECK(known_by(edges({0}, {1}, {"x", "y", "z"})) == Flags{1, 0, 0});
  CHECK(known_by(matrix({0, 0, 0, 0, 0, 1, 0, 0, 0}, {3, 3})) == Flags{0, 1, 0});
  CHECK(known_by(matrix({0, 1, 0, 0, 0, 0, 0, 0, 0}, {1, 3, 3})) == Flags{1, 0, 0});
}

TEST_CASE("what does not fit to the text is refused") {
  CHECK(problem(edges({0}, {1}, {"x", "w", "z"})).starts_with("$gold: no token is 'w'"));
  CHECK(problem(edges({0}, {1}, {"1", "9", "3"})) ==
        "gold.csv: names token 9, and there are 0 to 2");
  CHECK(problem(edges({0}, {1}, {"x", "y", "q"}), deck({"x", "y", "y"}))
            .starts_with("$gold: the token 'y' occurs 2 times"));
  CHECK(problem(matrix({0, 0, 0, 0}, {2, 2})) ==
        "gold.npy: is a matrix of other tokens, expected 3 x 3");
  CHECK(problem(matrix(std::vector<double>(18, 0), {2, 3, 3})) ==
        "gold.npy: has shape [2, 3, 3], expected one matrix [query, key]");
  CHECK(problem(matrix({0, 0, 0}, {3})) ==
        "gold.npy: has shape [3], expected one matrix [query, key]");
  CHECK(problem(matrix({0, NAN, 0, 0, 0, 0, 0, 0, 0}, {3, 3})) ==
        "gold.npy: row 0, column 1: the entry is nan, expected 0 for pairs that are not known");
  CHECK(problem(matrix({0, 0, INFINITY, 0, 0, 0, 0, 0, 0}, {3, 3})) ==
        "gold.npy: row 0, column 2: the entry is inf, expected 0 for pairs that are not known");
  Dump two = edges({0}, {1});
  two.edges.push_back(two.edges.front());
  CHECK(problem(two) == "gold.csv: holds edges of several heads, known pairs are of one text");
  Dump arrays = matrix({0}, {1, 1});
  arrays.tensors.push_back(arrays.tensors.front());
  CHECK(problem(arrays) == "gold.npy: holds 2 arrays, expected one matrix");
}

TEST_CASE("words of CoNLL-U are the tokens that are not special") {
  Attention attention = deck({"[CLS]", "y", "z"});
  Dump words = edges({0}, {1}, {"Y", "q"});
  words.format = "CoNLL-U";
  words.source = "a.conllu";
  CHECK(known_by(words, attention) == Flags{0, 1, 0});
  CHECK(problem(words) == "a.conllu: has 2 words, and 3 tokens are not special");
}

TEST_CASE("positions are those of the file where tokens are left out") {
  Attention attention = deck({"[CLS]", "y", "z"});
  const Grouping left = without_special(single_tokens(attention.tokens()));
  attention.set_merged({left, left});
  RecordedSink sink;
  const Dump gold = edges({0, 2}, {1, 1});
  PairsOptions options;
  options.has_gold = true;
  options.gold = &gold;
  pairs_report(attention, options, sink);
  CHECK(sink.integers("a") == Flags{1});
  CHECK(sink.integers("b") == Flags{2});
  CHECK(sink.integers("known") == Flags{1});
  CHECK(sink.notes == std::vector<std::string>{"1 known pair of tokens that are left out"});
  CHECK(known_by(matrix({0, 1, 0, 0}, {2, 2}), attention) == Flags{1});
}

TEST_CASE("the summary has a row for each head") {
  const Dump gold = edges({0}, {1});
  PairsOptions options;
  options.has_gold = options.summary = true;
  options.gold = &gold;
  RecordedSink sink;
  pairs_report(deck(), options, sink);
  CHECK(sink.header() ==
        "layer,head,pairs,known,precision_L,precision_L2,precision_L5,auc,reciprocal_rank");
  CHECK(sink.reals("auc") == std::vector<double>{1});
  options.min_separation = 2;
  RecordedSink few;
  pairs_report(deck(), options, few);
  CHECK(few.integers("pairs") == Flags{1});
  CHECK(few.integers("known") == Flags{0});
  CHECK(few.notes.back() == "there are fewer than 3 pairs: precisions are over those there are");
}

TEST_CASE("cross-attention has directed pairs only, whatever the separation") {
  const Attention cross({Tensor::from(std::vector<double>{.1, .2, .7}, {1, 1, 3})}, {}, "c.npy");
  RecordedSink sink;
  CHECK_THROWS_AS(pairs_report(cross, {}, sink), InputError);
  PairsOptions options;
  options.symmetrize = Symmetrize::none;
  options.corrected = false;
  pairs_report(cross, options, sink);
  CHECK(sink.integers("b") == Flags{2, 1, 0});
}

TEST_CASE("options of pairs that mean nothing are refused") {
  PairsOptions options;
  options.min_separation = 0;
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options.min_separation = 1;
  options.summary = true;
  CHECK_THROWS_AS(check_options(options), ArgumentError);
}

}  // namespace attngraph

// Questions of one head are asked about the matrix that segments make, in whatever order these are
// named: the same answers as about that matrix by itself.

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "reading/words/segments.hpp"
#include "recording_sink.hpp"
#include "report/questions/centrality.hpp"
#include "report/questions/evict.hpp"
#include "report/questions/graph.hpp"
#include "report/questions/heads.hpp"
#include "report/questions/pairs.hpp"
#include "report/questions/sparsify.hpp"
#include "report/questions/spectrum.hpp"
#include "report/questions/structure.hpp"

namespace attngraph {
namespace {

using Ask = std::function<void(const Attention&, Sink&)>;

/// Causal, two layers of one head.
Attention causal(std::size_t tokens) {
  std::vector<Tensor> layers;
  for (std::size_t layer = 0; layer < 2; ++layer) {
    std::vector<double> weights(tokens * tokens, 0);
    for (std::size_t q = 0; q < tokens; ++q) {
      double sum = 0;
      for (std::size_t k = 0; k <= q; ++k) {
        sum += weights[q * tokens + k] = 1.1 + std::sin(static_cast<double>(7 * q + 3 * k + layer));
      }
      for (std::size_t k = 0; k <= q; ++k) weights[q * tokens + k] /= sum;
    }
    layers.push_back(Tensor::from(weights, {1, tokens, tokens}));
  }
  return Attention(std::move(layers), {}, "a.npy");
}

Attention merged(Attention attention, const std::string& names) {
  const Grouping grouping = segments(names, attention.keys());
  attention.set_merged({grouping, grouping});
  return attention;
}

/// The matrices that tokens were put together to, and nothing else.
Attention by_itself(const Attention& put_together) {
  std::vector<Tensor> layers;
  for (std::size_t l = 0; l < put_together.layers(); ++l) {
    const Tensor weights = put_together.numbers(l, 0);
    layers.push_back(
        Tensor::from(weights.to_doubles(), {1, weights.shape()[0], weights.shape()[1]}));
  }
  return Attention(std::move(layers), put_together.key_labels(), "a.npy");
}

RecordingSink answer(const Attention& attention, const Ask& ask) {
  RecordingSink sink;
  ask(attention, sink);
  return sink;
}

void check_same(const RecordingSink& found, const RecordingSink& expected) {
  CHECK(found.columns() == expected.columns());
  REQUIRE(found.table.size() == expected.table.size());
  for (std::size_t row = 0; row < found.table.size(); ++row) {
    for (std::size_t column = 0; column < found.schema.size(); ++column) {
      CAPTURE(row);
      CAPTURE(found.schema[column].name);
      if (const auto* text = std::get_if<std::string>(&found.table[row][column])) {
        CHECK(*text == expected.text(row, column));
      } else if (const double number = expected.number(row, column); std::isnan(number)) {
        CHECK(std::isnan(found.number(row, column)));
      } else {
        CHECK(found.number(row, column) == doctest::Approx(number).epsilon(1e-12));
      }
    }
  }
}

void members(const Attention& attention, Sink& sink) {
  StructureOptions options;
  options.answer = StructureAnswer::members;
  structure_report(attention, options, sink);
}

/// By name, for what a failure says.
std::vector<std::pair<std::string, Ask>> questions() {
  const auto offsets = [](const Attention& attention, Sink& sink) {
    HeadsOptions options;
    options.offsets = true;
    heads_report(attention, options, sink);
  };
  const auto copied = [](const Attention& attention, Sink& sink) {
    HeadsOptions options;
    options.response = NamedRange{"", 1, 2};
    options.copied_from = NamedRange{"", 0, 1};
    heads_report(attention, options, sink);
  };
  const auto metrics = [](const Attention& attention, Sink& sink) {
    CentralityOptions options;
    options.metrics = metrics_named("stationary,pagerank,z,in_degree,closeness");
    options.edges.share = true;
    centrality_report(attention, options, sink);
  };
  const auto graph = [](const Attention& attention, Sink& sink) {
    TokenGraphOptions options;
    options.choice.share = true;
    token_graph_report(attention, options, sink);
  };
  const auto sparse = [](const Attention& attention, Sink& sink) {
    SparsifyReportOptions options;
    options.sparsify.row.disparity = .4;
    sparsify_report(attention, options, sink, nullptr);
  };
  return {{"heads", [](const auto& a, Sink& sink) { heads_report(a, {}, sink); }},
          {"heads --from --to", copied},
          {"heads --offsets", offsets},
          {"pairs", [](const auto& a, Sink& sink) { pairs_report(a, {}, sink); }},
          {"centrality", metrics},
          {"structure", [](const auto& a, Sink& sink) { structure_report(a, {}, sink); }},
          {"structure --members", members},
          {"graph", graph},
          {"sparsify", sparse},
          {"spectrum", [](const auto& a, Sink& sink) { spectrum_report(a, {}, sink); }}};
}

}  // namespace

TEST_CASE("segments in any order are answered as the matrix they make") {
  for (const std::string names :
       {"a:0-1,b:2-3,c:4-6", "a:0-1,b:4-6,c:2-3", "b:2-3,a:0-1,c:4-6", "b:2-3,c:4-6,a:0-1",
        "c:4-6,a:0-1,b:2-3", "c:4-6,b:2-3,a:0-1", "a:1-2,b:4-5", "b:4-5,a:1-2", "a:0-1,b:5-6",
        "b:5-6,a:0-1", "a:1-2,b:3-6", "a:0-2,b:3-4"}) {
    CAPTURE(names);
    const Attention together = merged(causal(7), names);
    const Attention alone = by_itself(together);
    CHECK(together.causal() == alone.causal());
    for (const auto& question : questions()) {
      CAPTURE(question.first);
      check_same(answer(together, question.second), answer(alone, question.second));
    }
  }
}

TEST_CASE("a causal head whose segments are not in the order of the text is causal no more") {
  // NumPy: N A Mᵀ = [[.45, .55], [.15, .85]], doc the tokens 1 and 2, rest 0 and 3.
  Attention four(
      {Tensor::from(std::vector<double>{1, 0, 0, 0, .6, .4, 0, 0, .5, .2, .3, 0, .4, .1, .2, .3},
                    {1, 4, 4})},
      {}, "a.npy");
  REQUIRE(four.causal());
  const Attention together = merged(four, "doc:1-2");
  CHECK_FALSE(together.causal());
  RecordingSink sink;
  CentralityOptions options;
  options.metrics = metrics_named("stationary");
  centrality_report(together, options, sink);
  const std::size_t last = sink.schema.size() - 1;
  CHECK(sink.number(0, last) == doctest::Approx(.15 / .7));
  CHECK(sink.number(1, last) == doctest::Approx(.55 / .7));
  CHECK(sink.text(1, 3) == "rest");
  CHECK(merged(four, "0-0,doc:1-2,3-3").causal());
}

TEST_CASE("members of segments are called by their numbers in the answer") {
  const RecordingSink sink =
      answer(merged(causal(8), "x:1-1,y:6-7").selected({0}, {0}, {}), members);
  REQUIRE(sink.table.size() == 3);
  for (std::size_t token = 0; token < 3; ++token) {
    CHECK(sink.number(token, 2) == static_cast<double>(token));
  }
  CHECK(sink.text(2, 3) == "rest");
}

TEST_CASE("known pairs are those of segments by their numbers and names") {
  const Attention together = merged(causal(8), "y:6-7,x:1-1").selected({0}, {0}, {});
  Dump gold;
  gold.source = "gold.csv";
  gold.nodes = 2;
  gold.tokens = {"rest", "x"};
  gold.edges.push_back({0, 0, {2, {0}, {1}, {1.0}}});
  PairsOptions options;
  options.has_gold = true;
  options.gold = &gold;
  RecordingSink sink;
  pairs_report(together, options, sink);
  REQUIRE(sink.table.size() == 3);
  for (std::size_t row = 0; row < 3; ++row) {
    const bool of_both = sink.text(row, 5) == "x" && sink.text(row, 6) == "rest";
    CHECK(sink.number(row, sink.schema.size() - 1) == (of_both ? 1 : 0));
  }
}

TEST_CASE("what needs causal attention says how segments keep it so") {
  const Attention together = merged(causal(8), "y:6-7,x:0-5");
  const auto hint = [&](const Ask& ask) -> std::string {
    RecordingSink sink;
    try {
      ask(together, sink);
      return "no error";
    } catch (const InputError& error) {
      return error.hint();
    }
  };
  EvictOptions evict;
  evict.budgets = cache_budgets_named("1", "$budget");
  SpectrumOptions layers;
  layers.laplacian = LaplacianKind::layers;
  const std::string cure = "name them in the order of the text: $segments x:0-5,y:6-7";
  CHECK(hint([&](const auto& a, Sink& sink) { evict_report(a, evict, sink); }) == cure);
  CHECK(hint([&](const auto& a, Sink& sink) { spectrum_report(a, layers, sink); }) == cure);
}

}  // namespace attngraph

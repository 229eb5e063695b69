#include "report/questions/topology.hpp"

#include <doctest/doctest.h>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "reading/words/grouping.hpp"
#include "recorded_sink.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

Attention deck(std::vector<std::string> tokens = {"x", "y", "z"}) {
  return Attention(
      {Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3})},
      std::move(tokens), "a.npy");
}

RecordedSink answer(const TopologyOptions& options, const Attention& attention = deck()) {
  RecordedSink sink;
  topology_report(attention, options, sink);
  return sink;
}

TopologyOptions split_at(const std::string& text, const std::string& parts = "") {
  TopologyOptions options;
  options.split = text;
  if (!parts.empty()) options.parts = *named_ranges(parts);
  return options;
}

struct PictureSink : RecordedSink {
  PictureSink() : RecordedSink(Form::picture) {}
  void picture(const Picture& picture) override { shown = picture; }
  Picture shown;
};

template <typename Kind>
std::string problem(const TopologyOptions& options, const Attention& attention = deck()) {
  try {
    answer(options, attention);
  } catch (const Kind& error) {
    return error.what();
  }
  return "";
}

constexpr auto near = [](double value) { return doctest::Approx(value).epsilon(1e-10); };

}  // namespace

TEST_CASE("topology says how long the bars of each head are") {
  const RecordedSink sink = answer({});
  CHECK(sink.header() == "layer,head,h0_sum,h0_mean,h0_sd,h0_max,h0_entropy,h0_count");
  CHECK(sink.reals("h0_sum")[0] == near(1.5));
  CHECK(sink.integers("h0_count")[0] == 2);
}

TEST_CASE("with dimension 1 it says how long loops are, and the count of parts stays at the end") {
  TopologyOptions options;
  options.dimension = 1;
  const RecordedSink sink = answer(options);
  CHECK(sink.header() ==
        "layer,head,h0_sum,h0_mean,h0_sd,h0_max,h0_entropy,h1_count,h1_sum,h1_mean,h1_sd,h1_max,"
        "h1_entropy,h0_count");
  CHECK(sink.integers("h1_count")[0] == 0);
  CHECK(sink.reals("h1_entropy")[0] == 0);
}

TEST_CASE("every bar is a row") {
  TopologyOptions options;
  options.bars = true;
  const RecordedSink sink = answer(options);
  CHECK(sink.header() == "layer,head,dimension,birth,death");
  CHECK(sink.integers("dimension") == std::vector<std::int64_t>{0, 0});
  CHECK(sink.reals("death")[0] == near(.7));
  CHECK(sink.reals("death")[1] == near(.8));
}

TEST_CASE("Betti numbers have a row for each threshold, in the order asked for") {
  TopologyOptions options;
  options.betti = {{.05, .25}, false};
  const RecordedSink sink = answer(options);
  CHECK(sink.header() == "layer,head,threshold,edges,b0,b1");
  CHECK(sink.reals("threshold") == std::vector<double>{.05, .25});
  CHECK(sink.integers("b1") == std::vector<std::int64_t>{1, 0});
  options.betti = {{}, true};
  CHECK(answer(options).texts("threshold") == std::vector<std::string>{"share"});
}

TEST_CASE("a response begins at a token and goes on to the end") {
  const RecordedSink sink = answer(split_at("2"));
  CHECK(sink.header() == "layer,head,mtop_div,mtop_div_per_token");
  CHECK(sink.reals("mtop_div")[0] == near(.8));
  CHECK(answer(split_at("y")).reals("mtop_div_per_token")[0] == near(.75));
}

TEST_CASE("a response is a segment, before it the prompt, and nothing behind it") {
  CHECK(answer(split_at("answer", "ask:0,answer:1,rest of it:2")).reals("mtop_div")[0] == near(.7));
  CHECK(answer(split_at("rest", "ask:0-1")).reals("mtop_div")[0] == near(.8));
  CHECK(answer(split_at("2", "y:0-1,2:2")).reals("mtop_div")[0] == near(.8));
}

TEST_CASE("a response that is not told apart is refused") {
  CHECK(problem<ArgumentError>(split_at("0")) ==
        "$split: '0' begins at the first token, so there is no prompt");
  CHECK(problem<ArgumentError>(split_at("ask", "ask:0")) ==
        "$split: 'ask' begins at the first token, so there is no prompt");
  CHECK(problem<ArgumentError>(split_at("w")) == "$split: no token is 'w'");
  CHECK(problem<ArgumentError>(split_at("z", "ask:0")) == "$split: there is no segment 'z'");
}

TEST_CASE("tokens that are left out are in neither part") {
  Attention attention = deck();
  Grouping left;
  left.node = {Grouping::left_out, 0, 1};
  left.labels = {"y", "z"};
  attention.set_merged({left, left, false});
  CHECK(answer(split_at("z"), attention).reals("mtop_div")[0] == near(.8));
  CHECK(problem<ArgumentError>(split_at("1"), attention) ==
        "$split: '1' begins at the first token, so there is no prompt");
  CHECK(problem<ArgumentError>(split_at("a", "a:0"), attention) ==
        "$split: no token of 'a' is left");
}

TEST_CASE("cross-attention is refused") {
  Attention cross = deck();
  cross.set_sides(Sides::cross, {});
  CHECK(problem<InputError>({}, cross) ==
        "a.npy: is cross-attention, and distances are those of tokens of one text");
}

TEST_CASE("loops of more tokens than a user allows are refused") {
  TopologyOptions options;
  options.dimension = 1;
  options.max_tokens = 2;
  CHECK(problem<LimitError>(options) ==
        "a.npy: has 3 tokens, and loops are found of 2 at most ($max-tokens)");
  options.max_tokens = 3;
  CHECK(problem<LimitError>(options) == "");
  options.max_tokens = 20;
  std::vector<double> weights;  // in no order, which leaves edges that no other stands for
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < 20; ++j)
      weights.push_back((1 + (13 * i + 29 * j + 7 * i * j) % 17) / 400.0);
  }
  Attention large({Tensor::from(std::move(weights), {1, 20, 20})}, {}, "a.npy");
  large.set_limits({.memory = 4000});
  CHECK(problem<LimitError>(options, large).starts_with("the triangles of one head would need "));
  options.dimension = 0;
  CHECK(problem<LimitError>(options, large) == "");
}

TEST_CASE("queries that a file has not are said to count as zeros") {
  Attention last({Tensor::from(std::vector<double>{.5, .25, .25}, {1, 1, 3})}, {}, "a.npy");
  last.set_sides(Sides::self, {});
  const RecordedSink sink = answer({}, last);
  CHECK(sink.notes == std::vector<std::string>{"the file has the last 1 queries of 3 tokens: rows "
                                               "of the others count as zeros"});
  CHECK(sink.reals("h0_sum")[0] == near(1.25));
}

TEST_CASE("bars are drawn, a panel for each head") {
  TopologyOptions options;
  options.bars = true;
  options.dimension = 1;
  PictureSink sink;
  topology_report(deck(), options, sink);
  const auto& barcode = std::get<Barcode>(sink.shown.content);
  REQUIRE(barcode.panels.size() == 1);
  CHECK(barcode.kinds.size() == 2);
  CHECK(barcode.panels.front().bars.size() == 2);
  CHECK(barcode.panels.front().title.empty());
  CHECK(sink.shown.title.ends_with(", L0 H0"));
  const std::vector<double> many(13 * 9, 0.1);
  const Attention heads({Tensor::from(many, {13, 3, 3})});
  CHECK_THROWS_AS(topology_report(heads, options, sink), LimitError);
}

TEST_CASE("Betti numbers are drawn as curves from low thresholds to high ones") {
  TopologyOptions options;
  options.betti = {{.25, .05}, false};
  PictureSink sink;
  topology_report(deck(), options, sink);
  const auto& curves = std::get<Curves>(sink.shown.content).curves;
  REQUIRE(curves.size() == 2);
  CHECK(curves[0].name == "b0");
  CHECK(curves[0].x == std::vector<double>{.05, .25});
  CHECK(curves[0].y == std::vector<double>{1, 2});
  CHECK(curves[1].y == std::vector<double>{1, 0});
  const Attention heads({Tensor::from(std::vector<double>(9 * 9, 0.1), {9, 3, 3})});
  CHECK_THROWS_AS(topology_report(heads, options, sink), LimitError);
}

TEST_CASE("numbers of heads are drawn as a map") {
  PictureSink sink;
  topology_report(deck(), {}, sink);
  CHECK(std::get<HeatMap>(sink.shown.content).value_name == "h0_mean");
  topology_report(deck(), split_at("2"), sink);
  const auto& map = std::get<HeatMap>(sink.shown.content);
  CHECK(map.value_name == "mtop_div_per_token");
  CHECK(map.panels.front().values.front() == doctest::Approx(.8));
}

}  // namespace attngraph

#include "report/questions/view.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/answer/page.hpp"
#include "report/recorded_sink.hpp"

using namespace attngraph;

namespace {

class PageSink : public RecordedSink {
 public:
  PageSink() : RecordedSink(Form::page) {}
  void page(const Page& made) override { page_ = made; }
  Page page_;
};

/// One layer of two heads over three tokens.
Attention two_heads(std::vector<std::string> tokens = {}) {
  const std::vector<double> weights{.5, .3, .2, .1, .9, 0, .2,  .2,  .6,  //
                                    1,  0,  0,  .5, .5, 0, .25, .25, .5};
  return Attention({Tensor::from(weights, {2, 3, 3})}, std::move(tokens), "a.npy");
}

Page page_of(const Attention& attention, const ViewOptions& options = {}) {
  PageSink sink;
  view_report(attention, options, sink);
  return sink.page_;
}

}  // namespace

TEST_CASE("a page keeps the largest weights of each query and says what it leaves out") {
  ViewOptions options;
  options.top_k = 2;
  const Page page = page_of(two_heads(), options);
  REQUIRE(page.weights.size() == 2);
  const PageHead& head = page.weights[0];
  CHECK(head.counts == std::vector<std::uint32_t>{2, 2, 2});
  CHECK(head.keys == std::vector<std::uint32_t>{0, 1, 0, 1, 0, 2});
  CHECK(head.weights == std::vector<float>{.5F, .3F, .1F, .9F, .2F, .6F});
  CHECK(head.omitted[0] == doctest::Approx(.2));
  CHECK(head.omitted[1] == 0);
  CHECK(page.kept == 2);
}

TEST_CASE("where all weights are kept none is omitted, and zeros are not there") {
  const Page page = page_of(two_heads());
  CHECK_FALSE(page.kept);
  CHECK(page.weights[1].counts == std::vector<std::uint32_t>{1, 2, 3});
  CHECK(page.weights[1].omitted == std::vector<float>{0, 0, 0});
}

TEST_CASE("the columns of heads and the measures of tokens are those of heads and centrality") {
  ViewOptions options;
  options.metrics = metrics_named("in_strength");
  const Page page = page_of(two_heads(), options);
  CHECK(page.heads.schema[2].name == "type");
  REQUIRE(page.measures.size() == 1);
  REQUIRE(page.measures[0].values.size() == 6);
  CHECK(page.measures[0].values[0] == doctest::Approx(.8));
  CHECK(page.measures[0].values[5] == doctest::Approx(.5));
}

TEST_CASE("rollout, flow and routes go through the layers with their residual") {
  const Page page = page_of(two_heads());
  CHECK(page.layers == std::vector<std::int64_t>{0});
  CHECK(page.residual == "0.5");
  // Row 0 of the mean of the heads is .75 .15 .1.
  CHECK(page.rollout[0] == doctest::Approx(.875));
  CHECK(page.flow[1] == doctest::Approx(.075));
  CHECK_FALSE(page.flow_is_bound);
  REQUIRE(page.routes[0].size() == 3);
  CHECK(page.routes[0][0].tokens == std::vector<std::size_t>{0, 0});
  CHECK(page.routes[0][0].probability == doctest::Approx(.875));
  CHECK(page.routes[0][1].tokens == std::vector<std::size_t>{0, 1});
}

TEST_CASE("for many tokens the bound of the flow is given, which the flow does not exceed") {
  const std::size_t n = most_flow_tokens + 1;
  std::vector<double> weights(n * n);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 1.0 / static_cast<double>(n);
  const Page page = page_of(Attention({Tensor::from(weights, {1, n, n})}, {}, "a.npy"));
  CHECK(page.flow_is_bound);
  REQUIRE(page.flow.size() == n * n);
  // One layer: what leaves the output, or what reaches the input from it.
  CHECK(page.flow[0] == doctest::Approx(.5 + .5 / static_cast<double>(n)));
  CHECK(page.flow[1] == doctest::Approx(.5 / static_cast<double>(n)));
}

TEST_CASE("of cross-attention there is nothing through the layers, and the page says why") {
  Attention attention = two_heads();
  attention.set_sides(Sides::cross, {"a", "b", "c"});
  const Page page = page_of(attention);
  CHECK(page.cross);
  CHECK(page.rollout.empty());
  CHECK(page.absent.at("rollout") == "is cross-attention, expected self-attention");
  CHECK(page.absent.size() == 3);
  CHECK(page.nodes == 6);
}

TEST_CASE("tokens put together are so in weights, and in the answer through the layers") {
  ViewOptions options;
  options.merging.words = true;
  const Page page = page_of(two_heads({"un", "##do", "it"}), options);
  CHECK(page.key_labels == std::vector<std::string>{"undo", "it"});
  CHECK(page.weights[1].weights == std::vector<float>{1, .5F, .5F});
  CHECK(page.rollout.size() == 4);
  CHECK(page.routes.size() == 2);
  CHECK(page.route_labels.size() == 3);
}

TEST_CASE("a page that does not fit into memory is refused") {
  Attention large = two_heads();
  large.set_limits({.memory = 100});
  PageSink sink;
  CHECK_THROWS_AS(view_report(large, {}, sink), LimitError);
}

#include <doctest/doctest.h>

#include <cmath>

#include "attention/edges/attention_of_edges.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"
#include "report/answer/page.hpp"
#include "report/answer/picture.hpp"
#include "report/questions/compare.hpp"
#include "report/questions/heads.hpp"
#include "report/questions/heatmap.hpp"
#include "report/questions/rollout.hpp"
#include "report/questions/sparsify.hpp"
#include "report/questions/spectrum.hpp"
#include "report/questions/structure.hpp"
#include "report/questions/topology.hpp"
#include "report/questions/view.hpp"

// Edge lists of layer 2, head 5, and of layer 4, head 3: nothing may be said of the heads 2.3 and
// 4.5, which a grid of layers and heads would have, too.
namespace attngraph {
namespace {

using Integers = std::vector<std::int64_t>;

Dump two_lists() {
  Dump dump;
  dump.source = "a.csv";
  dump.nodes = 3;
  dump.edges.push_back({2, 5, {3, {0, 1, 1, 2, 2}, {0, 0, 1, 0, 2}, {1, .5, .5, .75, .25}}});
  dump.edges.push_back({4, 3, {3, {0, 1, 2, 2}, {0, 0, 0, 1}, {1, 1, .5, .5}}});
  return dump;
}

/// The attention of these lists, which outlives the dump.
struct Asked {
  Dump dump = two_lists();
  std::vector<std::string> notes;
  Attention attention;

  explicit Asked(const std::string& heads = "", std::optional<Fuse> fuse = {})
      : attention(attention_of_edges(dump, request(heads, fuse), notes)) {}

  static StackRequest request(const std::string& heads, std::optional<Fuse> fuse) {
    StackRequest request;
    if (!heads.empty()) request.heads = IndexList::parse(heads, "$head");
    request.fuse = fuse;
    return request;
  }
};

SparsifyReportOptions above(double threshold) {
  SparsifyReportOptions options;
  options.sparsify.row.threshold = threshold;
  return options;
}

/// Answers into `sink`, and says whether each head that there is has one row, and no other has.
template <typename Answer>
bool tells_of_both(const Answer& answer) {
  const Asked asked;
  RecordedSink sink;
  answer(asked.attention, sink);
  return sink.integers("layer") == Integers{2, 4} && sink.integers("head") == Integers{5, 3};
}

TEST_CASE("only heads that the edges name have rows") {
  CHECK(tells_of_both([](const auto& a, Sink& sink) { heads_report(a, {}, sink); }));
  CHECK(tells_of_both([](const auto& a, Sink& sink) { compare_report(a, {1, false}, sink); }));
  CHECK(tells_of_both(
      [](const auto& a, Sink& sink) { sparsify_report(a, above(.1), sink, nullptr); }));
  CHECK(tells_of_both([](const auto& a, Sink& sink) { spectrum_report(a, {}, sink); }));
  CHECK(tells_of_both([](const auto& a, Sink& sink) { structure_report(a, {}, sink); }));
  CHECK(tells_of_both([](const auto& a, Sink& sink) { topology_report(a, {}, sink); }));
  CHECK(tells_of_both([](const auto& a, Sink& sink) {
    StructureOptions triads;
    triads.answer = StructureAnswer::triads;
    structure_report(a, triads, sink);
  }));
}

TEST_CASE("a rate over heads is one over those that there are") {
  const Asked asked;
  RecordedSink sink;
  heads_report(asked.attention, {}, sink);
  CHECK(sink.summaries.at("sink_rate") == 1);
}

TEST_CASE("a fused layer is that of the heads it has, and has no row without one") {
  const Asked both("", Fuse::mean), third("3", Fuse::mean);
  RecordedSink all, one;
  heads_report(both.attention, {}, all);
  CHECK(all.integers("layer") == Integers{2, 4});
  heads_report(third.attention, {}, one);
  CHECK(one.integers("layer") == Integers{4});
}

TEST_CASE("pairs of heads are pairs of those that there are") {
  const Asked asked;
  RecordedSink sink;
  compare_report(asked.attention, {}, sink);
  CHECK(sink.integers("layer_a") == Integers{2});
  CHECK(sink.integers("layer_b") == Integers{4});
}

TEST_CASE("heads are compared with those of another file at the same places only") {
  const Asked asked;
  RecordedSink sink;
  compare_report(asked.attention, asked.attention, sink);
  CHECK(sink.integers("layer_a") == Integers{2, 4});
  Dump other = two_lists();
  other.source = "b.csv";
  other.edges.push_back({4, 5, other.edges[0].edges});
  std::vector<std::string> notes;
  const Attention more = attention_of_edges(other, {}, notes);
  CHECK_THROWS_WITH_AS(compare_report(asked.attention, more, sink),
                       "a.csv: layer 4, head 5: has no edges, and b.csv: layer 4, head 5 has",
                       InputError);
}

TEST_CASE("an array of all heads is refused where some are missing") {
  const Asked asked;
  RecordedSink sink(Form::matrices);
  SparsifyReportOptions arrays = above(.1);
  arrays.answer = SparsifyAnswer::matrices;
  CHECK_THROWS_WITH_AS(sparsify_report(asked.attention, arrays, sink, nullptr),
                       "a.csv: layer 2, head 3: has no edges, and this answer is an array of every "
                       "head of every layer",
                       InputError);
}

TEST_CASE("a Laplacian of layers is refused where a head is not in every layer") {
  const Asked asked;
  RecordedSink sink;
  SpectrumOptions layers;
  layers.laplacian = LaplacianKind::layers;
  CHECK_THROWS_WITH_AS(spectrum_report(asked.attention, layers, sink),
                       "a.csv: has not every head in every layer, and a Laplacian of layers leads "
                       "from each head to that of the next layer",
                       InputError);
  const Asked fused("", Fuse::mean);
  CHECK_NOTHROW(spectrum_report(fused.attention, layers, sink));
}

TEST_CASE("a way through the layers is refused where a layer has none of the heads") {
  RecordedSink sink;
  const Asked all, fifth("5");
  CHECK_NOTHROW(rollout_report(all.attention, {}, sink));
  CHECK_THROWS_WITH_AS(rollout_report(fifth.attention, {}, sink),
                       "a.csv: layer 4: has no edges of these heads, and a way through the layers "
                       "needs some in each",
                       InputError);
}

class SeenSink : public RecordedSink {
 public:
  explicit SeenSink(Form form) : RecordedSink(form) {}
  std::vector<Picture> pictures;
  Page shown;
  void picture(const Picture& picture) override { pictures.push_back(picture); }
  void page(const Page& page) override { shown = page; }
};

TEST_CASE("a map of heads is empty where a layer has not that head") {
  const Asked asked;
  SeenSink sink(Form::drawing);
  heads_report(asked.attention, {}, sink);
  const HeatMap& map = std::get<HeatMap>(sink.pictures.at(0).content);
  CHECK(map.column_labels == std::vector<std::string>{"3", "5"});
  const auto& cells = map.panels.at(0);
  CHECK(std::isnan(cells.values.at(0)));
  CHECK_FALSE(std::isnan(cells.values.at(1)));
  CHECK_FALSE(std::isnan(cells.values.at(2)));
  CHECK(std::isnan(cells.values.at(3)));
  CHECK(cells.texts.at(0).empty());
  CHECK_FALSE(cells.texts.at(1).empty());
}

TEST_CASE("pictures show the heads that there are, each under its name") {
  const Asked asked;
  SeenSink all(Form::picture), each(Form::picture);
  heatmap_report(asked.attention, {}, all);
  const HeatMap& map = std::get<HeatMap>(all.pictures.at(0).content);
  REQUIRE(map.panels.size() == 2);
  CHECK(map.grid_rows.empty());
  CHECK(map.panels[0].title == "layer 2, head 5");
  CHECK(map.panels[1].title == "layer 4, head 3");
  CHECK(all.pictures[0].title == "2 heads");
  HeatmapOptions options;
  options.scope = PictureScope::head;
  heatmap_report(asked.attention, options, each);
  REQUIRE(each.pictures.size() == 2);
  CHECK(each.pictures[1].layer == 4);
  CHECK(each.pictures[1].head == HeadLabel(3));
}

TEST_CASE("a page holds the heads that there are") {
  const Asked asked;
  SeenSink sink(Form::page);
  view_report(asked.attention, {}, sink);
  REQUIRE(sink.shown.weights.size() == 2);
  CHECK(sink.shown.weights[1].layer == 4);
  CHECK(sink.shown.heads.rows.size() > 0);
}

TEST_CASE("heads that no edge is of cannot be chosen") {
  Dump dump = two_lists();
  StackRequest request;
  request.layers = IndexList::parse("2", "$layer");
  request.heads = IndexList::parse("3", "$head");
  std::vector<std::string> notes;
  CHECK_THROWS_WITH_AS(attention_of_edges(dump, request, notes),
                       "$layer, $head: the file has no edges of such a layer and head",
                       ArgumentError);
}

}  // namespace
}  // namespace attngraph

#include "report/drawn/row_bars.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <optional>

#include "core/error.hpp"
#include "recording_sink.hpp"

using namespace attngraph;

namespace {

using enum ColumnType;
using Integers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;
using Reals = std::vector<double>;

Schema tokens_of_heads() {
  return {{.name = "layer", .type = integer, .rank = 0},
          {.name = "token", .type = integer, .rank = 0},
          {.name = "label", .type = text, .label_of = "token"},
          {.name = "pagerank"},
          {.name = "in_degree", .type = integer}};
}

class PictureSink : public RecordingSink {
 public:
  std::vector<Picture> pictures;
  void picture(const Picture& picture) override { pictures.push_back(picture); }
};

/// The picture that the rows make.
Picture picture_of(const Schema& schema, const std::vector<Chunk>& chunks) {
  PictureSink sink;
  RowBars bars(sink, "centrality");
  bars.begin_rows(schema);
  for (const Chunk& chunk : chunks) bars.rows(chunk);
  bars.finish();
  REQUIRE(sink.pictures.size() == 1);
  return sink.pictures.front();
}

}  // namespace

TEST_CASE("rows of one head are bars over its tokens, a group for each measure") {
  const Picture picture = picture_of(
      tokens_of_heads(),
      {{Integers{2, 2}, Integers{0, 1}, Texts{"the", "cat"}, Reals{.25, .75}, Integers{1, 2}}});
  CHECK(picture.title == "centrality");
  CHECK(picture.details == Texts{"layer 2", "by token"});
  const Bars& bars = std::get<Bars>(picture.content);
  CHECK(bars.labels == Texts{"the", "cat"});
  CHECK(bars.text);
  REQUIRE(bars.groups.size() == 2);
  CHECK(bars.groups[0].value_name == "pagerank");
  CHECK(bars.groups[0].title.empty());
  CHECK(bars.groups[0].values == Reals{.25, .75});
  CHECK(bars.groups[1].values == Reals{1, 2});
}

TEST_CASE("groups of several heads share their tokens; one that a head leaves out has no value") {
  const Picture picture = picture_of(
      tokens_of_heads(), {{Integers{0}, Integers{4}, Texts{"cat"}, Reals{.5}, Integers{1}},
                          {Integers{1}, Integers{2}, Texts{"the"}, Reals{.25}, Integers{3}}});
  const Bars& bars = std::get<Bars>(picture.content);
  CHECK(bars.labels == Texts{"cat", "the"});
  CHECK_FALSE(bars.text);
  REQUIRE(bars.groups.size() == 4);
  CHECK(bars.groups[0].title == "layer 0");
  CHECK(bars.groups[2].title == "layer 1");
  CHECK(std::isnan(bars.groups[0].values[1]));
  CHECK(bars.groups[2].values[1] == .25);
}

TEST_CASE("what a table may leave out has no bars where something else stays") {
  Schema schema = tokens_of_heads();
  schema[4].rank = 0;
  const Picture picture =
      picture_of(schema, {{Integers{0}, Integers{0}, Texts{"a"}, Reals{.5}, Integers{7}}});
  const Bars& bars = std::get<Bars>(picture.content);
  REQUIRE(bars.groups.size() == 1);
  CHECK(bars.groups[0].value_name == "in_degree");
}

TEST_CASE("rows without numbers and too many groups are no picture") {
  PictureSink sink;
  RowBars bars(sink, "a");
  CHECK_THROWS_AS(bars.begin_rows({{.name = "property", .type = text}}), ArgumentError);
  bars.begin_rows(tokens_of_heads());
  const auto of_layer = [](std::int64_t layer) {
    return Chunk{Integers{layer}, Integers{0}, Texts{"a"}, Reals{1}, Integers{1}};
  };
  for (std::int64_t layer = 0; layer < 7; ++layer) {
    bars.rows(of_layer(layer));
    bars.rows({Integers{layer}, Integers{1}, Texts{"b"}, Reals{1}, Integers{1}});
  }
  CHECK_THROWS_AS(bars.finish(), LimitError);
}

namespace {

Column index(const std::string& name) { return {.name = name, .type = integer, .rank = 0}; }
Column word(const std::string& name) { return {.name = name, .type = text, .rank = 0}; }
const Column measure{.name = "mass", .rank = 0};

/// The bars that rows of these columns and values make, with what is said beside them.
std::string bars_text(const Schema& schema, const Chunk& chunk) {
  const Picture picture = picture_of(schema, {chunk});
  std::string shown;
  for (const auto& detail : picture.details) shown += (shown.empty() ? "" : ", ") + detail;
  const Bars& bars = std::get<Bars>(picture.content);
  for (const BarGroup& group : bars.groups) {
    shown += "\n" + group.title + ":";
    for (std::size_t i = 0; i < bars.labels.size(); ++i) {
      shown += " " + bars.labels[i] + "=" +
               (std::isnan(group.values[i]) ? "?" : std::to_string(group.values[i]).substr(0, 3));
    }
  }
  return shown;
}

}  // namespace

TEST_CASE("rows that differ in two words are a bar each, and no value is lost") {
  CHECK(bars_text({index("layer"), index("head"), word("from"), word("to"), measure},
                  {Integers{0, 0, 0}, Integers{1, 1, 1}, Texts{"a", "b", "b"}, Texts{"a", "a", "b"},
                   Reals{.5, .1, .2}}) ==
        "layer 0, head 1, by from · to\n: a · a=0.5 b · a=0.1 b · b=0.2");
}

TEST_CASE("where each group has the same bars, the last index makes them") {
  CHECK(bars_text({index("output"), index("input"), measure},
                  {Integers{0, 0, 1, 1}, Integers{0, 1, 0, 1}, Reals{.1, .2, .3, .4}}) ==
        "by input\noutput 0: 0=0.1 1=0.2\noutput 1: 0=0.3 1=0.4");
}

TEST_CASE("what is the same in all rows is said beside them, and heads make bars") {
  CHECK(bars_text({index("layer"), index("head"), index("source"), index("sink"), measure},
                  {Integers{0, 0}, Integers{3, 4}, Integers{1, 1}, Integers{2, 2},
                   Reals{.1, .2}}) == "layer 0, source 1, sink 2, by head\n: 3=0.1 4=0.2");
}

TEST_CASE("parallel edges have bars of their own") {
  CHECK(bars_text({index("source"), index("target"), measure},
                  {Integers{0, 0}, Integers{1, 1}, Reals{.1, .2}}) ==
        "source 0, by target\n: 1=0.1 1=0.2");
}

TEST_CASE("a lone index has the prose of its row for a label") {
  CHECK(bars_text({index("rank"), measure, word("route")},
                  {Integers{1, 2}, Reals{.1, .2}, Texts{"a > b", "a > c"}}) ==
        "by rank\n: 1 a > b=0.1 2 a > c=0.2");
}

TEST_CASE("words beside indices that tell rows apart are left out") {
  CHECK(bars_text({index("head"), word("type"), measure},
                  {Integers{0, 1}, Texts{"sink", "self"}, Reals{.1, .2}}) ==
        "by head\n: 0=0.1 1=0.2");
}

TEST_CASE("groups that would share few bars are no groups") {
  CHECK(bars_text({index("head"), index("a"), index("b"), measure},
                  {Integers{0, 1, 2}, Integers{1, 2, 3}, Integers{4, 5, 6}, Reals{.1, .2, .3}}) ==
        "by head · a · b\n: 0 · 1 · 4=0.1 1 · 2 · 5=0.2 2 · 3 · 6=0.3");
}

TEST_CASE("columns that somebody chose are drawn in any order") {
  const Picture picture =
      picture_of({{.name = "sink_mass", .rank = 0}, {.name = "head", .type = integer, .rank = 0}},
                 {{Reals{.25, .75}, Integers{4, 7}}});
  const Bars& bars = std::get<Bars>(picture.content);
  CHECK(bars.labels == Texts{"4", "7"});
  CHECK(bars.groups.front().values == Reals{.25, .75});
  const Picture alone = picture_of({{.name = "sink_mass", .rank = 0}}, {{Reals{.25, .75}}});
  CHECK(std::get<Bars>(alone.content).groups.front().values == Reals{.25, .75});
  CHECK(std::get<Bars>(alone.content).labels == Texts{"1", "2"});
  CHECK(alone.details == Texts{"by row"});
}

TEST_CASE("columns without a measure are refused with their names") {
  PictureSink sink;
  RowBars bars(sink, "heads");
  CHECK_THROWS_WITH_AS(bars.begin_rows({{.name = "head", .type = integer, .rank = 0},
                                        {.name = "type", .type = text}}),
                       "$format: chart draws measures, and none of the columns head, type is one",
                       ArgumentError);
}

TEST_CASE("every measure of one place has its bars, however many there are") {
  Schema schema{{.name = "head", .type = integer, .rank = 0}};
  Chunk chunk{Integers{0, 1}};
  for (int i = 0; i < 16; ++i) {
    schema.push_back({.name = "kind" + std::to_string(i), .rank = 0});
    chunk.emplace_back(Reals{1. * i, 2. * i});
  }
  CHECK(std::get<Bars>(picture_of(schema, {chunk}).content).groups.size() == 16);
}

TEST_CASE("more bars than a picture can show are refused") {
  PictureSink sink;
  RowBars bars(sink, "graph");
  bars.begin_rows({{.name = "token", .type = integer, .rank = 0}, {.name = "weight", .rank = 0}});
  const Chunk chunk{Integers(100'001, 1), Reals(100'001, .5)};
  CHECK_THROWS_WITH_AS(bars.rows(chunk), "over 100000 bars in one picture", LimitError);
}

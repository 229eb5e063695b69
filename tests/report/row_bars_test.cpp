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
  CHECK(picture.details == Texts{"layer 2"});
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
  for (std::int64_t layer = 0; layer < 6; ++layer) bars.rows(of_layer(layer));
  CHECK_THROWS_AS(bars.rows(of_layer(6)), LimitError);
}

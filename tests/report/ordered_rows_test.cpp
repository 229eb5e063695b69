#include "report/answer/ordered_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "recorded_sink.hpp"
#include "report/answer/chosen_columns.hpp"

using namespace attngraph;

namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;

const Schema token_schema{{.name = "layer", .type = ColumnType::integer},
                          {.name = "head", .type = ColumnType::integer},
                          {.name = "token", .type = ColumnType::integer},
                          {.name = "label", .type = ColumnType::text, .label_of = "token"},
                          {.name = "mass", .type = ColumnType::real}};

/// Two heads of three tokens, the second in two chunks.
void answer(Sink& sink) {
  sink.begin_rows(token_schema);
  sink.rows({Integers{0, 0, 0, 0}, Integers{0, 0, 0, 1}, Integers{0, 1, 2, 0},
             Texts{"the", "cat", "a", "the"}, Reals{0.25, 0.5, 0.25, NAN}});
  sink.rows({Integers{0, 0}, Integers{1, 1}, Integers{1, 2}, Texts{"cat", "a"}, Reals{0.125, 0.5}});
}

RecordedSink ordered(RowOrder order) {
  RecordedSink sink;
  OrderedRows rows(sink, std::move(order));
  answer(rows);
  rows.finish();
  return sink;
}

}  // namespace

TEST_CASE(
    "numbers are put in order from the largest, within a head, NaN last, equal ones as they come") {
  const RecordedSink sink = ordered({.sort = "mass"});
  CHECK(sink.integers("head") == Integers{0, 0, 0, 1, 1, 1});
  CHECK(sink.integers("token") == Integers{1, 0, 2, 2, 1, 0});
}

TEST_CASE("the other way round, NaN still is last and equal ones are as they come") {
  const RecordedSink sink = ordered({.sort = "mass", .reverse = true});
  CHECK(sink.integers("token") == Integers{0, 2, 1, 1, 2, 0});
}

TEST_CASE("texts and indices are put in order from the first") {
  CHECK(ordered({.sort = "label"}).texts("label") == Texts{"a", "cat", "the", "a", "cat", "the"});
  CHECK(ordered({.sort = "token", .reverse = true}).integers("token") ==
        Integers{2, 1, 0, 2, 1, 0});
}

TEST_CASE("numbers of groups are put in order from the first, counts of them from the largest") {
  const auto by = [](const char* name, ColumnType type, Values values) {
    RecordedSink sink;
    OrderedRows rows(sink, {.sort = name});
    rows.begin_rows({{.name = name, .type = type}});
    rows.rows({std::move(values)});
    rows.finish();
    return sink;
  };
  for (const char* name : {"index", "offset", "dimension", "community", "cluster", "order", "weak",
                           "strong", "left", "right"}) {
    CAPTURE(name);
    CHECK(by(name, ColumnType::integer, Integers{2, -1, 1}).integers(name) == Integers{-1, 1, 2});
  }
  CHECK(by("weak", ColumnType::real, Reals{1, 3, 2}).reals("weak") == Reals{3, 2, 1});
  CHECK(by("size", ColumnType::integer, Integers{1, 3, 2}).integers("size") == Integers{3, 2, 1});
}

TEST_CASE("all rows of an answer are put in order where there is one for each head") {
  const RecordedSink sink = ordered({.sort = "mass", .top = 3, .together = OrderedTogether::all});
  CHECK(sink.integers("head") == Integers{0, 1, 0});
  CHECK(sink.reals("mass") == Reals{0.5, 0.5, 0.25});
}

TEST_CASE("so many rows are those of each head, in the order asked for") {
  CHECK(ordered({.top = 1}).integers("token") == Integers{0, 0});
  CHECK(ordered({.reverse = true, .top = 1}).integers("token") == Integers{2, 2});
  CHECK(ordered({.sort = "mass", .top = 1}).integers("token") == Integers{1, 2});
  CHECK(ordered({.top = 9}).integers("token") == Integers{0, 1, 2, 0, 1, 2});
}

TEST_CASE("few rows of many wait, and are those of a sort of all") {
  for (const bool reverse : {false, true}) {
    RecordedSink sink;
    OrderedRows rows(sink, {.sort = "mass", .reverse = reverse, .top = 3, .memory = 1 << 21});
    rows.begin_rows({{.name = "mass"}, {.name = "n", .type = ColumnType::integer}});
    for (std::int64_t i = 0; i < 200; ++i) {
      Reals values(1000);
      Integers numbers(1000);
      for (std::size_t k = 0; k < values.size(); ++k) {
        numbers[k] = 1000 * i + static_cast<std::int64_t>(k);
        values[k] = static_cast<double>(numbers[k] % 60'000);
      }
      rows.rows({values, numbers});
    }
    rows.finish();
    CHECK(sink.integers("n") ==
          (reverse ? Integers{0, 60'000, 120'000} : Integers{59'999, 119'999, 179'999}));
  }
}

TEST_CASE("rows that wait take no more memory than there is") {
  RecordedSink sink;
  OrderedRows rows(sink, {.sort = "mass", .memory = 100});
  rows.begin_rows({{.name = "mass"}});
  rows.rows({Reals(12)});
  CHECK_THROWS_WITH_AS(rows.rows({Reals(12)}),
                       "$sort: the rows that are put in order take more memory than there is",
                       LimitError);
}

TEST_CASE("nothing is sorted by a column that is not there, or that an input cannot fill") {
  RecordedSink sink;
  OrderedRows rows(sink, {.sort = "colour"});
  CHECK_THROWS_WITH_AS(rows.begin_rows(token_schema), "$sort: there is no column 'colour'",
                       ArgumentError);
  CHECK_THROWS_WITH_AS(
      rows.begin_rows({{.name = "colour", .known = Known::no, .about = "colour of a token"}}),
      "$sort: this input has nothing for the column 'colour'", ArgumentError);
}

TEST_CASE("the entries of a matrix are put in order as rows") {
  RecordedSink sink;
  OrderedRows rows(sink, {.sort = "weight", .top = 2});
  MatrixSeries series;
  series.place_columns = {{.name = "head", .type = ColumnType::integer}};
  series.row_column = {"query"};
  series.column_column = {"key"};
  series.value_column = {"weight"};
  series.skip_zeros = true;
  rows.begin_matrices(series);
  const Reals values{0.25, 0.75, 0, 1};
  rows.matrix({std::int64_t{4}}, {1, 2, values.data(), nullptr});
  rows.matrix({std::int64_t{4}}, {1, 2, values.data() + 2, nullptr, 1});
  rows.finish();
  CHECK(sink.header() == "head,query,key,weight");
  CHECK(sink.integers("query") == Integers{1, 0});
  CHECK(sink.integers("key") == Integers{1, 1});
  CHECK(sink.reals("weight") == Reals{1, 0.75});
}

TEST_CASE("columns are those that are chosen, in that order, and none of them is left out") {
  RecordedSink sink;
  ChosenColumns columns(sink, {"mass", "token"});
  answer(columns);
  CHECK(sink.header() == "mass,token");
  CHECK(sink.integers("token") == Integers{0, 1, 2, 0, 1, 2});
  CHECK(sink.schema[0].rank == 0);
  ChosenColumns unknown(sink, {"colour"});
  try {
    unknown.begin_rows(token_schema);
    FAIL("the column was found");
  } catch (const ArgumentError& error) {
    CHECK(std::string(error.what()) == "$columns: there is no column 'colour'");
    CHECK(error.hint() == "columns are layer, head, token, label, mass");
  }
}

TEST_CASE("rows are put in order by a column that is not among the chosen") {
  RecordedSink sink;
  ChosenColumns columns(sink, {"token"});
  OrderedRows rows(columns, {.sort = "mass", .top = 1});
  answer(rows);
  rows.finish();
  CHECK(sink.header() == "token");
  CHECK(sink.integers("token") == Integers{1, 2});
}

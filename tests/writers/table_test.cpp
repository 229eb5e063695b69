// Tables for a person: digits, alignment, and what is done where the terminal is narrow.
#include <doctest/doctest.h>

#include <cmath>

#include "written.hpp"

using namespace attngraph;

namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;

constexpr auto integer = ColumnType::integer;
constexpr auto real = ColumnType::real;
constexpr auto text = ColumnType::text;

std::string table(const Schema& schema, const Chunk& chunk, const WriterSettings& settings = {}) {
  return written(
      "table",
      [&](Writer& writer) {
        writer.begin_input("a.npy");
        writer.begin_rows(schema);
        writer.rows(chunk);
      },
      settings);
}

WriterSettings columns_wide(std::size_t width) {
  WriterSettings settings;
  settings.table_width = width;
  settings.wording = [](const std::string& said) { return said; };
  return settings;
}

const Schema token_schema{{.name = "token", .type = integer, .rank = 0},
                          {.name = "weight", .type = real, .rank = 0},
                          {.name = "entropy", .type = real, .rank = 2},
                          {.name = "distance", .type = real, .rank = 1},
                          {.name = "token_label", .type = text, .rank = 0, .label_of = "token"}};

Chunk token_rows(const Texts& labels) {
  return {Integers{0, 1}, Reals{0.123456, 12.34567}, Reals{1, 2}, Reals{0.25, 0.5}, labels};
}

}  // namespace

TEST_CASE("A table is as wide as its rows, numbers right and text left, and shows controls") {
  CHECK(table({{"layer", integer}, {"label", text}, {"weight", real}},
              {Integers{0, 11}, Texts{"the", "a \"b\",\n"}, Reals{0.1, NAN}}) ==
        "layer  label     weight\n"
        "    0  the          0.1\n"
        "   11  a \"b\",\\n\n");
}

TEST_CASE("Numbers have four significant digits and their points below each other") {
  const Reals values{0.123456789, 0.0123456789, 1.23456789e-5, 123456.789, 1e300, -0.5, 1, 5.99999};
  CHECK(table({{"weight", real}}, {values}) ==
        "        weight\n"
        "     0.1235\n"
        "     0.01235\n"
        "     1.235e-05\n"
        "123457\n"
        "     1e+300\n"
        "    -0.5\n"
        "     1\n"
        "     6.000\n");
}

TEST_CASE("A number has the digits asked for, or all of them") {
  WriterSettings settings;
  const Schema schema{{"weight", real}};
  settings.digits = 2;
  CHECK(table(schema, {Reals{0.123456, 9.96}}, settings) == "weight\n  0.12\n 10\n");
  settings.digits.reset();
  CHECK(table(schema, {Reals{0.1234567890123, 12}}, settings) ==
        "          weight\n"
        " 0.1234567890123\n"
        "12\n");
  CHECK(table({{"weight", ColumnType::real32}}, {std::vector<float>{0.1f}}, settings) ==
        "weight\n   0.1\n");
}

TEST_CASE("A label stands behind its index") {
  CHECK(table(token_schema, token_rows({"the", "cat"})) ==
        "token  token_label   weight  entropy  distance\n"
        "    0  the           0.1235        1      0.25\n"
        "    1  cat          12.35          2      0.5\n");
}

TEST_CASE("Labels that are their indices are not said twice, and the index stays in their place") {
  const Schema schema{{.name = "sink", .type = integer, .rank = 9},
                      {.name = "sink_label", .type = text, .rank = 0, .label_of = "sink"},
                      {.name = "mass", .type = real}};
  CHECK(table(schema, {Integers{7}, Texts{"7"}, Reals{0.5}}, columns_wide(8))
            .starts_with("sink\n   7\n"));
  CHECK(table(token_schema, token_rows({"0", "1"})) ==
        "token   weight  entropy  distance\n"
        "    0   0.1235        1      0.25\n"
        "    1  12.35          2      0.5\n");
}

TEST_CASE("Where there is no room, numbers have three digits") {
  CHECK(table({{"a", integer}, {"weight", real}}, {Integers{7, 8}, Reals{0.00123456, 12.34567}},
              columns_wide(11)) ==
        "a    weight\n"
        "7   0.00123\n"
        "8  12.3\n");
}

TEST_CASE("Then labels are cut in the middle, to ten columns and no further") {
  const Schema schema{{.name = "n", .type = integer},
                      {.name = "label", .type = text, .rank = 0, .label_of = "n"}};
  const Chunk chunk{Integers{1, 2}, Texts{"unbelievably_long_label", "x"}};
  CHECK(table(schema, chunk, columns_wide(18)) ==
        "n  label\n"
        "1  unbelie…g_label\n"
        "2  x\n");
  CHECK(table(schema, chunk, columns_wide(9)) ==
        "label\n"
        "unbel…abel\n"
        "x\n"
        "… 1 of 2\n"
        "columns\n"
        "left out\n"
        "($wide\n"
        "shows\n"
        "all): n\n");
}

TEST_CASE("Then columns are left out, of the highest rank first, and named") {
  CHECK(table(token_schema, token_rows({"0", "1"}), columns_wide(23)) ==
        "token  weight  distance\n"
        "    0   0.123      0.25\n"
        "    1  12.3        0.5\n"
        "… 1 of 4 columns left\n"
        "out ($wide shows all):\n"
        "entropy\n");
  CHECK(
      table(token_schema, token_rows({"0", "1"}), columns_wide(4)).starts_with("token  weight\n"));
}

TEST_CASE("Digits that were asked for stay, and columns are left out in their place") {
  WriterSettings settings = columns_wide(23);
  settings.digits = 5;
  settings.digits_stay = true;
  CHECK(table(token_schema, token_rows({"0", "1"}), settings)
            .starts_with("token    weight\n"
                         "    0   0.12346\n"
                         "    1  12.346\n"));
}

TEST_CASE("The column by which rows are sorted is never left out") {
  WriterSettings settings = columns_wide(23);
  settings.sorted_by = "entropy";
  CHECK(table(token_schema, token_rows({"0", "1"}), settings)
            .starts_with("token   weight  entropy\n"));
  settings.sorted_by = "token_label";
  CHECK(table(token_schema, token_rows({"the", "cat"}), settings)
            .starts_with("token  label  weight\n"));
}

TEST_CASE("Several label columns that stand behind their indices keep names of their own") {
  const Schema schema{{.name = "source", .type = integer, .rank = 0},
                      {.name = "target", .type = integer, .rank = 0},
                      {.name = "source_label", .type = text, .rank = 0, .label_of = "source"},
                      {.name = "target_label", .type = text, .rank = 0, .label_of = "target"}};
  CHECK(table(schema, {Integers{0}, Integers{1}, Texts{"the"}, Texts{"cat"}}, columns_wide(40))
            .starts_with("source  source_la…  target  target_la…\n"));
}

TEST_CASE("Names of files are cut so that they differ") {
  const auto named = [](const Texts& files, std::size_t width) {
    WriterSettings settings = columns_wide(width);
    settings.file_column = true;
    return written(
        "table",
        [&](Writer& writer) {
          for (const auto& file : files) {
            writer.begin_input(file);
            writer.begin_rows({{.name = "n", .type = integer, .rank = 0}});
            writer.rows({Integers{1}});
          }
        },
        settings);
  };
  const Texts folders{"data/minilm/short/attention.npy", "data/minilm/cats/attention.npy"};
  CHECK(named(folders, 31) ==
        "file                          n\n"
        "data/minilm/sh…attention.npy  1\n"
        "data/minilm/ca…attention.npy  1\n");
  CHECK(named(folders, 14) ==
        "file         n\n"
        "…m/short/a…  1\n"
        "…m/cats/at…  1\n");
  CHECK(named({"run-0017-of-llama.npy", "run-0018-of-llama.npy"}, 14) ==
        "file         n\n"
        "…-0017-of-…  1\n"
        "…-0018-of-…  1\n");
}

TEST_CASE("Labels have a shorter name before they are left out, last, and their index stays") {
  CHECK(table(token_schema, token_rows({"the", "cat"}), columns_wide(20))
            .starts_with("token  label  weight\n"));
  CHECK(table(token_schema, token_rows({"the", "cat"}), columns_wide(19))
            .starts_with("token   weight\n"));
}

TEST_CASE("What no row has a value for has no column in a terminal") {
  const Schema schema{{"n", integer}, {"label", text}};
  CHECK(table(schema, {Integers{1}, Unknown{1}}, columns_wide(20)) == "n\n1\n");
  CHECK(table(schema, {Integers{1}, Unknown{1}}) == "n  label\n1\n");
}

TEST_CASE("What a table does with the room it has, it does for all rows") {
  WriterSettings settings = columns_wide(20);
  const auto answer = [](Writer& writer) {
    writer.begin_rows({{"n", integer}, {"route", text}});
    writer.rows({Integers(1000, 1), Texts(1000, "short")});
    writer.rows({Integers{2}, Texts{"a route that is as long as a sentence"}});
  };
  CHECK(written("table", answer, settings)
            .ends_with("1  short\n"
                       "2  a route that is as long\n"
                       "   as a sentence\n"));
}

TEST_CASE("The last column is prose, which goes on below itself") {
  const Schema schema{{"property", text}, {"value", text}};
  const Chunk chunk{Texts{"verdict"}, Texts{"attention: every row of every head sums to 1"}};
  CHECK(table(schema, chunk, columns_wide(40)) ==
        "property  value\n"
        "verdict   attention: every row of every\n"
        "          head sums to 1\n");
  CHECK(table(schema, chunk) ==
        "property  value\n"
        "verdict   attention: every row of every head sums to 1\n");
}

TEST_CASE("Into a pipe a label has forty columns, other text all that it wants") {
  const std::string longest(60, 'x');
  const Schema schema{{.name = "n", .type = integer},
                      {.name = "label", .type = text, .label_of = "n"},
                      {.name = "route", .type = text}};
  const Chunk chunk{Integers{1}, Texts{longest}, Texts{longest}};
  CHECK(table(schema, chunk) == "n  label" + std::string(37, ' ') + "route\n1  " +
                                    std::string(20, 'x') + "…" + std::string(19, 'x') + "  " +
                                    longest + "\n");
  WriterSettings wide;
  wide.table_label = static_cast<std::size_t>(-1);
  CHECK(table(schema, chunk, wide).ends_with("1  " + longest + "  " + longest + "\n"));
}

TEST_CASE("A table shows so many rows and then how many there are") {
  WriterSettings settings;
  settings.table_rows = 2;
  const auto answer = [](Writer& writer) {
    writer.begin_rows({{"layer", integer}});
    writer.rows({Integers{1, 2, 3}});
    writer.rows({Integers{4}});
    writer.summary({"kept"}, 4.0);
  };
  CHECK(written("table", answer, settings) ==
        "layer\n"
        "    1\n"
        "    2\n"
        "… 4 rows in all ($rows all shows them)\n"
        "\n"
        "kept  4\n");
}

TEST_CASE("Rows that do not name their input make a table of their own for each") {
  const auto answer = [](Writer& writer) {
    for (const std::string name : {"a.npy", "b.npy"}) {
      writer.begin_input(name);
      writer.begin_rows({{"property", text}, {"value", text}});
      writer.rows({Texts{"file"}, Texts{name}});
    }
  };
  CHECK(written("table", answer) ==
        "property  value\n"
        "file      a.npy\n"
        "\n"
        "property  value\n"
        "file      b.npy\n");
}

TEST_CASE("Wide characters take two columns of a table, whatever they are put together from") {
  CHECK(table({{"label", text}, {"n", integer}},
              {Texts{"日本", "e\u0301", "\U0001F468\u200D\U0001F469\u200D\U0001F467"},
               Integers{1, 2, 3}}) ==
        "label  n\n"
        "日本   1\n"
        "e\u0301      2\n"
        "\U0001F468\u200D\U0001F469\u200D\U0001F467     3\n");
}

TEST_CASE("Colour changes the header and what is said below, and no row") {
  WriterSettings settings;
  settings.color = Color::palette256;
  settings.table_rows = 1;
  CHECK(table({{"layer", integer}}, {Integers{0, 1}}, settings) ==
        "\x1b[1mlayer\x1b[0m\n"
        "    0\n"
        "\x1b[2m… 2 rows in all ($rows all shows them)\x1b[0m\n");
}

TEST_CASE("A table never passes a control character on") {
  Texts labels = hostile_labels;
  labels.push_back("\x1b[31mred\x1b[0m\a\x9b");
  labels.push_back("\u200E\u2066\uFEFF");
  for (const char c : table({{"label", text}, {"route", text}}, {labels, labels})) {
    CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  }
}

TEST_CASE("A line that is not filled has no blanks behind it") {
  const std::string shown = table({{"label", text}, {"n", real}}, {Texts{"", "x"}, Reals{1, 0.25}});
  CHECK(shown.find(" \n") == std::string::npos);
}

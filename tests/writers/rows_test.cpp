#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "report/answer/page.hpp"
#include "written.hpp"

using namespace attngraph;

namespace {

const Schema head_schema{{.name = "layer", .type = ColumnType::integer, .about = "which \"layer\""},
                         {.name = "label", .type = ColumnType::text, .about = "with $tokens"},
                         {.name = "weight", .about = "how much"}};

const std::string head_columns_in_json =
    "\"columns\":[{\"name\":\"layer\",\"type\":\"integer\",\"about\":\"which \\\"layer\\\"\"},\n"
    "{\"name\":\"label\",\"type\":\"string\",\"about\":\"with $tokens\"},\n"
    "{\"name\":\"weight\",\"type\":\"number\",\"about\":\"how much\"}],";

/// Two rows, the second with everything that needs care.
void two_rows(Writer& writer) {
  writer.begin_input("a.npy");
  writer.begin_rows(head_schema);
  writer.rows({std::vector<std::int64_t>{0, 11}, std::vector<std::string>{"the", "a \"b\",\n"},
               std::vector<double>{0.1, std::numeric_limits<double>::quiet_NaN()}});
}

MatrixSeries labelled_series() {
  MatrixSeries series;
  series.shape = {1, 2, 2};
  series.place_columns = {{"layer", ColumnType::integer}};
  series.row_column = {"query"};
  series.column_column = {"key"};
  series.value_column = {"weight"};
  series.column_label = {"label", ColumnType::text};
  series.column_labels = {"the", "cat"};
  series.single_precision = true;
  return series;
}

const std::vector<float> two_by_two{1.0f, 0.0f, 0.3f, 0.7f};

void one_matrix(Writer& writer) {
  writer.begin_matrices(labelled_series());
  writer.matrix({std::int64_t{5}}, {2, 2, nullptr, two_by_two.data()});
}

}  // namespace

TEST_CASE("CSV has one header line, quotes what needs it and keeps every digit") {
  CHECK(written("csv", two_rows) ==
        "layer,label,weight\n"
        "0,the,0.1\n"
        "11,\"a \"\"b\"\",\n\",\n");
}

TEST_CASE("TSV escapes tabs and line ends instead of quoting") {
  CHECK(written("tsv", two_rows) ==
        "layer\tlabel\tweight\n"
        "0\tthe\t0.1\n"
        "11\ta \"b\",\\n\t\n");
}

TEST_CASE("labels of rows and columns of a matrix stand at the end, where they are known") {
  const auto answer = [](Known queries) {
    return [queries](Writer& writer) {
      MatrixSeries series = labelled_series();
      series.row_label = Column{"query_label", ColumnType::text, queries};
      if (queries == Known::yes) series.row_labels = {"a", "b"};
      series.column_label.name = "key_label";
      writer.begin_input("a.npy");
      writer.begin_matrices(series);
      writer.matrix({std::int64_t{5}}, {1, 2, nullptr, two_by_two.data()});
      writer.matrix({std::int64_t{5}}, {1, 2, nullptr, two_by_two.data() + 2, 1});
    };
  };
  CHECK(written("csv", answer(Known::yes)) ==
        "layer,query,key,weight,query_label,key_label\n"
        "5,0,0,1,a,the\n"
        "5,0,1,0,a,cat\n"
        "5,1,0,0.3,b,the\n"
        "5,1,1,0.7,b,cat\n");
  CHECK(written("csv", answer(Known::no))
            .starts_with("layer,query,key,weight,key_label\n"
                         "5,0,0,1,the\n"));
  WriterSettings several;
  several.file_column = true;
  CHECK(written("csv", answer(Known::no), several)
            .starts_with("file,layer,query,key,weight,query_label,key_label\n"
                         "a.npy,5,0,0,1,,the\n"));
}

TEST_CASE("JSON lines are one object for each row, with null for NaN") {
  CHECK(written("jsonl", two_rows) ==
        "{\"layer\":0,\"label\":\"the\",\"weight\":0.1}\n"
        "{\"layer\":11,\"label\":\"a \\\"b\\\",\\n\",\"weight\":null}\n");
}

TEST_CASE("JSON names the command, its inputs and its parameters before the results") {
  WriterSettings settings;
  settings.command = "heads";
  settings.inputs = {"a.npy"};
  settings.parameters = {{"residual", 0.5},
                         {"gini", true},
                         {"layer", std::string("0,3-5")},
                         {"scale", 1.0},
                         {"top", std::monostate()}};
  const auto answer = [](Writer& writer) {
    writer.parameter("scale", "0.125");
    two_rows(writer);
    writer.summary({"rows"}, 2);
  };
  CHECK(written("json", answer, settings) ==
        "{\"schema\":\"attngraph/1\",\"version\":\"\",\"command\":\"heads\",\"inputs\":[\"a.npy\"],"
        "\"parameters\":{\"residual\":0.5,\"gini\":true,\"layer\":\"0,3-5\",\"scale\":0.125,"
        "\"top\":null}," +
            head_columns_in_json +
            "\"results\":[\n"
            "{\"layer\":0,\"label\":\"the\",\"weight\":0.1},\n"
            "{\"layer\":11,\"label\":\"a \\\"b\\\",\\n\",\"weight\":null}\n"
            "],\"summary\":{\"rows\":2}}\n");
}

TEST_CASE("JSON without rows still is one object") {
  CHECK(written("json", [](Writer& writer) { writer.begin_rows(head_schema); }) ==
        "{\"schema\":\"attngraph/"
        "1\",\"version\":\"\",\"command\":\"\",\"inputs\":[],\"parameters\":{}," +
            head_columns_in_json + "\"results\":[\n\n]}\n");
}

TEST_CASE("JSON is ASCII and replaces what is no UTF-8") {
  const auto answer = [](Writer& writer) {
    writer.begin_rows({{"label", ColumnType::text}});
    writer.rows({std::vector<std::string>{"é😀", "\xff", "\u202E", std::string("\0", 1), "\x7f"}});
  };
  CHECK(written("jsonl", answer) ==
        "{\"label\":\"\\u00e9\\ud83d\\ude00\"}\n"
        "{\"label\":\"\\ufffd\"}\n"
        "{\"label\":\"\\u202e\"}\n"
        "{\"label\":\"\\u0000\"}\n"
        "{\"label\":\"\\u007f\"}\n");
}

TEST_CASE("A matrix becomes rows with place, indices and label, float32 as its shortest text") {
  CHECK(written("csv", one_matrix) ==
        "layer,query,key,label,weight\n"
        "5,0,0,the,1\n"
        "5,0,1,cat,0\n"
        "5,1,0,the,0.3\n"
        "5,1,1,cat,0.7\n");
  CHECK(written("table", one_matrix) ==
        "layer  query  key  label  weight\n"
        "    5      0    0  the       1\n"
        "    5      0    1  cat       0\n"
        "    5      1    0  the       0.3\n"
        "    5      1    1  cat       0.7\n");
}

TEST_CASE("A matrix without a number has null in JSON") {
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  const auto answer = [&](Writer& writer) {
    MatrixSeries series = labelled_series();
    series.shape = {1, 1, 1};
    series.column_labels = {"the"};
    writer.begin_matrices(series);
    writer.matrix({std::int64_t{5}}, {1, 1, &nothing, nullptr});
  };
  CHECK(written("jsonl", answer).find("\"weight\":null") != std::string::npos);
}

TEST_CASE("A format refuses every answer that it cannot hold, with those that can") {
  const auto refusal = [](const char* format, const std::function<void(Writer&)>& answer) {
    try {
      written(format, answer);
    } catch (const ArgumentError& error) {
      return error.problem() + " / " + error.hint();
    }
    return std::string("held");
  };
  const auto rows = [](Writer& writer) { writer.rows({}); };
  const auto matrix = [](Writer& writer) { writer.matrix({}, {}); };
  CHECK(refusal("npy", two_rows) ==
        "npy cannot hold this answer: it is rows of named columns / write table, markdown, chart, "
        "csv, tsv, json, jsonl");
  CHECK(refusal("npy", rows) == refusal("npy", two_rows));
  CHECK(refusal("svg", one_matrix) ==
        "svg cannot hold this answer: it is a matrix / write npy, npz");
  CHECK(refusal("svg", matrix) == refusal("svg", one_matrix));
  CHECK(refusal("csv", [](Writer& writer) { writer.page({}); }) ==
        "csv cannot hold this answer: it is a page / write html");
}

TEST_CASE("A sparse matrix leaves its zeros out of the rows") {
  const auto answer = [](Writer& writer) {
    auto series = labelled_series();
    series.skip_zeros = true;
    writer.begin_matrices(series);
    writer.matrix({std::int64_t{5}}, {2, 2, nullptr, two_by_two.data()});
  };
  CHECK(written("jsonl", answer) ==
        "{\"layer\":5,\"query\":0,\"key\":0,\"label\":\"the\",\"weight\":1}\n"
        "{\"layer\":5,\"query\":1,\"key\":0,\"label\":\"the\",\"weight\":0.3}\n"
        "{\"layer\":5,\"query\":1,\"key\":1,\"label\":\"cat\",\"weight\":0.7}\n");
}

TEST_CASE("Several inputs share one header and are told apart by a first column") {
  WriterSettings settings;
  settings.file_column = true;
  const auto answer = [](Writer& writer) {
    for (const std::string name : {"a.npy", "b,c.npy"}) {
      writer.begin_input(name);
      writer.begin_rows({{"layer", ColumnType::integer}});
      writer.rows({std::vector<std::int64_t>{7}});
      writer.summary({"sum"}, name == "a.npy" ? 1 : 2);
    }
  };
  CHECK(written("csv", answer, settings) == "file,layer\na.npy,7\n\"b,c.npy\",7\n");
  CHECK(written("table", answer, settings) ==
        "file     layer\n"
        "a.npy        7\n"
        "b,c.npy      7\n"
        "\n"
        "a.npy  sum  1\n"
        "b,c.npy  sum  2\n");
  CHECK(written("json", answer, settings) ==
        "{\"schema\":\"attngraph/"
        "1\",\"version\":\"\",\"command\":\"\",\"inputs\":[],\"parameters\":{},"
        "\"columns\":[{\"name\":\"file\",\"type\":\"string\",\"about\":\"input that the row is "
        "about\"},\n"
        "{\"name\":\"layer\",\"type\":\"integer\",\"about\":\"\"}],"
        "\"results\":[\n"
        "{\"file\":\"a.npy\",\"layer\":7},\n"
        "{\"file\":\"b,c.npy\",\"layer\":7}\n"
        "],\"summary\":[{\"file\":\"a.npy\",\"sum\":1},\n{\"file\":\"b,c.npy\",\"sum\":2}]}\n");
}

TEST_CASE("CSV refuses rows of other columns, JSON lines take them") {
  const auto answer = [](Writer& writer) {
    writer.begin_rows({{"a", ColumnType::integer}});
    writer.rows({std::vector<std::int64_t>{1}});
    writer.begin_rows({{"b", ColumnType::integer}});
    writer.rows({std::vector<std::int64_t>{2}});
  };
  CHECK_THROWS_AS(written("csv", answer), ArgumentError);
  CHECK(written("jsonl", answer) == "{\"a\":1}\n{\"b\":2}\n");
}

TEST_CASE("Formulas are defused only on request") {
  WriterSettings settings;
  const auto answer = [](Writer& writer) {
    writer.begin_rows({{"label", ColumnType::text}, {"weight", ColumnType::real}});
    writer.rows({std::vector<std::string>{"=1+1", "-x", "a=b", "＝1", "\tx"},
                 std::vector<double>{-1, 2, 3, 4, 5}});
  };
  CHECK(written("csv", answer, settings) == "label,weight\n=1+1,-1\n-x,2\na=b,3\n＝1,4\n\tx,5\n");
  settings.spreadsheet_safe = true;
  CHECK(written("csv", answer, settings) ==
        "label,weight\n'=1+1,-1\n'-x,2\na=b,3\n'＝1,4\n'\tx,5\n");
}

TEST_CASE("CSV gives hostile labels back as they went in") {
  const auto answer = [](Writer& writer) {
    writer.begin_rows({{"label", ColumnType::text}, {"n", ColumnType::integer}});
    writer.rows({hostile_labels, std::vector<std::int64_t>(hostile_labels.size(), 1)});
  };
  // A reader of RFC 4180 in a few lines.
  std::vector<std::string> cells(1);
  bool quoted = false;
  const std::string text = written("csv", answer);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cells.back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  REQUIRE(cells.size() == 2 * hostile_labels.size() + 3);
  for (std::size_t i = 0; i < hostile_labels.size(); ++i) {
    CHECK(cells[2 + 2 * i] == hostile_labels[i]);
  }
}

TEST_CASE("Numbers written as CSV read back as the same numbers") {
  CHECK(rc::check("float64", [](const std::vector<double>& values) {
    const auto answer = [&](Writer& writer) {
      writer.begin_rows({{"x", ColumnType::real}});
      writer.rows({values});
    };
    const std::string text = written("csv", answer);
    const char* at = text.data() + 2;
    for (const double value : values) {
      double read = 0;
      at = std::from_chars(at, text.data() + text.size(), read).ptr + 1;
      RC_ASSERT(std::bit_cast<std::uint64_t>(read) == std::bit_cast<std::uint64_t>(value));
    }
  }));
  CHECK(rc::check("float32 bit patterns", [](const std::vector<std::uint32_t>& patterns) {
    std::vector<float> values;
    for (const auto pattern : patterns) {
      const float value = std::bit_cast<float>(pattern * 2654435761u);
      if (std::isfinite(value)) values.push_back(value);
    }
    const auto answer = [&](Writer& writer) {
      writer.begin_rows({{"x", ColumnType::real32}});
      writer.rows({values});
    };
    const std::string text = written("csv", answer);
    const char* at = text.data() + 2;
    for (const float value : values) {
      float read = 0;
      at = std::from_chars(at, text.data() + text.size(), read).ptr + 1;
      RC_ASSERT(std::bit_cast<std::uint32_t>(read) == std::bit_cast<std::uint32_t>(value));
    }
  }));
}

#include "writers/formats.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/error.hpp"

using namespace attngraph;

namespace {

std::string name_of(const Format* format) {
  return format == nullptr ? "" : std::string(format->name);
}

/// The format that the end of `path` means, of those that hold rows, arrays, drawings or pictures.
std::string format_of(std::string_view path) {
  const auto all = formats_of({Form::rows, Form::matrices, Form::drawing, Form::picture});
  return name_of(format_of_ending(ending_of(path).ending, all));
}

}  // namespace

TEST_CASE("the ending of a path tells its format, in any case of letters") {
  CHECK(format_of("out/a.csv") == "csv");
  CHECK(format_of("a.b.npz") == "npz");
  CHECK(format_of("graph.gv") == "dot");
  CHECK(format_of("EDGES.CSV") == "csv");
  CHECK(format_of("a.ndjson") == "jsonl");
  CHECK(format_of("a.PDF") == "pdf");
  CHECK(format_of("a.jpg").empty());
  CHECK(format_of("a.table").empty());
}

TEST_CASE("a text or a name without a dot is a table") {
  CHECK(format_of("a.txt") == "table");
  CHECK(format_of("answer") == "table");
  CHECK(format_of("a.csv/b") == "table");
}

TEST_CASE("what is compressed has its format before the last ending") {
  CHECK(ending_of("a.CSV.GZ").gzip);
  CHECK(format_of("a.csv.gz") == "csv");
  CHECK(format_of("a.gz") == "table");
  CHECK_FALSE(ending_of("a.gzip").gzip);
}

TEST_CASE("every format is found by its name") {
  for (const Format& format : formats()) CHECK(&format_named(format.name) == &format);
  CHECK_THROWS_AS(format_named("xlsx"), ArgumentError);
}

TEST_CASE("formats that hold rows can join inputs, and are not binary") {
  const auto rows = formats_of({Form::rows});
  CHECK(names_of(rows) == "table, markdown, chart, csv, tsv, json, jsonl");
  CHECK(std::all_of(rows.begin(), rows.end(), [](const Format* format) {
    return format->joins == Joins::yes && format->content == Content::text;
  }));
}

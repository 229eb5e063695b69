#include <doctest/doctest.h>

#include <cstddef>
#include <string>

#include "core/error.hpp"
#include "formats/edges/conllu.hpp"
#include "formats/encoders.hpp"
#include "formats/labels/labels.hpp"
#include "formats/labels/segment_file.hpp"
#include "formats/sample.hpp"

using namespace attngraph;

namespace {

Limits limits_of(std::size_t memory) {
  Limits limits;
  limits.memory = memory;
  return limits;
}

std::string times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

/// So many lines that begin with their number.
std::string numbered(int count, const std::string& behind) {
  std::string all;
  for (int i = 0; i < count; ++i) all += std::to_string(i) + behind;
  return all;
}

std::size_t labels(const std::string& text, const std::string& name, std::size_t memory) {
  return read_labels(Bytes::from(text), name, {limits_of(memory)}).texts.size();
}

}  // namespace

TEST_CASE("labels of every kind of file count against the memory limit, all together") {
  const std::size_t enough = std::size_t{1} << 24, little = std::size_t{1} << 16;
  const struct {
    std::string text;
    std::string name;
    std::size_t count;
  } files[] = {
      {times(4000, "a\n"), "t", 4000},
      {times(300, std::string(200, 'a') + "\n"), "t", 300},
      {"token\n" + times(2000, "a\n"), "t.csv", 2000},
      {"[" + times(2000, "\"a\",") + "\"a\"]", "t", 2001},
      {"[" + times(2000, "1,") + "1]", "t", 2001},
      {"{\"tokens\":[" + times(2000, "\"a\",") + "\"a\"]}", "t", 2001},
      {times(2000, "\"a\"\n"), "t.jsonl", 2000},
      {numbered(2000, " a\n"), "t", 2000},
      {numbered(2000, "\ta\n"), "t", 2000},
      {test::npy_file("|S1", "(2000,)", times(2000, "a")), "t", 2000},
      {test::npy_file("|u1", "(2000,)", times(2000, "a")), "t", 2000},
  };
  for (const auto& file : files) {
    CAPTURE(file.text.substr(0, 40));
    CHECK(labels(file.text, file.name, enough) == file.count);
    CHECK_THROWS_WITH_AS(labels(file.text, file.name, little),
                         doctest::Contains("more than $max-memory 65536"), LimitError);
  }
}

TEST_CASE("the cure for too many labels is to give those of one text") {
  try {
    labels(times(4000, "a\n"), "t", 100000);
    FAIL("was read");
  } catch (const LimitError& error) {
    CHECK(error.hint() == "raise $max-memory, or give the labels of one text alone");
  }
}

TEST_CASE("numbers of rows and a second column take memory beside the labels") {
  std::string table = "token,index,word\n";
  for (int i = 0; i < 1000; ++i) table += "7," + std::to_string(i) + ",a\n";
  const std::size_t labels_alone = table.size() + 1000 * 96;
  CHECK_THROWS_AS(labels(table, "t.csv", labels_alone + 50000), LimitError);
  CHECK(labels(table, "t.csv", 3 * labels_alone) == 1000);
}

TEST_CASE("text that is no label is not copied to say so") {
  // What it takes itself is nearly all that there is.
  const std::string line(1 << 17, 'a');
  CHECK_THROWS_WITH_AS(labels(line, "t", line.size() + 100),
                       "t: line 1: a label of 131072 bytes, longer than $max-label 4096",
                       LimitError);
  CHECK_THROWS_WITH_AS(labels("\"" + line + "\"", "t.jsonl", 2 * line.size()),
                       doctest::Contains("more than $max-memory 262144"), LimitError);
}

TEST_CASE("segments and words of a treebank count against the memory limit") {
  const Limits little = limits_of(100000);
  CHECK_THROWS_WITH_AS(read_segments(Bytes::from(times(2000, "a,0,0\n")), "s", little),
                       doctest::Contains("more than $max-memory 100000"), LimitError);
  const std::string word = "1\ta\t_\t_\t_\t_\t0\t_\t_\t_\n\n";
  CHECK(read_conllu(times(100, word), "w", little).tokens.size() == 100);
  CHECK_THROWS_WITH_AS(read_conllu(times(1000, word), "w", little),
                       doctest::Contains("more than $max-memory 100000"), LimitError);
  CHECK_THROWS_AS(read_conllu(times(100, word), "w", little, 99000), LimitError);
}

TEST_CASE("a record of more fields than any table has is refused") {
  const std::string commas(70000, ',');
  CHECK_THROWS_WITH_AS(labels("token,index\n" + commas, "t.csv", std::size_t{1} << 24),
                       "t.csv: line 2: more than 65536 fields", InputError);
  CHECK_THROWS_WITH_AS(read_conllu("1" + std::string(70000, '\t'), "w", {}),
                       "w: line 1: 70001 fields, expected 10 with tabs between", InputError);
}

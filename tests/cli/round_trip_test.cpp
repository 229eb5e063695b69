#include "run.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/scratch_folder.hpp"
#include "cli/transcript.hpp"

using namespace attngraph::test;

namespace {

/// The standard output of a command that must succeed.
std::string output(const std::string& command) {
  std::istringstream in;
  std::ostringstream out, err;
  const int status = attngraph::run(words(command), in, out, err);
  CAPTURE(command);
  CAPTURE(err.str());
  CHECK(status == 0);
  return out.str();
}

/// What stands behind the header line, each row behind `begin`.
std::string rows(const std::string& csv, const std::string& begin = "") {
  std::istringstream lines(csv.substr(csv.find('\n') + 1));
  std::string all;
  for (std::string line; std::getline(lines, line);) all += begin + line + "\n";
  return all;
}

struct Case {
  std::string command;
  std::string formats;
  std::string begin = "";  // of each row, where a graph has a layer that the answer has not
};

const std::string cats = "data/minilm/cats/attention.npy --tokens data/minilm/cats/tokens.json";
const std::string karate =
    "--features data/small/karate/features.npy --adjacency data/small/karate/adjacency.npy "
    "--weight data/small/karate/weight.npy --attention data/small/karate/attention_vector.npy";

}  // namespace

TEST_CASE("edges that attngraph wrote are read back with the same numbers and labels") {
  const ScratchFolder scratch;
  const std::vector<Case> cases{
      {"graph " + cats, "csv tsv json jsonl"},
      {"graph " + cats + " --layer 2 --head 5", "graphml"},
      {"attend --query data/deck/03-attention/query.npy --key data/deck/03-attention/key.npy",
       "csv tsv json jsonl npy npz"},
      {"sparsify " + cats + " --top-k 2 --edges", "csv tsv json jsonl"},
      {"gat " + karate, "csv tsv json jsonl", "0,"}};
  for (const Case& one : cases) {
    const std::string expected = rows(output(one.command + " --csv -q"), one.begin);
    std::istringstream names(one.formats);
    for (std::string format; names >> format;) {
      const std::string path = scratch.path() + "/edges." + format;
      output(one.command + " -q -o " + path);
      INFO(one.command << " as " << format);
      CHECK(rows(output("graph " + path + " --csv -q")) == expected);
    }
  }
}

TEST_CASE("cross-attention that attend wrote has its two sides when it is read back") {
  const ScratchFolder scratch;
  const std::string folder = scratch.path() + "/";
  std::ofstream(folder + "q.json") << "[[1, 0], [0, 1]]";
  std::ofstream(folder + "k.json") << "[[1, 0], [0, 1], [3, 3]]";
  std::ofstream(folder + "names.json") << R"(["a", "b", "c"])";
  const std::string attend = "attend -q --query " + folder + "q.json --key " + folder + "k.json ";
  output(attend + "-o " + folder + "whole.npy");
  const std::string whole = output("graph -q --csv " + folder + "whole.npy --top-k all");
  const std::string largest = output("graph -q --csv " + folder + "whole.npy --top-k 1");
  const std::string labelled =
      output("graph -q --csv " + folder + "whole.npy --top-k 1 --tokens " + folder + "names.json");
  for (const char* name : {"a.csv", "a.json", "a.jsonl"}) {
    CAPTURE(name);
    const std::string path = folder + name;
    output(attend + "-o " + path);
    CHECK(output("graph -q --csv " + path) == whole);
    output(attend + "--top-k 1 -o " + path);
    CHECK(output("graph -q --csv " + path) == largest);
    output(attend + "--top-k 1 --tokens " + folder + "names.json -o " + path);
    CHECK(rows(output("graph -q --csv " + path)) == rows(labelled));
  }
}

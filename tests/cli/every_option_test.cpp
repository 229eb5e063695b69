// No option is ever silently ignored: given on top of a run that works, each of every command
// either changes what comes out, or is refused by name.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "cli/transcript.hpp"
#include "command.hpp"
#include "help/help.hpp"
#include "run.hpp"

using namespace attngraph;
using test::words;

namespace {

const std::string cats = " data/minilm/cats/attention.npy";
const std::string one_head = cats + " --layer 2 --head 5";
const std::string gpt = " --query data/small/gpt/query.npy --key data/small/gpt/key.npy";
const std::string deck = "data/deck/07-self-attention-module/";

/// Runs that work, for each command; an option must have an effect on one of them.
const std::map<std::string, std::vector<std::string>>& runs() {
  static const std::string short_norms =
      " data/minilm/short/attention.npy --value data/minilm/short/qkv.safetensors:value --layer 2";
  static const std::map<std::string, std::vector<std::string>> all{
      {"attend",
       {gpt, " --input " + deck + "x.npy --wq " + deck + "wq.npy --wk " + deck +
                 "wk.npy --heads 4 --shared-projection --digits all"}},
      {"centrality", {one_head, one_head + " --metric hub,in_degree"}},
      {"compare", {cats + " --layer 2"}},
      {"evict",
       {" data/small/gpt/attention.npy --causal yes --budget 8 --policy h2o,snapkv --observe 4",
        gpt + " --causal yes --budget 6 --observe 4 --value data/small/gpt/value.npy --rope none "
              "--digits all",
        gpt + " --causal yes --budget 6 --keys --policy h2o,snapkv --observe 4 --digits all"}},
      {"flow", {" data/minilm/short/attention.npy"}},
      {"gat",
       {" --features data/deck/09-gat/h.npy --adjacency tests/cli/inputs/links.csv --weight "
        "data/deck/09-gat/w.npy --attention data/deck/09-gat/a.npy"}},
      {"graph", {one_head, gpt, one_head + " --format dot"}},
      {"heads", {cats, gpt + " --digits all"}},
      {"heatmap", {one_head, one_head + " --format svg"}},
      {"inspect", {cats + " --tokens data/minilm/cats/tokens.json"}},
      {"layers", {" data/minilm/short/attention.npy"}},
      {"maxflow", {cats + " --source 2 --sink 0"}},
      {"norms", {short_norms}},
      {"pairs",
       {one_head, gpt + " --causal yes",
        one_head + " --tokens data/minilm/cats/tokens.json --drop-special --gold "
                   "data/minilm/cats/dependencies.conllu --summary"}},
      {"paths", {" data/minilm/short/attention.npy --from 1 --to 2"}},
      {"pool",
       {" --input data/deck/14-pooling/x.npy --w1 data/deck/14-pooling/w1.npy --b1 "
        "data/deck/14-pooling/b1.npy --w2 data/deck/14-pooling/w2.npy"}},
      {"rollout", {" data/minilm/short/attention.npy --digits all"}},
      {"segments",
       {one_head + " --segments 0-8,9-16", one_head + " --segments 0-8,9-16 --format svg",
        gpt + " --causal yes --lookback 24 --digits all",
        cats + " --segments 0-2,3-5,6-8,9-11,12-16 --receiver 1"}},
      {"sparsify", {cats + " --layer 2 --top-k 4", gpt + " --top-k 2 --csv"}},
      {"spatial",
       {" --input data/small/digits-spatial/x.npy --wq data/small/digits-spatial/wq.npy --bq "
        "data/small/digits-spatial/bq.npy --wk data/small/digits-spatial/wk.npy --bk "
        "data/small/digits-spatial/bk.npy"}},
      {"spectrum",
       {cats + " --layer 2 --head 4,5", one_head + " --eigenvalues",
        gpt + " --causal yes --layer 2 --head 2,3 --digits all",
        one_head + " --signal data/minilm/cats/qkv.safetensors:value"}},
      {"topology",
       {cats + " --layer 2", gpt + " --causal yes --digits all", cats + " --layer 2 --dimension 1",
        cats + " --layer 2 --tokens data/minilm/cats/tokens.json --split it",
        cats + " --layer 2 --segments 0-8,9-16 --split 9-16"}},
      {"structure",
       {cats + " --layer 2 --head 0,5 --digits all", gpt + " --causal yes --top-k 2 --digits all"}},
      {"view", {" data/minilm/short/attention.npy"}}};
  return all;
}

/// The first column of numbers that are no counts.
std::string first_measure(const std::string& name) {
  for (const auto& make : command_makers()) {
    const auto command = make();
    if (command->manual().name != name) continue;
    for (const Column& column : command->columns().columns) {
      if (column.type == ColumnType::real) return column.name;
    }
  }
  return "none";
}

/// What to give an option, where a number will not do.
std::string value_of(const std::string& command, const std::string& option,
                     const std::string& base) {
  static const std::map<std::string, std::string> values{
      {"--axes", "layer,head,key,query"},
      {"--betti", "0.25,0.1"},
      {"--activation", "none"},
      {"--causal", "yes"},
      {"--cluster", "4"},
      {"--against", "data/minilm/cats/attention_f16.npy"},
      {"--color", "always"},
      {"--colormap", "gray"},
      {"--combine", "mean"},
      {"--cutoff", "0.4"},
      {"--damping", "0.5"},
      {"--disparity", "0.05"},
      {"--direction", "informs"},
      {"--discard", "0.5"},
      {"--distance", "inverse"},
      {"--dtype", "bfloat16"},
      {"--empty-row", "zero"},
      {"--engine", "igraph"},
      {"--features-out", "/dev/null"},
      {"--format", "jsonl"},
      {"--fuse", "max"},
      {"--gamma", "0.5"},
      {"--gold", "data/minilm/cats/coreference.csv"},
      {"--heads", "2"},
      {"--isolated", "uniform"},
      {"--laplacian", "combinatorial"},
      {"--layout", "arcs"},
      {"--keep-ratio", "0.1"},
      {"--metric", "pagerank"},
      {"--min-separation", "3"},
      {"--normalize", "rows"},
      {"--budget", "0.5"},
      {"--kernel", "3"},
      {"--observe", "7"},
      {"--policy", "tova"},
      {"--rope", "10000"},
      {"--normalizer", "sparsemax"},
      {"--out", "/dev/null"},
      {"--precision", "double"},
      {"--residual", "none"},
      {"--resolution", "1.5"},
      {"--rows", "0"},
      {"--scale", "0.3"},
      {"--segments", "a:0-1,b:2-4"},
      {"--self-loops", "drop"},
      {"--shard", "1/2"},
      {"--signal", "data/minilm/cats/qkv.safetensors:value"},
      {"--target", "1"},
      {"--symmetrize", "max"},
      {"--tensor", "a*"},
      {"--top-p", "0.5"},
      {"--variant", "v2"}};
  if (option == "--columns") return "head";
  if (option == "--sort") {
    if (command == "paths") return "covered";
    if (command == "pairs") return "a";
    return command == "sparsify" ? "mass_mean" : first_measure(command);
  }
  if (option == "--tokens") {
    if (base.find("short") != base.npos) return "data/minilm/short/tokens.json";
    return base.find("gpt") != base.npos ? "data/small/gpt/tokens.json"
                                         : "data/minilm/cats/tokens.json";
  }
  const auto known = values.find(option);
  return known == values.end() ? "1" : known->second;
}

/// Options that change what an answer takes, or what is said beside it, and those that change it
/// for other data than these: rows that do not sum to 1 or lose everything, several files, files of
/// a gigabyte, a terminal.
const std::set<std::string> without_effect_here{
    "--jobs",  "--engine",           "--max-memory", "--max-label", "--quiet",        "--force",
    "--stack", "--spreadsheet-safe", "--normalize",  "--strict",    "--features-out", "--wide",
    "--cross", "--empty-row",        "--json-errors"};

struct Outcome {
  int status = 0;
  std::string out;
  std::string err;
  bool operator==(const Outcome&) const = default;
};

Outcome outcome(const std::string& command_line) {
  std::istringstream in;
  std::ostringstream out, err;
  const int status = run(words(command_line), in, out, err);
  return {status, out.str(), err.str()};
}

bool is_heeded(const std::string& command, const DeclaredOption& option, const std::string& base) {
  std::string line = command + base + " " + option.name;
  if (option.takes_value()) line += " " + value_of(command, option.name, base);
  const Outcome with = outcome(line);
  if (with.status == 2 && with.err.find(option.name) != std::string::npos) return true;
  return with != outcome(command + base);
}

/// A header and one row, which is in any order.
bool is_single_row(const std::string& table) {
  return std::count(table.begin(), table.end(), '\n') == 2;
}

}  // namespace

TEST_CASE("no option of any command is silently ignored") {
  for (const auto& make : command_makers()) {
    const auto command = make();
    const std::string name = command->manual().name;
    CAPTURE(name);
    REQUIRE(runs().contains(name));
    for (const std::string& base : runs().at(name)) {
      CAPTURE(base);
      const Outcome without = outcome(name + base);
      CHECK_MESSAGE(without.status == 0, without.err);
      if (without.status != 0) continue;
      for (const DeclaredOption& option : declarations_of(*command).options) {
        if (without_effect_here.contains(option.name)) continue;
        const bool order = option.name == "--reverse" || option.name == "--top";
        if (order && is_single_row(without.out)) continue;
        CAPTURE(option.name);
        CHECK(is_heeded(name, option, base));
      }
    }
  }
}

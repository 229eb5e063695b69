#include <doctest/doctest.h>

#include <algorithm>

#include "completion/candidates.hpp"
#include "completion/completion.hpp"
#include "core/error.hpp"
#include "run.hpp"

using namespace attngraph;

namespace {

using Words = std::vector<std::string>;
using Kind = Completed::Kind;

const std::string cats = "data/minilm/cats/attention.npy";

Words offered(const Words& words) {
  Words offered;
  for (const CompletionWord& candidate : completed(words).candidates)
    offered.push_back(candidate.word);
  return offered;
}

bool offers(const Words& words, const std::string& word) {
  const Words all = offered(words);
  return std::find(all.begin(), all.end(), word) != all.end();
}

std::string meaning(const Words& words, const std::string& word) {
  for (const CompletionWord& candidate : completed(words).candidates) {
    if (candidate.word == word) return candidate.about;
  }
  return "not offered";
}

}  // namespace

TEST_CASE("commands are completed, also behind help, and shells behind completion") {
  CHECK(meaning({""}, "heads") == "What does each head do?");
  CHECK(offers({"help", ""}, "centrality"));
  CHECK(offers({"--help", ""}, "completion"));
  CHECK(offered({"completion", ""}) == Words{"bash", "zsh", "fish"});
  CHECK(offered({"-"}) == Words{"--help", "--version"});
  CHECK(offered({"nothing", ""}).empty());
}

TEST_CASE("options are completed with a few words, short ones too, each once but lists") {
  CHECK(meaning({"heads", "-"}, "--out") == "write to FILE");
  CHECK(meaning({"heads", "-"}, "-q") == "no notes on standard error");
  CHECK_FALSE(offers({"heads", "--stack", "--"}, "--stack"));
  CHECK(offers({"heads", "--layer", "1", "--"}, "--layer"));
  CHECK_FALSE(offers({"gat", "--"}, "--layer"));
  CHECK(completed({"heads", "--", "-"}).kind == Kind::files);
}

TEST_CASE("values are those that the option declares") {
  CHECK(offered({"graph", "--direction", ""}) == Words{"attends", "informs"});
  CHECK(offered({"graph", "--direction=inf"}) ==
        Words{"--direction=attends", "--direction=informs"});
  CHECK(offers({"heads", "--format", ""}, "jsonl"));
  CHECK_FALSE(offers({"heads", "--format", ""}, "npy"));
  CHECK(offers({"heatmap", "--colormap", ""}, "cividis"));
  CHECK(offered({"heads", "--rows", ""}) == Words{"all"});
  CHECK(offered({"heads", "--causal", ""}) == Words{"yes", "no"});
  CHECK(offers({"heads", "--causal", "--"}, "--gini"));
  CHECK(offered({"heads", "--jobs", ""}).empty());
  CHECK(completed({"heads", "--jobs", ""}).kind == Kind::words);
}

TEST_CASE("lists go on behind a comma with what is not in them") {
  const Completed list = completed({"centrality", "--metric", "hub,pagerank,cl"});
  CHECK(list.kind == Kind::list);
  CHECK(offers({"centrality", "--metric", "hub,pagerank,cl"}, "hub,pagerank,closeness"));
  CHECK_FALSE(offers({"centrality", "--metric", "hub,"}, "hub,hub"));
  CHECK_FALSE(offers({"centrality", "--metric", "hub,"}, "hub,all"));
  CHECK(offers({"centrality", "--metric=hub,"}, "--metric=hub,core"));
  CHECK(offers({"heads", "--axes", "layer,head,"}, "layer,head,query"));
}

TEST_CASE("columns are those of the command") {
  CHECK(meaning({"heads", "--sort", ""}, "sink_mass").starts_with("mean attention to the sink"));
  CHECK_FALSE(offers({"heads", "--sort", ""}, "pagerank"));
}

TEST_CASE("tokens are those of the file named: a label, or the index where it is not alone") {
  const Words line{"rollout", cats, "--tokens", "data/minilm/cats/tokens.json", "--target", ""};
  CHECK(meaning(line, "mice") == "token 6");
  CHECK(meaning(line, "5") == "the");
  CHECK_FALSE(offers(line, "the"));
  CHECK(offered({"rollout", cats, "--target", ""}).empty());
  CHECK(offered({"rollout", "nowhere.npy", "--target", ""}).empty());
  CHECK(offered({"rollout", "/dev/zero", "--target", ""}).empty());
}

TEST_CASE("files are left to the shell where files are due, and nowhere else") {
  CHECK(completed({"heads", ""}).kind == Kind::files);
  CHECK(completed({"heads", "--tokens", ""}).kind == Kind::files);
  CHECK(completed({"heads", "-o", ""}).kind == Kind::files);
  CHECK(completed({"gat", ""}).kind == Kind::words);
  CHECK(completed({""}).kind == Kind::words);
}

TEST_CASE("scripts are told what may stand there, one in a line") {
  CHECK(completion_answer({"--complete", "completion", ""}) == "words\nbash\t\nzsh\t\nfish\t\n");
  CHECK(completion_answer({"--complete", "heads", ""}) == "files\n");
  CHECK(completion_answer({"--complete", "gat", "--combine", ""}) == "words\nconcat\t\nmean\t\n");
  CHECK_THROWS_AS(completion_answer({"csh"}), ArgumentError);
  CHECK_THROWS_AS(completion_answer({}), ArgumentError);
}

TEST_CASE("what stands for a value is not offered as one") {
  CHECK_FALSE(offers({"heads", "--grid", ""}, "HxW"));
  CHECK(offers({"graph", "--top-k", ""}, "all"));
}

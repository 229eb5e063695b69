#include "report/questions/topology.hpp"

#include <algorithm>
#include <cmath>

#include "command.hpp"
#include "core/error.hpp"
#include "formats/rules.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

JoinedFrom joined_from(const std::string& text) {
  JoinedFrom from;
  from.share = text == "share";
  std::size_t begin = 0;
  while (!from.share && begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string item = text.substr(begin, end - begin);
    const auto weight = parsed<double>(item);
    if (!weight || !std::isfinite(*weight) || *weight < 0) {
      throw ArgumentError("--betti", "'" + item + "' is no weight of at least 0",
                          "write share, or weights such as 0.5,0.25,0.1");
    }
    from.thresholds.push_back(*weight);
    begin = end + 1;
  }
  return from;
}

class TopologyCommand : public Command {
 public:
  Manual manual() const override {
    return {"topology",
            "What shape appears as weaker edges are let in?",
            {{"attngraph topology data/minilm/cats/attention.npy --layer 2 --dimension 1",
              "numbers about the bars of each head: parts of the tokens, and loops"},
             {"attngraph topology data/minilm/cats/attention.npy --layer 2 --head 5 --betti "
              "0.5,0.25,0.1,0.05",
              "parts and cycles of the graph above each threshold, where no triangle is filled"},
             {"attngraph topology --query data/small/gpt/query.npy --key "
              "data/small/gpt/key.npy --causal yes --split 24 --layer 1 --csv",
              "how far the second half of the text is from the first"}},
            answers::rows_and_pictures,
            InputKind::attention,
            {.row_sums = RowSums::one, .segments = SegmentsUse::names}};
  }

  void declare(OptionTable& options) override {
    options.choice<std::size_t>("--dimension", options_.dimension, {{"0", 0}, {"1", 1}},
                                "1: loops too, until triangles of near tokens fill them "
                                "(Vietoris-Rips); b1 of --betti fills none");
    options.flag("--bars", options_.bars, "every bar, in place of numbers about them");
    options.list(
        "--betti", "LIST|share", "",
        [this](const std::string& text) { options_.betti = joined_from(text); },
        "in place of bars the edges, parts and cycles of the graph of tokens with a weight above "
        "each of these, or above an equal share");
    options.text("--split", options_.split,
                 "in place of bars how far the response is from the prompt before it; it begins at "
                 "this token, or with --segments is the one of this name",
                 "TOKEN|NAME");
    options.count("--max-tokens", options_.max_tokens,
                  "with --dimension 1: the most tokens that loops are found of; time and memory "
                  "grow with their cube");
  }

  void check(const Asked& asked) const override {
    asked.at_most_one({"bars", "betti", "split"});
    if (asked.gives("betti") || asked.gives("split")) {
      asked.refuse({"dimension"}, "is about bars, which are not asked for");
    }
    if (options_.dimension == 0) asked.refuse({"max-tokens"}, "goes with $dimension 1");
    if (!asked.gives("split")) {
      asked.refuse({"segments"}, "names what $split is about, which is not asked for");
    }
    const bool split_at_token = asked.gives("split") && !asked.gives("segments");
    if (!split_at_token && asked.first_of({"words", "drop-special"}).empty()) {
      asked.remark({"tokens"}, "names tokens, none of which is in this answer");
    }
    if (options_.betti && options_.betti->share && is_seen(asked.form())) {
      asked.refuse({"betti"}, "gives one row for each head with share, not a picture",
                   "a picture needs weights, such as --betti 0.5,0.25,0.1");
    }
  }

  AnswerColumns columns() const override {
    AnswerColumns columns = topology_columns(options_);
    if (!options_.bars && !options_.betti) columns.together = OrderedTogether::all;
    return columns;
  }
  std::vector<AnswerColumns> every_columns() const override {
    TopologyOptions loops, bars, betti, share, split;
    loops.dimension = 1;
    bars.bars = true;
    betti.betti.emplace();
    share.betti = {{}, true};
    split.split = "0";
    return {topology_columns(loops), asked_by("$bars", topology_columns(bars)),
            asked_by("$betti", topology_columns(betti)),
            asked_by("$betti share", topology_columns(share)),
            asked_by("$split", topology_columns(split))};
  }

  std::string option_of(const std::string& column) const override {
    return column.starts_with("h1_") ? "$dimension 1" : "";
  }

  void answer(Job& job) override {
    TopologyOptions options = options_;
    options.parts = job.segments();
    topology_report(job.attention(), options, job.sink());
  }

 private:
  TopologyOptions options_;
};

}  // namespace

std::unique_ptr<Command> topology_command() { return std::make_unique<TopologyCommand>(); }

}  // namespace attngraph

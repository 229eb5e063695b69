#include "report/questions/pairs.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/graph_options.hpp"
#include "options/options.hpp"
#include "report/parts/known_pairs.hpp"

namespace attngraph {
namespace {

class PairsCommand : public Command {
 public:
  Manual manual() const override {
    return {"pairs",
            "Which pairs of tokens stand out, and are they the known ones?",
            {{"attngraph pairs data/minilm/cats/attention.npy --tokens "
              "data/minilm/cats/tokens.json --drop-special --layer 4 --head 4 --top 5",
              "what a head brings together, beyond what everybody attends to"},
             {"attngraph pairs data/minilm/cats/attention.npy --tokens "
              "data/minilm/cats/tokens.json --drop-special --gold "
              "data/minilm/cats/coreference.csv --summary --csv",
              "how well each head finds known pairs"},
             {"attngraph pairs --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
              "--causal yes --symmetrize none --no-apc --min-separation 6 --top 3",
              "the largest weights between tokens far from each other"}},
            answers::rows,
            InputKind::attention,
            {.row_sums = RowSums::one}};
  }

  void declare(OptionTable& options) override {
    options.choice("--symmetrize", options_.symmetrize,
                   {{"sum", Symmetrize::sum},
                    {"max", Symmetrize::max},
                    {"min", Symmetrize::min},
                    {"none", Symmetrize::none}},
                   "what becomes of both directions; none: pairs are a query and a key");
    options.flag("--no-apc", uncorrected_,
                 "leave out the correction for tokens that have much attention with all others");
    options.count("--min-separation", options_.min_separation,
                  "leave out tokens that are nearer to each other");
    options.parsed(
        "--top", "N|all", std::to_string(options_.top),
        [this](const std::string& text) { options_.top = edge_count_named(text, "--top"); },
        "how many pairs of each head");
    options.text("--gold", gold_,
                 "the known pairs: a list of edges, a matrix, or dependencies in CoNLL-U", "FILE");
    options.flag("--summary", options_.summary,
                 "with --gold: precision and AUC of each head in place of pairs");
  }

  void check(const Asked& asked) const override {
    check_options(asked_options());
    if (options_.summary) {
      asked.refuse({"top"}, "is about pairs, and with $summary the answer is about heads");
    }
  }

  AnswerColumns columns() const override {
    AnswerColumns columns = pairs_columns(asked_options());
    if (options_.summary) columns.together = OrderedTogether::all;
    return columns;
  }
  std::vector<AnswerColumns> every_columns() const override {
    PairsOptions gold, summary;
    gold.has_gold = summary.has_gold = summary.summary = true;
    return {pairs_columns(gold), asked_by("$summary", pairs_columns(summary))};
  }

  void answer(Job& job) override {
    PairsOptions options = asked_options();
    const Attention attention = job.attention();
    Dump gold;
    if (!gold_.empty()) {
      gold = job.known_pairs(gold_, places_of_pairs(attention));
      options.gold = &gold;
    }
    pairs_report(attention, options, job.sink());
  }

 private:
  bool uncorrected_ = false;
  std::string gold_;
  PairsOptions options_;

  PairsOptions asked_options() const {
    PairsOptions options = options_;
    options.corrected = !uncorrected_;
    options.has_gold = !gold_.empty();
    return options;
  }
};

}  // namespace

std::unique_ptr<Command> pairs_command() { return std::make_unique<PairsCommand>(); }

}  // namespace attngraph

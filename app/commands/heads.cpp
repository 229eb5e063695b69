#include "report/questions/heads.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class HeadsCommand : public Command {
 public:
  Manual manual() const override {
    return {"heads",
            "What does each head do?",
            {{"attngraph heads data/minilm/cats/attention.npy", "one row for each head"},
             {"attngraph heads data/small/gpt/attention.npy --tokens data/small/gpt/tokens.json "
              "--sort induction",
              "with tokens: which heads look behind earlier occurrences"},
             {"attngraph heads data/minilm/cats/attention.npy --color-by entropy -o heads.svg",
              "a map of all heads, coloured by a column, with their types"}},
            answers::rows_and_pictures,
            InputKind::attention,
            {.row_sums = RowSums::one, .merging = Merging::divided_matrix}};
  }

  void declare(OptionTable& options) override {
    options.text("--color-by", options_.color_by, "the column that colours a map of the heads",
                 "COLUMN");
    options.flag("--gini", options_.gini, "a column with the Gini coefficient of the rows");
  }

  void check(const Asked&) const override { check_options(options_); }

  AnswerColumns columns() const override { return heads_columns(options_); }
  std::vector<AnswerColumns> every_columns() const override {
    return {heads_columns({.gini = true})};
  }

  void answer(Job& job) override { heads_report(job.attention(), options_, job.sink()); }

 private:
  HeadsOptions options_;
};

}  // namespace

std::unique_ptr<Command> heads_command() { return std::make_unique<HeadsCommand>(); }

}  // namespace attngraph

#include "report/questions/heads.hpp"

#include <optional>
#include <string>

#include "command.hpp"
#include "core/error.hpp"
#include "core/named_range.hpp"
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
    declare_range(options, "--from", options_.response,
                  "copy: queries of this range alone, the response");
    declare_range(options, "--to", options_.copied_from,
                  "copy: out of this range alone, hits over its tokens");
    options.parsed(
        "--grid", "HxW", "",
        [this](const std::string& text) { options_.grid.size = grid_size_named(text); },
        "patches of an image: adds grid_distance");
    options.count("--prefix", options_.grid.prefix,
                  "tokens in front that are no patches: [CLS], registers");
    options.text("--target", options_.target,
                 "with --grid: adds spatial_entropy of this query's row, index or label", "TOKEN");
    options.flag("--offsets", options_.offsets,
                 "the mean weight at each offset of key from query, in place of the measures");
  }

  void check(const Asked& asked) const override {
    check_options(options_);
    if (!asked.gives("to")) asked.refuse({"from"}, "goes with $to");
    if (!asked.gives("from")) asked.refuse({"to"}, "goes with $from");
    if (!options_.on_grid()) asked.refuse({"target"}, "goes with $grid");
    if (!options_.offsets) return;
    asked.refuse({"color-by", "gini", "from", "to", "grid", "prefix"},
                 "is about the measures of heads, in place of which $offsets stands");
    asked.remark_idle_tokens();
  }

  AnswerColumns columns() const override { return heads_columns(options_); }
  std::vector<AnswerColumns> every_columns() const override {
    return {heads_columns({.gini = true, .grid = {.prefix = 0}, .target = "0"}),
            asked_by("$offsets", heads_columns({.offsets = true}))};
  }

  std::string option_of(const std::string& column) const override {
    if (column == "gini") return "$gini";
    if (column == "grid_distance") return "$grid HxW";
    return column == "spatial_entropy" ? "$grid HxW $target TOKEN" : "";
  }

  void answer(Job& job) override { heads_report(job.attention(), options_, job.sink()); }

 private:
  HeadsOptions options_;

  static void declare_range(OptionTable& options, const std::string& name,
                            std::optional<NamedRange>& range, const std::string& help) {
    options.parsed(
        name, "RANGE", "",
        [name, &range](const std::string& text) {
          range = named_range(text);
          if (range) return;
          throw ArgumentError(name, "'" + text + "' is no range of tokens",
                              "such as 24-47, or 7 for one token");
        },
        help);
  }
};

}  // namespace

std::unique_ptr<Command> heads_command() { return std::make_unique<HeadsCommand>(); }

}  // namespace attngraph

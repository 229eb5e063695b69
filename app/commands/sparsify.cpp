#include "report/questions/sparsify.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/attention_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class SparsifyCommand : public Command {
 public:
  Manual manual() const override {
    return {"sparsify",
            "Which edges matter, and what is lost with the others?",
            {{"attngraph sparsify data/minilm/cats/attention.npy --layer 0 --top-k 4",
              "what four keys for each query leave out"},
             {"attngraph sparsify data/minilm/cats/attention.npy --layer 2 --head 5 --disparity "
              "0.05 --edges --csv",
              "the edges that a random break of the stick would hardly make"},
             {"attngraph sparsify --query data/deck/12-sparse/query.npy --key "
              "data/deck/12-sparse/key.npy --value data/deck/12-sparse/value.npy --scale none "
              "--threshold 0.1",
              "how far the output moves without the small weights of queries and keys"}},
            answers::rows_arrays_and_pictures};
  }

  void declare(OptionTable& options) override {
    options.number("--threshold", row().threshold, "keep weights above this");
    options.count("--top-k", row().top_k,
                  "keep so many of the largest in a row, ties by lower key");
    options.number("--top-p", row().top_p, "keep the fewest that make this share of a row's sum");
    options.number("--keep-ratio", sparsify().keep_ratio,
                   "keep this share of the weights above 0, the largest, rounded up");
    options.number("--disparity", row().disparity,
                   "keep weights with (1 - w)^(keys - 1) below this");
    options.flag("--mst", sparsify().spanning_forest,
                 "keep the maximum spanning forest, both directions of an edge");
    options.count("--vertical", pattern().vertical,
                  "keep so many keys, those with the largest column sums");
    options.count("--slash", pattern().slash,
                  "keep so many offsets of key from query, those with the largest sums; with "
                  "--vertical what is on either");
    options.count("--estimate-from", pattern().estimate_from,
                  "find both by so many last queries, as MInference does with 64");
    options.parsed(
        "--stream", "SINK,WINDOW", "",
        [this](const std::string& text) { pattern().stream = stream_named(text); },
        "keep the first keys and a window that ends at the query, without a causal mask on both "
        "sides of it");
    options.parsed(
        "--blocks", "SIZE:MASS", "",
        [this](const std::string& text) { pattern().blocks = blocks_named(text); },
        "keep the fewest blocks that make this share of a row of blocks");
    options.flag("--no-renormalize", keep_sums_, "leave weights as they are");
    options.choice("--empty-row", sparsify().empty_row,
                   {{"keep-max", EmptyRow::keep_max}, {"zero", EmptyRow::zero}},
                   "what becomes of a row that would lose everything");
    options.flag("--edges", edges_, "the edges that are left, in place of the report");
    values_.declare(options, "value",
                    "what the weights multiply, for output_loss: [layer, head, key, width], or "
                    "[key, width] for every head");
    values_.declare(options, "wv");
    values_.declare(options, "bv");
    options.further_output("--features-out", features_out_,
                           "write what is left times the values to FILE");
  }

  void check(const Asked& asked) const override {
    if (asked.gives("value") && !asked.first_of({"words", "drop-special", "segments"}).empty()) {
      throw ArgumentError("--value", "is for single tokens",
                          "ask without --words, --drop-special and --segments");
    }
    check_sparsify(options_.sparsify);
    if (!pattern().columns_or_diagonals()) {
      asked.refuse({"estimate-from"}, "goes with $vertical and $slash");
    }
    if (is_seen(asked.form())) {
      asked.refuse({"edges", "value", "wv", "bv", "features-out"},
                   "is not for pictures, which show what is lost against what is kept");
    }
    if (asked.form() == Form::matrices) {
      asked.refuse({"edges"}, "gives rows, not an array", "an array holds the edges that are left");
    }
    if (!asked.gives("wv")) asked.refuse({"bv"}, "goes with --wv");
    if (asked.form() == Form::matrices || !features_out_.empty()) return;
    if (edges_) {
      asked.refuse({"value", "wv", "bv"},
                   "is for the report and for --features-out, not for --edges");
    } else {
      if (asked.first_of({"value", "wv"}).empty()) {
        asked.refuse({"no-renormalize"},
                     "is about weights that are written or multiplied with --value");
      }
      asked.remark_idle_tokens();
    }
  }

  AnswerColumns columns() const override {
    return sparsify_columns(edges_ ? SparsifyAnswer::edges : SparsifyAnswer::report);
  }
  std::vector<AnswerColumns> every_columns() const override {
    return {sparsify_columns(SparsifyAnswer::report),
            asked_by("$edges", sparsify_columns(SparsifyAnswer::edges))};
  }

  void answer(Job& job) override {
    if (keep_sums_) sparsify().renormalize = Renormalize::none;
    const bool array = job.form() == Form::matrices;
    options_.answer = array    ? SparsifyAnswer::matrices
                      : edges_ ? SparsifyAnswer::edges
                               : SparsifyAnswer::report;
    const Attention attention = job.attention(values_);
    if (!job.common().computed.given())
      options_.value = job.values_beside(attention, values_.file("value"));
    sparsify_report(attention, options_, job.sink(), job.second_sink(features_out_));
  }

 private:
  TensorOptions values_;
  SparsifyReportOptions options_;
  bool keep_sums_ = false;
  bool edges_ = false;
  std::string features_out_;

  SparsifyOptions& sparsify() { return options_.sparsify; }
  RowCriteria& row() { return options_.sparsify.row; }
  PatternCriteria& pattern() { return options_.sparsify.pattern; }
  const PatternCriteria& pattern() const { return options_.sparsify.pattern; }
};

}  // namespace

std::unique_ptr<Command> sparsify_command() { return std::make_unique<SparsifyCommand>(); }

}  // namespace attngraph

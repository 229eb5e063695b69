#include "report/questions/compare.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class CompareCommand : public Command {
 public:
  Manual manual() const override {
    return {"compare",
            "How alike are heads, or two files?",
            {{"attngraph compare data/minilm/cats/attention.npy --layer 0",
              "the Jensen-Shannon divergence of every pair of heads"},
             {"attngraph compare data/minilm/cats/attention.npy --against "
              "data/minilm/cats/attention_f16.npy",
              "each head with the same head of another file"},
             {"attngraph compare data/minilm/cats/attention.npy -o alike.svg",
              "the distances of all heads under the dendrogram"}},
            answers::rows_arrays_and_pictures,
            InputKind::attention,
            {.row_sums = RowSums::one}};
  }

  void declare(OptionTable& options) override {
    options.text("--against", against_, "compare with the same heads of this file", "FILE");
    options.count("--cluster", options_.clusters,
                  "so many clusters, by average linkage on the square root of the divergence");
    options.flag("--merges", options_.merges, "the merges of the clustering, as SciPy's linkage");
  }

  void check(const Asked& asked) const override {
    if (!against_.empty() && (options_.clusters || options_.merges)) {
      throw ArgumentError("--against", "does not go with --cluster or --merges");
    }
    asked.at_most_one({"cluster", "merges"});
    if (is_seen(asked.form())) {
      asked.refuse({"cluster", "merges"}, "gives rows, a picture shows the whole tree");
    }
    asked.remark_idle_tokens();
    if (asked.form() == Form::matrices) {
      asked.refuse({"against", "cluster"}, "gives rows, not an array",
                   "an array holds js of every two heads, or with --merges the linkage");
    }
    if (options_.clusters == std::size_t{0}) {
      throw ArgumentError("--cluster", "is 0, expected 1 or more");
    }
  }

  AnswerColumns columns() const override {
    return against_.empty() ? compare_columns(options_) : compare_columns_against();
  }
  std::vector<AnswerColumns> every_columns() const override {
    return {compare_columns({}), asked_by("$against", compare_columns_against()),
            asked_by("$cluster", compare_columns({.clusters = 1})),
            asked_by("$merges", compare_columns({.merges = true}))};
  }

  void answer(Job& job) override {
    const Attention stack = job.attention();
    if (against_.empty()) return compare_report(stack, options_, job.sink());
    compare_report(stack, job.stack_of(against_), job.sink());
  }

 private:
  std::string against_;
  CompareOptions options_;
};

}  // namespace

std::unique_ptr<Command> compare_command() { return std::make_unique<CompareCommand>(); }

}  // namespace attngraph

#include "report/questions/inspect.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/options.hpp"
#include "output/option_notation.hpp"

namespace attngraph {
namespace {

class InspectCommand : public Command {
 public:
  Manual manual() const override {
    return {"inspect",
            "What is in this file, and is it what I think?",
            {{"attngraph inspect data/minilm/cats/attention.npy", "shape, axes, row sums, verdict"},
             {"attngraph inspect data/minilm/cats/attention.npy --per-head --csv",
              "one row for each head"},
             {"attngraph inspect data/minilm/cats/per_layer.npz --strict -q",
              "in a script: status 3 where something is wrong"}},
            answers::rows,
            InputKind::file};
  }

  void declare(OptionTable& options) override {
    options.flag("--per-head", per_head_, "one row for each head, with its verdict");
    options.flag("--strict", options_.strict, "fail where something is wrong");
    options.flag("-v,--verbose", all_tokens_, "list every token");
  }

  void check(const Asked& asked) const override {
    const bool card = asked.format().reader == Reader::person && !per_head_;
    if (card) {
      asked.refuse({"digits", "columns", "sort", "reverse", "top"},
                   "is about columns; the table of a file has its properties",
                   "$per-head and $csv have columns");
    } else {
      asked.refuse({"verbose"}, "lists what is under the other properties of a file, in a table");
    }
    asked.refuse({"fuse", "words", "drop-special", "segments", "renormalize", "normalize"},
                 "changes weights, inspect looks at those of the file");
  }

  AnswerColumns columns() const override {
    return inspect_columns(per_head_ ? InspectLayout::heads : InspectLayout::tensors);
  }
  std::vector<AnswerColumns> every_columns() const override {
    return {inspect_columns(InspectLayout::tensors),
            asked_by("$per-head", inspect_columns(InspectLayout::heads))};
  }

  void answer(Job& job) override {
    const bool for_a_person = job.format().reader == Reader::person;
    options_.layout = per_head_      ? InspectLayout::heads
                      : for_a_person ? InspectLayout::card
                                     : InspectLayout::tensors;
    options_.all_tokens = all_tokens_;
    options_.wording = in_dashes;
    if (job.common().computed.given()) {
      inspect_report(job.attention(), options_, job.sink());
      return;
    }
    options_.request = job.labelled_request();
    inspect_report(job.dump(), options_, job.sink());
  }

 private:
  bool per_head_ = false;
  bool all_tokens_ = false;
  InspectOptions options_;
};

}  // namespace

std::unique_ptr<Command> inspect_command() { return std::make_unique<InspectCommand>(); }

}  // namespace attngraph

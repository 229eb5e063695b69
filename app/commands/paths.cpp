#include "report/questions/paths.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "input/transition_input.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class PathsCommand : public Command {
 public:
  Manual manual() const override {
    return {"paths",
            "By which routes does an input reach an output through all layers?",
            {{"attngraph paths data/deck/10-11-layered-flow/attention.npy --axes layer,query,key "
              "--from 0 --to 5",
              "the ten most probable, written from the output down to the input"},
             {"attngraph paths data/minilm/cats/attention.npy --tokens "
              "data/minilm/cats/tokens.json --from 2 --to 0 --count 3",
              "with labels"},
             {"attngraph paths data/small/gpt/attention.npy --from 0 --to last --count 100 --csv",
              "a hundred routes cover little of the rollout"}},
            answers::rows,
            InputKind::attention,
            {.row_sums = RowSums::one, .merging = Merging::answer}};
  }

  void declare(OptionTable& options) override {
    options.text("--from", options_.from, "the input: index or label", "TOKEN");
    options.text("--to", options_.to, "the output: index, label, or last", "TOKEN");
    options.count("--count", options_.count, "how many routes");
    declare_layers(options, options_.transition.residual, options_.start_layer, options_.end_layer);
  }

  void check(const Asked&) const override {
    const auto check_token = [](const std::string& token, const char* option) {
      if (!token.empty()) return;
      throw ArgumentError(option, "is missing, expected a token's index or label");
    };
    check_token(options_.from, "--from");
    check_token(options_.to, "--to");
    if (options_.count == 0) throw ArgumentError("--count", "is 0, expected 1 or more");
  }

  AnswerColumns columns() const override { return paths_columns(); }

  void answer(Job& job) override {
    if (!job.common().computed.given() && job.dump().attributions) {
      const bool of_layers =
          options_.start_layer || options_.end_layer || options_.transition.residual != Residual();
      if (of_layers) {
        throw ArgumentError("$residual, $start-layer, $end-layer",
                            "a graph of attributions has no layers", "leave them out");
      }
      return paths_report(job.dump(), options_, job.sink());
    }
    const Attention stack = transition_stack(job, options_.transition);
    paths_report(stack, options_, job.sink());
  }

 private:
  PathsOptions options_;
};

}  // namespace

std::unique_ptr<Command> paths_command() { return std::make_unique<PathsCommand>(); }

}  // namespace attngraph

#include "report/rollout.hpp"

#include <charconv>

#include "command.hpp"
#include "core/error.hpp"
#include "job.hpp"
#include "options.hpp"

namespace attngraph {
namespace {

class RolloutCommand : public Command {
 public:
  Manual manual() const override {
    return {"rollout",
            "How much of each input reaches each output through all layers?",
            {{"attngraph rollout data/deck/11-rollout/attention.npy --axes layer,query,key "
              "--residual none",
              "the product of the layers alone"},
             {"attngraph rollout data/minilm/cats/attention.npy --target 0",
              "what the first token is made of"},
             {"attngraph rollout data/minilm/cats/attention.npy --fuse max --discard 0.9 --csv",
              "only the strongest tenth of each layer's largest heads"}},
            {Format::table, Format::csv, Format::tsv, Format::json, Format::jsonl, Format::npy,
             Format::npz}};
  }

  void declare(OptionTable& options) override {
    options.parsed(
        "--residual", "SHARE|none|add|raw", "0.5",
        [this](const std::string& text) { options_.transition.residual = residual_named(text); },
        "share of the residual connection in a layer; none; add: I + A; raw: rows of I + A "
        "normalised");
    options.number("--discard", options_.transition.discard,
                   "set this share of each layer's entries to zero, the smallest");
    options.text("--gradient", gradient_,
                 "gradients of the attention: heads become the mean of max(0, A * gradient)",
                 "FILE");
    options.flag("--prefixes", options_.prefixes, "every partial product, one for each layer");
    options.parsed("--start-layer", "LAYER", "", layer(options_.start_layer, "--start-layer"),
                   "first layer, by its index in the file");
    options.parsed("--end-layer", "LAYER", "", layer(options_.end_layer, "--end-layer"),
                   "last layer, included");
    options.text("--target", options_.target,
                 "one output only: index or label, last, or mean of all", "TOKEN");
    options.flag("--causal-null", options_.causal_null,
                 "divide by the rollout of uniform causal attention");
    options.choice("--precision", options_.precision,
                   {{"input", Precision::input}, {"double", Precision::float64}},
                   "precision of products and answer");
  }

  void answer(Job& job) override {
    RolloutOptions options = options_;
    options.limits = job.common().limits;
    StackRequest request = job.request();
    if (request.fuse) options.transition.fuse = *request.fuse;
    request.fuse.reset();
    const bool array = job.format() == Format::npy || job.format() == Format::npz;
    if (array) options.target_answer = TargetAnswer::array;
    if (!gradient_.empty()) options.transition.gradient = job.layers_of(gradient_);
    rollout_report(job.stack(request), options, job.sink());
  }

 private:
  RolloutOptions options_;
  std::string gradient_;

  static std::function<void(const std::string&)> layer(std::optional<std::int64_t>& layer,
                                                       const std::string& option) {
    return [&layer, option](const std::string& text) {
      std::int64_t index = 0;
      const char* end = text.data() + text.size();
      const auto read = std::from_chars(text.data(), end, index);
      if (read.ec != std::errc{} || read.ptr != end) {
        throw ArgumentError(option, "'" + text + "' is not the index of a layer");
      }
      layer = index;
    };
  }
};

}  // namespace

std::unique_ptr<Command> rollout_command() { return std::make_unique<RolloutCommand>(); }

}  // namespace attngraph

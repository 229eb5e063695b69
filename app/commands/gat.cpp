#include "report/questions/gat.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class GatCommand : public Command {
 public:
  Manual manual() const override {
    const std::string layer =
        "attngraph gat --features data/small/karate/features.npy --adjacency "
        "data/small/karate/adjacency.npy --weight data/small/karate/weight.npy --attention "
        "data/small/karate/attention_vector.npy";
    return {"gat",
            "Which neighbours does a graph attention layer attend to?",
            {{layer, "three heads on the karate club"},
             {layer + " --self-loops --csv", "where everybody knows themselves too"},
             {"attngraph gat --features data/deck/09-gat/h.npy --adjacency "
              "data/deck/09-gat/adjacency.npy --weight data/deck/09-gat/w.npy --attention "
              "data/deck/09-gat/a.npy --isolated uniform",
              "a node without neighbours attends to all alike"}},
            answers::rows_and_arrays,
            InputKind::options};
  }

  void declare(OptionTable& options) override {
    options.text("--features", features_, "[node, width]", "FILE");
    options.text("--adjacency", adjacency_,
                 "node i attends to j where [i, j] is above 0; or an edge list", "FILE");
    options.text("--weight", weight_,
                 "[width, out], v2 [2 width, out], or with heads in front; features are multiplied "
                 "from the left",
                 "FILE");
    options.text("--attention", attention_,
                 "[2 out], v2 [out], or with heads in front; the attending node's half first",
                 "FILE");
    options.text("--weight-bias", weight_bias_, "v2: [2 out], the attending node's half first",
                 "FILE");
    options.text("--output-bias", output_bias_, "added to the combined heads", "FILE");
    options.choice("--variant", layer().variant, {{"v1", GatVariant::v1}, {"v2", GatVariant::v2}},
                   "GAT, or GATv2 with the nonlinearity before the attention vector");
    options.number("--negative-slope", layer().negative_slope, "slope of LeakyReLU below 0");
    options.choice("--activation", layer().activation,
                   {{"elu", Activation::elu}, {"none", Activation::none}}, "of the output");
    options.choice("--combine", layer().combine,
                   {{"concat", Combine::concat}, {"mean", Combine::mean}},
                   "how heads become the output");
    options.flag("--self-loops", options_.self_loops, "every node attends to itself too");
    options.choice("--isolated", layer().isolated,
                   {{"zero", Isolated::nothing}, {"uniform", Isolated::uniform}},
                   "what a node without neighbours attends to: nothing, or all nodes alike");
    options.further_output("--features-out", features_out_, "write the layer's output to FILE");
  }

  void check(const Asked& asked) const override {
    if (features_.empty()) throw ArgumentError("--features", "is missing");
    if (adjacency_.empty()) throw ArgumentError("--adjacency", "is missing");
    if (options_.layer.variant == GatVariant::v1) {
      asked.refuse({"weight-bias"}, "is of the second variant, --variant v2");
    }
    if (features_out_.empty()) {
      asked.remark({"output-bias", "activation", "combine"},
                   "is about the layer's output, which --features-out writes");
    }
  }

  AnswerColumns columns() const override { return gat_columns(); }

  void answer(Job& job) override {
    GraphAttentionInput input;
    options_.limits = job.common().limits;
    input.features = job.tensor(features_);
    input.weight = job.tensor(weight_);
    input.attention = job.tensor(attention_);
    input.weight_bias = job.tensor(weight_bias_);
    input.output_bias = job.tensor(output_bias_);
    EdgeOptions edges;
    const Shape& shape = input.features.shape();
    if (shape.size() >= 2) edges.nodes = shape[shape.size() - 2];
    gat_report(input, job.file(adjacency_, edges), options_, job.sink(),
               job.second_sink(features_out_));
  }

 private:
  GatOptions options_;
  std::string features_, adjacency_, weight_, attention_, weight_bias_, output_bias_, features_out_;

  GraphAttentionOptions& layer() { return options_.layer; }
};

}  // namespace

std::unique_ptr<Command> gat_command() { return std::make_unique<GatCommand>(); }

}  // namespace attngraph

#include "report/questions/pool.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class PoolCommand : public Command {
 public:
  Manual manual() const override {
    const std::string folder = "data/deck/14-pooling/";
    const std::string weights = "attngraph pool --input " + folder + "x.npy --w1 " + folder +
                                "w1.npy --b1 " + folder + "b1.npy --w2 " + folder + "w2.npy";
    return {"pool",
            "Which nodes make the pooled vector?",
            {{weights, "three items of eight nodes"},
             {weights + " --mask " + folder + "mask.npy --csv", "without the masked nodes"},
             {weights + " --mask " + folder + "mask.npy --json", "as one JSON object"}},
            answers::rows_and_arrays,
            InputKind::options};
  }

  void declare(OptionTable& options) override {
    options.text("--input", input_, "[node, width], or a batch", "FILE");
    options.text("--w1", w1_, "first layer of the scores, [hidden, width]", "FILE");
    options.text("--b1", b1_, "its bias", "FILE");
    options.text("--w2", w2_, "second layer of the scores, [1, hidden]", "FILE");
    options.text("--mask", mask_, "non-zero takes part; [node] or [batch, node]", "FILE");
    options.text("--tokens", tokens_, "labels of the nodes: a JSON list, or one per line", "FILE");
    options.further_output("--features-out", features_out_, "write the pooled vectors to FILE");
  }

  AnswerColumns columns() const override { return pool_columns(); }

  void answer(Job& job) override {
    PoolingInput input;
    input.input = job.tensor(input_);
    input.w1 = job.tensor(w1_);
    input.b1 = job.tensor(b1_);
    input.w2 = job.tensor(w2_);
    input.mask = job.tensor(mask_);
    pool_report(input, tokens_.empty() ? std::vector<std::string>{} : job.labels(tokens_),
                job.sink(), job.second_sink(features_out_));
  }

 private:
  std::string input_, w1_, b1_, w2_, mask_, tokens_, features_out_;
};

}  // namespace

std::unique_ptr<Command> pool_command() { return std::make_unique<PoolCommand>(); }

}  // namespace attngraph

#include "report/questions/spatial.hpp"

#include "attention/computed/attend.hpp"
#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class SpatialCommand : public Command {
 public:
  Manual manual() const override {
    const std::string folder = "data/small/digits-spatial/";
    const std::string weights = "attngraph spatial --input " + folder + "x.npy --wq " + folder +
                                "wq.npy --bq " + folder + "bq.npy --wk " + folder + "wk.npy --bk " +
                                folder + "bk.npy";
    return {"spatial",
            "Attention among the pixels of a feature map.",
            {{weights, "a module trained on digits: every pixel attends to every pixel"},
             {weights + " --scale 0.5 --csv", "with scaled scores"},
             {weights + " --json", "as one JSON object"}},
            answers::rows_and_arrays,
            InputKind::options};
  }

  void declare(OptionTable& options) override {
    options.text("--input", input_, "feature map [channel, height, width], or a batch", "FILE");
    options.text("--wq", wq_, "convolution of queries, [out, channel] or [out, channel, 1, 1]",
                 "FILE");
    options.text("--bq", bq_, "its bias", "FILE");
    options.text("--wk", wk_, "convolution of keys", "FILE");
    options.text("--bk", bk_, "its bias", "FILE");
    options.text("--wv", wv_, "convolution of values, as many out as channels", "FILE");
    options.text("--bv", bv_, "its bias", "FILE");
    options.text("--gamma", gamma_, "how much of the attended values joins the input",
                 "NUMBER|FILE");
    options.parsed(
        "--scale", "NUMBER|none", "none",
        [this](const std::string& text) { options_.scale = *scale_named(text).factor; },
        "what products are multiplied with");
    options.further_output("--features-out", features_out_,
                           "write gamma * attended + input to FILE");
  }

  void check(const Asked& asked) const override {
    if (features_out_.empty()) {
      asked.remark({"wv", "bv", "gamma"}, "makes the module's output, which --features-out writes");
    } else if (wv_.empty() || gamma_.empty()) {
      throw ArgumentError("--features-out", "needs --wv and --gamma");
    }
  }

  AnswerColumns columns() const override { return spatial_columns(); }

  void answer(Job& job) override {
    SpatialInput input;
    options_.limits = job.common().limits;
    input.input = job.tensor(input_);
    input.wq = job.tensor(wq_);
    input.bq = job.tensor(bq_);
    input.wk = job.tensor(wk_);
    input.bk = job.tensor(bk_);
    input.wv = job.tensor(wv_);
    input.bv = job.tensor(bv_);
    input.gamma = job.number_or_tensor(gamma_);
    spatial_report(input, options_, job.sink(), job.second_sink(features_out_));
  }

 private:
  SpatialOptions options_;
  std::string input_, wq_, bq_, wk_, bk_, wv_, bv_, gamma_, features_out_;
};

}  // namespace

std::unique_ptr<Command> spatial_command() { return std::make_unique<SpatialCommand>(); }

}  // namespace attngraph

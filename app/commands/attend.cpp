#include "report/attend.hpp"

#include "command.hpp"
#include "job.hpp"
#include "options.hpp"

namespace attngraph {
namespace {

class AttendCommand : public Command {
 public:
  Manual manual() const override {
    return {"attend",
            "Attention weights, and the features they make, from queries and keys or projections.",
            {{"attngraph attend --query data/deck/03-attention/query.npy --key "
              "data/deck/03-attention/key.npy",
              "weights of one head, scaled by 1/sqrt(width)"},
             {"attngraph attend --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
              "--causal --top-k 3 --csv",
              "the three largest weights of every query, without storing a matrix"},
             {"attngraph attend --input data/deck/07-self-attention-module/x.npy --wq "
              "data/deck/07-self-attention-module/wq.npy --wk "
              "data/deck/07-self-attention-module/wk.npy --heads 4 --shared-projection",
              "two items of a batch through the projections of a layer"}},
            {Format::table, Format::csv, Format::tsv, Format::json, Format::jsonl, Format::npy,
             Format::npz},
            InputKind::options};
  }

  void declare(OptionTable& options) override {
    options.group("Queries, keys and values");
    options.text("--query", query_,
                 "[token, width]; [head, token, width], or batch first with --heads or "
                 "projections; [layer, head, token, width]; after rotary embedding",
                 "FILE");
    options.text("--key", key_, "as many axes; query heads may share key heads in groups", "FILE");
    options.text("--value", value_, "needed for --features-out", "FILE");
    options.text("--input", input_, "what all three are projected from", "FILE");
    options.text("--wq", wq_, "projection of queries, [out, in] as PyTorch stores it", "FILE");
    options.text("--wk", wk_, "projection of keys", "FILE");
    options.text("--wv", wv_, "projection of values", "FILE");
    options.text("--wo", wo_, "projection of the concatenated heads", "FILE");
    options.text("--bq", bq_, "bias of queries", "FILE");
    options.text("--bk", bk_, "bias of keys", "FILE");
    options.text("--bv", bv_, "bias of values", "FILE");
    options.text("--bo", bo_, "bias of the output", "FILE");
    options.count("--heads", attention().heads, "heads that lie side by side in the last axis");
    options.flag("--shared-projection", attention().shared_projection,
                 "every head goes through the same [width of a head, width of a head]");
    declare_rules(options);
    options.group("Answer");
    options.count("--top-k", options_.top_k,
                  "only the K largest weights of each query, as they are");
    options.text("--features-out", features_out_, "write the output features to FILE", "FILE");
    options.choice("--precision", attention().precision,
                   {{"input", Precision::input}, {"double", Precision::float64}},
                   "precision of products and weights");
  }

  void answer(Job& job) override {
    AttendInput input;
    input.query = job.tensor(query_);
    input.key = job.tensor(key_);
    input.value = job.tensor(value_);
    input.input = job.tensor(input_);
    input.wq = job.tensor(wq_);
    input.wk = job.tensor(wk_);
    input.wv = job.tensor(wv_);
    input.wo = job.tensor(wo_);
    input.bq = job.tensor(bq_);
    input.bk = job.tensor(bk_);
    input.bv = job.tensor(bv_);
    input.bo = job.tensor(bo_);
    input.mask = job.tensor(mask_);
    input.bias = job.tensor(bias_);
    input.sink_logits = job.tensor(sink_logits_);
    attention().causal = causal_.value_or(false);
    attend_report(input, options_, job.sink(), job.second_sink(features_out_));
  }

 private:
  AttendReportOptions options_;
  std::optional<bool> causal_;
  std::string query_, key_, value_, input_, wq_, wk_, wv_, wo_, bq_, bk_, bv_, bo_;
  std::string mask_, bias_, sink_logits_, features_out_;

  AttendOptions& attention() { return options_.attention; }

  void declare_rules(OptionTable& options) {
    options.group("Scores");
    options.parsed(
        "--scale", "NUMBER|none", "1/sqrt(width of a head)",
        [this](const std::string& text) { attention().scale = scale_named(text); },
        "what products are multiplied with");
    options.yes_or_no("--causal", causal_,
                      "a query sees keys up to its own place; aligned at the end where there are "
                      "more keys than queries");
    options.text("--mask", mask_,
                 "non-zero may attend (the opposite of PyTorch's MultiheadAttention); broadcasts "
                 "to [layer, head, query, key]",
                 "FILE");
    options.text("--bias", bias_, "added to the scores; -inf masks", "FILE");
    options.count("--window", attention().window,
                  "a query sees the W keys nearest to it, itself included");
    options.number("--softcap", attention().softcap, "scores become c*tanh(score/c)");
    options.text("--sink-logits", sink_logits_,
                 "a score of each head that joins the sum without a key", "FILE");
    options.choice("--normalizer", attention().normalizer,
                   {{"softmax", Normalizer::softmax},
                    {"sparsemax", Normalizer::sparsemax},
                    {"entmax15", Normalizer::entmax15}},
                   "what turns scores into weights");
  }
};

}  // namespace

std::unique_ptr<Command> attend_command() { return std::make_unique<AttendCommand>(); }

}  // namespace attngraph

#include "report/questions/evict.hpp"

#include <algorithm>

#include "command.hpp"
#include "core/error.hpp"
#include "formats/rules.hpp"
#include "input/job.hpp"
#include "options/attention_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class EvictCommand : public Command {
 public:
  Manual manual() const override {
    return {"evict",
            "Which keys could a cache forget, and what is lost?",
            {{"attngraph evict data/small/gpt/attention.npy --layer 1 --head 0 --budget 8",
              "a prompt of half the text, of which 8 keys are kept"},
             {"attngraph evict --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
              "--value data/small/gpt/value.npy --causal yes --rope none --budget 0.25,0.5 --csv",
              "from queries, keys and values: every policy, and the error of the output"},
             {"attngraph evict data/small/gpt/attention.npy --layer 1 --head 0 --budget 4 --policy "
              "tova --prompt 32 --keys --rows 5",
              "which keys a policy keeps, and their scores"}},
            answers::rows,
            InputKind::attention,
            {.row_sums = RowSums::one, .keys_suffice = true}};
  }

  void declare(OptionTable& options) override {
    auto& policy = options.list(
        "--policy", "LIST", "all",
        [this](const std::string& text) {
          options_.policies = cache_policies_named(text, "--policy");
        },
        "which of " + cache_policy_names());
    policy.choices = {"all"};
    for (const auto& one : cache_policies()) policy.choices.emplace_back(one.name);
    options.list(
        "--budget", "N|SHARE,…", "",
        [this](const std::string& text) {
          options_.budgets = cache_budgets_named(text, "--budget");
        },
        "keys of the prompt that are kept: their number, or with a decimal point their share");
    options.text("--prompt", options_.prompt,
                 "the first token behind the prompt (default: the one in the middle)", "TOKEN");
    options.count("--observe", options_.scores.observe,
                  "snapkv: how many last queries of the prompt it looks at");
    options.count("--kernel", options_.scores.kernel, "snapkv: over how many keys it smooths");
    options.count("--first", options_.scores.first,
                  "streaming and expected: keys at the front that stay");
    options.parsed(
        "--rope", "none|BASE", "", [this](const std::string& text) { take_rope(text); },
        "expected: the base of the rotary embedding in queries and keys, such as 10000");
    options.flag("--keys", options_.keys, "every key of the prompt, its score, whether it is kept");
    values_.declare(options, "value",
                    "what the weights multiply, for output_loss: [layer, head, key, width], or "
                    "[key, width] for every head");
    values_.declare(options, "wv");
    values_.declare(options, "bv");
  }

  void check(const Asked& asked) const override {
    check_options(options_);
    if (!asked.gives("wv")) asked.refuse({"bv"}, "goes with --wv");
    const auto refuse = [&](const char* option, std::initializer_list<CachePolicy> users) {
      const bool used = options_.policies.empty() ||
                        std::any_of(users.begin(), users.end(), [&](CachePolicy policy) {
                          return std::find(options_.policies.begin(), options_.policies.end(),
                                           policy) != options_.policies.end();
                        });
      if (!used) asked.refuse({option}, "is about a policy that is not asked for");
    };
    refuse("observe", {CachePolicy::snapkv});
    refuse("kernel", {CachePolicy::snapkv});
    refuse("first", {CachePolicy::streaming, CachePolicy::expected});
    refuse("rope", {CachePolicy::expected});
    if (!options_.keys && !asked.gives("prompt")) asked.remark_idle_tokens();
  }

  AnswerColumns columns() const override { return evict_columns(options_); }
  std::vector<AnswerColumns> every_columns() const override {
    EvictOptions keys;
    keys.keys = true;
    return {evict_columns({}), asked_by("$keys", evict_columns(keys))};
  }

  void answer(Job& job) override {
    EvictOptions options = options_;
    const Attention attention = job.attention(values_);
    if (!job.common().computed.given())
      options.value = job.values_beside(attention, values_.file("value"));
    evict_report(attention, options, job.sink());
  }

 private:
  TensorOptions values_;
  EvictOptions options_;

  void take_rope(const std::string& text) {
    options_.rope_known = true;
    if (text == "none") return options_.scores.rope_base.reset();
    options_.scores.rope_base = parsed<double>(text);
    if (!options_.scores.rope_base || !(*options_.scores.rope_base > 1)) {
      throw ArgumentError("--rope", "'" + text + "' is neither none nor a base above 1");
    }
  }
};

}  // namespace

std::unique_ptr<Command> evict_command() { return std::make_unique<EvictCommand>(); }

}  // namespace attngraph

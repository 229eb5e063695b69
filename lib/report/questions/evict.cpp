#include "report/questions/evict.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "attention/attention.hpp"
#include "attention/cache/prompt_tally.hpp"
#include "attention/merged_tokens.hpp"
#include "attention/positions.hpp"
#include "core/error.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/heads/cached_heads.hpp"
#include "report/parts/heads/head_values.hpp"

namespace attngraph {
namespace {

const Column policy_column{.name = "policy",
                           .type = ColumnType::text,
                           .about = "rule by which keys of the prompt are kept or forgotten",
                           .rank = 0};
const Column budget_column{.name = "budget",
                           .type = ColumnType::integer,
                           .about = "keys of the prompt that are kept, at most all",
                           .rank = 0};

/// What one policy keeps with one budget.
struct KeptRow {
  std::int64_t layer;
  HeadLabel head;
  std::string policy;
  std::size_t budget;
  double kept;
  double kept_worst;
  double output_loss;
};

Table<KeptRow> kept_table(bool fused, Known values) {
  Table<KeptRow> table{
      {columns::layer, &KeptRow::layer},
      {columns::head(fused), &KeptRow::head},
      {policy_column, &KeptRow::policy},
      {budget_column, &KeptRow::budget},
      {{.name = "kept",
        .about = "attention of the queries behind the prompt that falls on what is kept; mean",
        .rank = 0,
        .formula = "Σ A[q, k] over kept keys k and all behind the prompt, mean over q"},
       &KeptRow::kept},
      {{.name = "kept_worst", .about = "the same for the query that loses most"},
       &KeptRow::kept_worst},
      {Column{.name = "output_loss",
              .about = "how far what the heads put out is from what it was",
              .rank = 0,
              .formula = "‖AV - A'V‖_F / ‖AV‖_F, rows of A' divided by their sums"}
           .where(values),
       &KeptRow::output_loss}};
  return table;
}

struct KeyRow {
  std::int64_t layer;
  HeadLabel head;
  std::string policy;
  std::size_t budget;
  std::size_t token;
  std::string label;
  double score;
  std::int64_t kept;
};

Table<KeyRow> key_table(bool fused) {
  using enum ColumnType;
  return {{columns::layer, &KeyRow::layer},
          {columns::head(fused), &KeyRow::head},
          {policy_column, &KeyRow::policy},
          {budget_column, &KeyRow::budget},
          {columns::token, &KeyRow::token},
          {columns::label(columns::token), &KeyRow::label},
          {{.name = "score",
            .about = "by which the policy orders keys, the largest kept longest; empty where a "
                     "rule decides",
            .rank = 0},
           &KeyRow::score},
          {{.name = "kept", .type = integer, .about = "1 where the key is kept", .rank = 0},
           &KeyRow::kept}};
}

struct KeptNumbers {
  double kept, worst, loss;
};

struct KeyNumbers {
  double score;
  std::int64_t kept;
};

/// The answer of all heads, policies and budgets.
class Eviction {
 public:
  Eviction(const Attention& attention, const EvictOptions& options, Sink& sink)
      : attention_(attention), options_(options), sink_(sink), heads_(attention, options) {
    for (const CacheBudget& budget : options.budgets) {
      const std::size_t keys = budget.of(heads_.prompt());
      if (std::find(budgets_.begin(), budgets_.end(), keys) == budgets_.end()) {
        budgets_.push_back(keys);
      }
    }
    policies_ = heads_.policies(sink);
    note_window();
  }

  void kept_rows() {
    const Table<KeptRow> table =
        kept_table(attention_.fused(), heads_.has_values() ? Known::yes : Known::no);
    table.begin(sink_);
    heads_.in_order(
        sink_, [&](std::size_t i) { return kept_of(i); },
        [&](std::size_t i, const std::vector<KeptNumbers>& numbers) {
          std::vector<KeptRow> rows;
          for (std::size_t n = 0; n < numbers.size(); ++n) {
            rows.push_back({heads_.layer(i), heads_.head(i), name(n / budgets_.size()),
                            budgets_[n % budgets_.size()], numbers[n].kept, numbers[n].worst,
                            numbers[n].loss});
          }
          table.send(rows, sink_);
        });
  }

  void key_rows() {
    std::erase(policies_, CachePolicy::random);
    const Table<KeyRow> table = key_table(attention_.fused());
    table.begin(sink_);
    const std::size_t prompt = heads_.prompt();
    heads_.in_order(
        sink_, [&](std::size_t i) { return keys_of(i); },
        [&](std::size_t i, const std::vector<KeyNumbers>& numbers) {
          std::vector<KeyRow> rows;
          for (std::size_t n = 0; n < numbers.size(); ++n) {
            const std::size_t set = n / prompt, key = n % prompt;
            rows.push_back({heads_.layer(i), heads_.head(i), name(set / budgets_.size()),
                            budgets_[set % budgets_.size()], heads_.places().place(key),
                            heads_.places().label(key), numbers[n].score, numbers[n].kept});
          }
          table.send(rows, sink_);
        });
  }

 private:
  const Attention& attention_;
  const EvictOptions& options_;
  Sink& sink_;
  CachedHeads heads_;
  std::vector<CachePolicy> policies_;
  std::vector<std::size_t> budgets_;

  std::string name(std::size_t policy) const { return std::string(about(policies_[policy]).name); }

  /// A window as large as the budget leaves nothing to choose.
  void note_window() const {
    const bool asked =
        std::find(policies_.begin(), policies_.end(), CachePolicy::snapkv) != policies_.end();
    const std::size_t window = std::min(options_.scores.observe, heads_.prompt());
    const bool covered = std::any_of(budgets_.begin(), budgets_.end(),
                                     [&](std::size_t budget) { return budget <= window; });
    if (!asked || !covered) return;
    sink_.note("snapkv keeps the last " + std::to_string(window) +
               " keys first: for budgets up to that it is recent ($observe)");
  }

  KeptKeys first_of(const CacheOrder& order, std::size_t budget) const {
    KeptKeys kept{Vector::Zero(static_cast<Index>(heads_.prompt())), order.order.empty(), budget};
    for (std::size_t i = 0; i < std::min(budget, order.order.size()); ++i) {
      kept.keeps[static_cast<Index>(order.order[i])] = 1;
    }
    return kept;
  }

  std::vector<KeptNumbers> kept_of(std::size_t i) const {
    const CacheEvidence evidence = heads_.evidence(i, policies_);
    std::vector<KeptKeys> sets;
    for (const CachePolicy policy : policies_) {
      const CacheOrder order = cache_order(policy, evidence, options_.scores);
      for (const std::size_t budget : budgets_) sets.push_back(first_of(order, budget));
    }
    KeptTally tally(heads_.prompt(), sets, evidence.value);
    heads_.rows_behind_prompt(i, [&](std::span<const double> row) { tally.add(row); });
    std::vector<KeptNumbers> numbers;
    for (std::size_t s = 0; s < sets.size(); ++s) {
      numbers.push_back({tally.mean(s), tally.worst(s), tally.output_loss(s)});
    }
    return numbers;
  }

  std::vector<KeyNumbers> keys_of(std::size_t i) const {
    const CacheEvidence evidence = heads_.evidence(i, policies_);
    std::vector<KeyNumbers> numbers;
    for (const CachePolicy policy : policies_) {
      const CacheOrder order = cache_order(policy, evidence, options_.scores);
      for (const std::size_t budget : budgets_) {
        const Vector kept = first_of(order, budget).keeps;
        for (Index key = 0; key < kept.size(); ++key) {
          numbers.push_back({order.score[key], kept[key] > 0 ? 1 : 0});
        }
      }
    }
    return numbers;
  }
};

}  // namespace

void check_options(const EvictOptions& options) {
  if (options.budgets.empty()) {
    throw ArgumentError("$budget", "is missing: how many keys of the prompt are kept",
                        "write keys such as $budget 64, or a share such as $budget 0.25");
  }
  if (options.scores.observe == 0) throw ArgumentError("$observe", "is 0, expected 1 or more");
  if (options.scores.kernel == 0) throw ArgumentError("$kernel", "is 0, expected 1 or more");
}

AnswerColumns evict_columns(const EvictOptions& options) {
  if (options.keys) return {key_table(false).schema()};
  return {kept_table(false, Known::yes).schema()};
}

void evict_report(const Attention& attention, const EvictOptions& options, Sink& sink) {
  check_options(options);
  if (attention.cross()) {
    throw InputError(attention.source(), "is cross-attention, and a cache is of one text",
                     "how parts of both texts attend to each other the command segments says: "
                     "$segments");
  }
  if (!attention.causal()) {
    const std::string of_segments = hint_at_text_order(attention);
    throw InputError(
        attention.source(), "is not causal, and a cache is for queries that see no later key",
        of_segments.empty() ? "of queries and keys $causal yes says that it is" : of_segments);
  }
  if (attention.keys_alone() && !options.keys) {
    throw ArgumentError("$keys", "is missing: there are keys alone, and no weights without queries",
                        "ask which keys are kept with $keys, or name queries with $query");
  }
  if (!options.value.empty()) check_values(attention, options.value);
  if (attention.keys() == 1) {
    return options.keys ? key_table(attention.fused()).begin(sink)
                        : kept_table(attention.fused(), Known::no).begin(sink);
  }
  Eviction eviction(attention, options, sink);
  options.keys ? eviction.key_rows() : eviction.kept_rows();
}

}  // namespace attngraph

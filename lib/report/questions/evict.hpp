#pragma once

#include <string>
#include <vector>

#include "attention/cache/cache_policy.hpp"
#include "attention/cache/cache_scores.hpp"
#include "report/answer/columns.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

class Attention;
class Sink;

struct EvictOptions {
  /// Those asked for; all that the input is enough for where empty.
  std::vector<CachePolicy> policies;
  std::vector<CacheBudget> budgets;
  /// The first token behind the prompt; empty: half of the tokens are the prompt.
  std::string prompt;
  CacheScoreOptions scores;
  /// What the file says of positions in queries and keys, which `expected` must know.
  bool rope_known = false;
  /// What weights are multiplied with, where they do not know it.
  Tensor value;
  /// Every key of the prompt in place of what is kept of the weights.
  bool keys = false;
};

/// What can be known without the attention. @throws ArgumentError
void check_options(const EvictOptions& options);

/// What its rows have.
AnswerColumns evict_columns(const EvictOptions& options);

/// Which keys of a prompt a cache could forget, and what is lost of the attention behind it: rows
/// `layer,head,policy,budget,kept,kept_worst`, with values `output_loss`, for each head of keys; or
/// `layer,head,policy,budget,token,label,score,kept`. Numbers are doubles; NaN where there is none.
/// @throws InputError for attention that is not causal
/// @throws ArgumentError where a policy is named that the input is not enough for
void evict_report(const Attention& attention, const EvictOptions& options, Sink& sink);

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "attention/cache/cache_policy.hpp"
#include "attention/cache/prompt_tally.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

struct CacheScoreOptions {
  /// The last queries of the prompt that snapkv looks at, and over how many keys it smooths.
  std::size_t observe = 64;
  std::size_t kernel = 5;
  /// Keys at the front that streaming and expected keep.
  std::size_t first = 4;
  /// Base of the rotary embedding that is in queries and keys; nothing where there is none.
  std::optional<double> rope_base;
};

/// What is known about the heads that share one head of keys.
struct CacheEvidence {
  std::size_t prompt = 0;
  /// The mean over the query heads; empty where there are no weights.
  PromptMass mass;
  /// [key, width], empty where not known: as many rows as there are keys.
  Matrix key;
  Matrix value;
  /// One [query, width] for each query head, and where each query stands among the keys and in the
  /// file.
  std::vector<Matrix> queries;
  std::vector<std::size_t> query_keys;
  std::vector<std::size_t> query_places;
  /// Where the prompt ends in the file.
  std::size_t end_place = 0;
};

/// How a policy orders the keys of a prompt: it keeps the first of them.
struct CacheOrder {
  /// Keys, the one that is kept longest first; empty for random.
  std::vector<std::size_t> order;
  /// One for each key; NaN where a rule decides.
  Vector score;
};

/// @throws InputError where a width is odd that rotary embedding pairs
CacheOrder cache_order(CachePolicy policy, const CacheEvidence& evidence,
                       const CacheScoreOptions& options);

}  // namespace attngraph

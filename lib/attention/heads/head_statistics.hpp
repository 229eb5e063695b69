#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attention/heads/copy_tally.hpp"
#include "attention/heads/grid_tally.hpp"
#include "numeric/matrix.hpp"
#include "numeric/row_numbers.hpp"

namespace attngraph {

/// What one head [query, key] does, in means over the rows that are not all zero; NaN where there
/// is no such row, also of those that have what is asked about. The position of query q among the
/// keys is q, in causal attention q + keys - queries.
struct HeadStatistics {
  /// Shannon entropy of a row in nats, 0 log 0 = 0.
  double entropy = 0;
  /// Entropy over the logarithm of the keys the row sees; rows that see at least two.
  double entropy_normalized = 0;
  /// exp(entropy): the number of keys a row spreads over.
  double support = 0;
  double max_weight = 0;
  /// Sum of w |q - k|, in tokens.
  double distance = 0;
  /// Mass on the query's own position, the ones beside it, and the first key; over rows that have
  /// one.
  double self = 0;
  double previous = 0;
  double next = 0;
  double first = 0;
  /// Mass on all keys before the query's position, and on all behind it.
  double backward = 0;
  double forward = 0;
  /// Among the keys that at least half of the queries see, the one with the largest mean over the
  /// queries that see it (the lowest of equals), and that mean.
  std::size_t sink_token = 0;
  double sink_mass = 0;
  /// Mass on earlier keys with the query's own token, and on keys just behind such a key.
  double duplicate = 0;
  double induction = 0;
  /// Gini coefficient over the visible keys, where it is asked for.
  double gini = 0;
  /// Mass on keys that are neither among the first 4 nor within 64 tokens.
  double distant = 0;
  /// Share of the rows whose largest weight is on a token like the next one (CopyTally), and how
  /// attention lies on the patches of an image (GridTally); where these are asked for.
  double copy = 0;
  double grid_distance = 0;
  double spatial_entropy = 0;
};

/// Attention that puts more than this on one key counts as having a sink.
inline constexpr double sink_threshold = 0.3;

/// What is counted besides the weights themselves.
struct HeadStatisticsOptions {
  /// Query q sees keys 0 … q + keys - queries; otherwise all up to the last that any query sees,
  /// behind which padding stands.
  bool causal = false;
  /// Gini coefficients sort every row.
  bool gini = false;
  /// A number for each key, equal where the tokens are; empty without tokens.
  std::vector<std::size_t> token_classes = {};
  /// Where copying is looked for.
  CopyPlaces copy = {};
  /// How tokens lie on an image, and the query whose row is looked at there.
  std::optional<PatchGrid> grid = {};
  std::optional<std::size_t> target = {};
  /// 1 more than the last key that any query sees, where others know it than this head's.
  std::optional<std::size_t> seen_keys = {};
};

/// A number for each token, the same for equal texts.
std::vector<std::size_t> token_classes(std::span<const std::string> tokens);

/// Collects the statistics of one head from its rows, in any order, each once: from a matrix, or
/// from rows that are made and used up.
class HeadTally {
 public:
  HeadTally(std::size_t queries, std::size_t keys, const HeadStatisticsOptions& options);

  /// The weights [key] of query `q`: finite, not negative.
  void add_row(std::size_t q, const RowNumbers& weights);
  /// The statistics of the rows so far.
  HeadStatistics finish() const;

 private:
  struct Mean {
    double sum = 0;
    std::size_t count = 0;
    void add(double value) {
      sum += value;
      ++count;
    }
    double value() const {
      return count > 0 ? sum / static_cast<double>(count)
                       : std::numeric_limits<double>::quiet_NaN();
    }
  };

  std::size_t queries_;
  std::size_t keys_;
  HeadStatisticsOptions options_;
  /// Positions of each token class, ascending.
  std::vector<std::vector<std::size_t>> occurrences_;

  Mean entropy_, entropy_normalized_, support_, max_weight_, distance_;
  Mean self_, previous_, next_, first_, backward_, forward_;
  Mean duplicate_, induction_, gini_, distant_;
  std::optional<CopyTally> copy_;
  std::optional<GridTally> grid_;
  std::vector<double> key_mass_;
  /// Rows (not all zero) whose last visible key is this one.
  std::vector<std::size_t> last_visible_;

  std::size_t position(std::size_t q) const;
  std::size_t visible_keys(std::size_t q) const;
  /// 1 more than the last key that any query sees, two at least.
  std::size_t seen_keys() const;
  /// Without causal, what is counted by the keys a row sees is known at the end.
  void count_seen_keys(HeadStatistics& statistics) const;
  void add_places(std::size_t position, const RowNumbers& weights);
  double distant_mass(std::size_t position, const RowNumbers& weights) const;
  void add_repeats(std::size_t position, const RowNumbers& weights);
  void find_sink(HeadStatistics& statistics) const;
};

/// The statistics of a whole matrix [query, key].
HeadStatistics head_statistics(const Matrix& weights, const HeadStatisticsOptions& options);

}  // namespace attngraph

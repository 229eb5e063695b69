#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace attngraph {

enum class Causality { causal, bidirectional };

/// Which entries of a head sparse kernels would keep (MInference, Jiang et al. 2024; StreamingLLM,
/// Xiao et al. 2024). Patterns that are set must agree.
struct PatternCriteria {
  /// Keeps so many keys, those with the largest column sums, and so many diagonals (offsets of key
  /// from query), those with the largest sums: what is on either.
  std::optional<std::size_t> vertical = {};
  std::optional<std::size_t> slash = {};
  /// Finds both by so many last queries alone.
  std::optional<std::size_t> estimate_from = {};

  /// Keeps the first keys, and those within a window that ends at the query (without a causal mask
  /// goes as far behind it).
  struct Stream {
    std::size_t sink = 0;
    std::size_t window = 0;
  };
  std::optional<Stream> stream = {};

  /// Keeps of each row of blocks the fewest, largest first, that have this share of its sum.
  struct Blocks {
    std::size_t size = 1;
    double mass = 1;
  };
  std::optional<Blocks> blocks = {};

  bool columns_or_diagonals() const { return vertical || slash; }
  bool any() const { return columns_or_diagonals() || stream || blocks; }
  /// Choosing takes a look at the whole head first.
  bool need_sums() const { return columns_or_diagonals() || blocks; }
  /// Where a query stands among the keys makes a difference.
  bool need_places() const { return slash || stream; }
};

/// The patterns that `SINK,WINDOW` and `SIZE:MASS` mean.
/// @throws ArgumentError ($stream, $blocks) for another text
PatternCriteria::Stream stream_named(const std::string& text);
PatternCriteria::Blocks blocks_named(const std::string& text);

/// @throws ArgumentError where a pattern is outside its bounds
void check_pattern(const PatternCriteria& criteria);

/// The patterns of one head: every row is added, in order, then choose() is called once, then rows
/// are marked. A number for each key, diagonal and block of a row is held, and which blocks are
/// kept.
class HeadPattern {
 public:
  HeadPattern(const PatternCriteria& criteria, std::size_t queries, std::size_t keys,
              Causality causality);

  /// Some weights of a query. @param key_of the key of each, by its index
  template <typename KeyOf>
  void add(std::size_t query, const KeyOf& key_of, std::span<const double> weights);
  void choose();
  /// Clears `keep[i]` for what the patterns leave out.
  template <typename KeyOf>
  void mark(std::size_t query, const KeyOf& key_of, std::span<char> keep) const;

 private:
  PatternCriteria criteria_;
  std::size_t queries_;
  std::size_t keys_;
  Causality causality_;
  /// Sums of columns; of diagonals from the offset -(queries + keys) on, as no place is further.
  std::vector<double> columns_;
  std::vector<double> diagonals_;
  std::vector<char> kept_columns_;
  std::vector<char> kept_diagonals_;
  /// Of the row of blocks that is being added.
  std::vector<double> block_sums_;
  std::size_t block_row_ = 0;
  /// The kept blocks of every row of blocks.
  std::vector<std::vector<std::uint32_t>> kept_blocks_;

  std::size_t place(std::size_t query) const;
  std::size_t diagonal(std::size_t place, std::size_t key) const {
    return key + queries_ + keys_ - place;
  }
  bool is_estimated_by(std::size_t query) const;
  bool in_stream(std::size_t place, std::size_t key) const;
  void choose_blocks();
  /// 1 for each block that the row of this query keeps.
  std::vector<char> blocks_of(std::size_t query) const;
};

template <typename KeyOf>
void HeadPattern::add(std::size_t query, const KeyOf& key_of, std::span<const double> weights) {
  const std::size_t here = place(query);
  const bool sums = criteria_.columns_or_diagonals() && is_estimated_by(query);
  for (std::size_t i = 0; sums && i < weights.size(); ++i) {
    columns_[key_of(i)] += weights[i];
    diagonals_[diagonal(here, key_of(i))] += weights[i];
  }
  if (!criteria_.blocks) return;
  if (query / criteria_.blocks->size != block_row_) choose_blocks();
  block_row_ = query / criteria_.blocks->size;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    block_sums_[key_of(i) / criteria_.blocks->size] += weights[i];
  }
}

template <typename KeyOf>
void HeadPattern::mark(std::size_t query, const KeyOf& key_of, std::span<char> keep) const {
  const std::size_t here = place(query);
  const std::vector<char> blocks = criteria_.blocks ? blocks_of(query) : std::vector<char>();
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (!keep[i]) continue;
    const std::size_t key = key_of(i);
    if (criteria_.columns_or_diagonals()) {
      keep[i] = kept_columns_[key] || kept_diagonals_[diagonal(here, key)];
    }
    if (criteria_.stream) keep[i] = keep[i] && in_stream(here, key);
    if (criteria_.blocks) keep[i] = keep[i] && blocks[key / criteria_.blocks->size];
  }
}

}  // namespace attngraph

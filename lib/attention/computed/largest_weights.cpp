// The largest weights of each row, a tile of scores at a time.
//
// Requires softmax, which keeps the order of the scores. A few queries meet a few keys, which stay
// in the second cache, some rows at a time, whose scores are used up in the first: each row keeps
// what softmax needs to know (online_softmax.hpp) and its best scores. A score that could be among
// them costs an insertion, all others one comparison and one exponential. A few spare ones are
// kept, because weights that round to the same number go by key. Tiles have fixed bounds, so the
// answer has the same bits for any number of threads. Cost O(queries * visible keys * d), memory
// that of the packed keys and a tile for each thread.

#include "attention/computed/largest_weights.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>

#include "attention/computed/online_softmax.hpp"
#include "attention/computed/score_tile.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "numeric/kernels/kernels.hpp"
#include "numeric/packed_matrix.hpp"

namespace attngraph {
namespace {

constexpr Index tile_queries = 64;
constexpr std::size_t spare = 8;

/// What is known of one row so far.
template <typename Scalar>
class RowSoFar {
 public:
  explicit RowSoFar(std::size_t capacity) : capacity_(capacity) {}

  /// @param scores of keys from `first_key` on
  void add(const Scalar* scores, Index count, Index first_key) {
    if (!(softmax_.add(scores, count) > bar_)) return;
    // Few at a time, because each of them may raise the bar for the next.
    constexpr Index few = 128;
    std::array<std::int32_t, few + 1> places;
    for (Index first = 0; first < count; first += few) {
      const std::ptrdiff_t found = scalar_kernels<Scalar>().places_above(
          scores + first, std::min(few, count - first), bar_, places.data());
      for (std::ptrdiff_t i = 0; i < found; ++i) {
        insert(scores[first + places[i]], first_key + first + places[i]);
      }
    }
  }

  bool masked() const { return softmax_.masked(); }

  /// Appends the `count` largest weights of `query`.
  void finish(std::size_t count, Index query, std::optional<double> sink_logit,
              LargestWeights<Scalar>& found) const {
    const auto [shift, factor] = softmax_.scale(sink_logit);
    std::vector<Scalar> weights;
    for (const Scored& scored : best_) weights.push_back(scored.score);
    const auto size = static_cast<std::ptrdiff_t>(weights.size());
    scalar_kernels<Scalar>().exponentials(weights.data(), size, shift);
    scalar_kernels<Scalar>().scale(weights.data(), size, factor);
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return weights[a] > weights[b] || (weights[a] == weights[b] && best_[a].key < best_[b].key);
    });
    order.resize(std::min(order.size(), count));
    for (const std::size_t i : order) {
      if (weights[i] == 0) break;
      found.query.push_back(query);
      found.key.push_back(best_[i].key);
      found.weight.push_back(weights[i]);
    }
  }

 private:
  static constexpr Scalar lowest = -std::numeric_limits<Scalar>::infinity();
  struct Scored {
    Scalar score;
    std::int32_t key;
  };

  std::size_t capacity_;
  OnlineSoftmax<Scalar> softmax_;
  /// Falling; equal ones by key.
  std::vector<Scored> best_;
  /// What a score must exceed to be among them.
  Scalar bar_ = lowest;

  void insert(Scalar score, Index key) {
    if (!(score > bar_)) return;
    if (best_.size() < capacity_) best_.emplace_back();
    auto place = best_.end() - 1;
    for (; place != best_.begin() && score > (place - 1)->score; --place) *place = *(place - 1);
    *place = {score, static_cast<std::int32_t>(key)};
    if (best_.size() == capacity_) bar_ = best_.back().score;
  }
};

template <typename Scalar>
class Finder {
 public:
  Finder(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key, const RowRules& rules,
         std::size_t count)
      : query_(query), keys_(PackedMatrix<Scalar>::transposed(key)), rules_(rules), count_(count) {}

  Index tiles() const { return (query_.rows() + tile_queries - 1) / tile_queries; }

  /// The largest weights of some queries; counts fully masked rows.
  LargestWeights<Scalar> largest(Index tile, Index& masked_rows) const {
    const Index first = tile * tile_queries;
    const Index rows = std::min(tile_queries, query_.rows() - first);
    std::vector<RowSoFar<Scalar>> so_far(static_cast<std::size_t>(rows),
                                         RowSoFar<Scalar>(count_ + spare));
    for_each_score_stretch(query_, keys_, rules_.scores, first, rows,
                           [&](Index row, const Scalar* scores, Index columns, Index first_key) {
                             so_far[static_cast<std::size_t>(row)].add(scores, columns, first_key);
                           });
    LargestWeights<Scalar> found;
    for (Index row = 0; row < rows; ++row) {
      const auto& known = so_far[static_cast<std::size_t>(row)];
      known.masked() ? void(++masked_rows)
                     : known.finish(count_, first + row, rules_.sink_logit, found);
    }
    return found;
  }

 private:
  const MatrixOf<Scalar>& query_;
  const PackedMatrix<Scalar> keys_;
  const RowRules& rules_;
  const std::size_t count_;
};

}  // namespace

template <typename Scalar>
Index for_each_largest_weights(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key,
                               const RowRules& rules, std::size_t count,
                               const std::function<void(const LargestWeights<Scalar>&)>& visit) {
  assert(rules.normalizer == Normalizer::softmax && count >= 1 && count <= most_largest_weights);
  const Finder<Scalar> finder(query, key, rules, count);
  const std::size_t places = results_in_flight();
  std::vector<LargestWeights<Scalar>> found(places);
  std::vector<Index> masked(places, 0);
  parallel_in_order(
      static_cast<std::size_t>(finder.tiles()),
      [&](std::size_t i) {
        check_stop();
        found[i % places] = finder.largest(static_cast<Index>(i), masked[i % places]);
      },
      [&](std::size_t i) { visit(found[i % places]); });
  return std::accumulate(masked.begin(), masked.end(), Index{0});
}

template Index for_each_largest_weights<float>(
    const MatrixF&, const MatrixF&, const RowRules&, std::size_t,
    const std::function<void(const LargestWeights<float>&)>&);
template Index for_each_largest_weights<double>(
    const Matrix&, const Matrix&, const RowRules&, std::size_t,
    const std::function<void(const LargestWeights<double>&)>&);

}  // namespace attngraph

// Both directions between tokens, a part of them at a time.
//
// Requires finite weights. F_ab needs A_ab, which comes with row a, and A_ba, which comes with row
// b > a. In a causal head the first is 0, so rows are all there is. Otherwise the part of A right
// of the diagonal meets the one below it, tile by tile. Cost O(n²), and what making the weights
// costs.

#include "attention/pairs/pair_rows.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "attention/attention.hpp"
#include "attention/head_parts.hpp"
#include "attention/positions.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

constexpr Index tile_tokens = 128;

/// Puts the weights of the other direction [column, row] to those of one.
void put_together(Matrix& weights, const Matrix& back, Symmetrize symmetrize) {
  switch (symmetrize) {
    case Symmetrize::sum:
      weights += back.transpose();
      break;
    case Symmetrize::max:
      weights = weights.cwiseMax(back.transpose());
      break;
    case Symmetrize::min:
      weights = weights.cwiseMin(back.transpose());
      break;
    case Symmetrize::none:
      break;
  }
}

/// The place of a query among the keys; in cross-attention its index.
std::size_t row_of(const Attention& attention, Index query) {
  const auto index = static_cast<std::size_t>(query);
  if (attention.cross()) return index;
  return position_of(index, attention.queries(), attention.keys());
}

/// The scores of some rows, piece by piece where they lie.
class Pieces {
 public:
  /// @param zeros one for each key
  Pieces(const Vector& zeros, Index rows) : zeros_(zeros) {
    own_.reserve(static_cast<std::size_t>(rows));
  }

  void add(std::size_t row, std::size_t first, std::span<const double> scores) {
    if (!scores.empty()) pieces_.push_back({row, first, scores});
  }
  void add_zeros(std::size_t row, std::size_t first, std::size_t end) {
    if (first < end) add(row, first, {zeros_.data(), end - first});
  }
  void add_own(std::size_t row, double score) {
    own_.push_back(score);
    add(row, row, {&own_.back(), 1});
  }

  const std::vector<PairRow>& all() const { return pieces_; }

 private:
  const Vector& zeros_;
  std::vector<double> own_;
  std::vector<PairRow> pieces_;
};

/// Keys [first, end) of a row, of which the block has those from `first_key` on.
void add_weights(Pieces& pieces, std::size_t row, std::size_t end, std::size_t first_key,
                 std::span<const double> weights) {
  const std::size_t begin = std::min(first_key, end);
  const std::size_t shown = std::min(end, first_key + weights.size());
  pieces.add_zeros(row, 0, begin);
  if (begin < shown) pieces.add(row, begin, weights.first(shown - begin));
  pieces.add_zeros(row, std::max(begin, shown), end);
}

/// The end of some work, and what lives until then.
std::function<void()> kept(std::shared_ptr<const void> until_then, std::function<void()> ending) {
  if (!ending) return nullptr;
  return [until_then = std::move(until_then), ending = std::move(ending)] { ending(); };
}

/// Rows as they are: A itself, or a causal head, where nothing stands in the other direction.
void for_each_row(const Attention& attention, std::size_t l, std::size_t h, Symmetrize symmetrize,
                  const WorkOnPairs& work) {
  const Vector zeros = Vector::Zero(static_cast<Index>(attention.keys()));
  attention.rows_in_parallel(l, h, [&](const RowBlock<double>& block) {
    check_stop();
    const auto first_key = static_cast<std::size_t>(block.first_key);
    const auto columns = static_cast<std::size_t>(block.weights.cols());
    const auto pieces = std::make_shared<Pieces>(zeros, block.weights.rows());
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const std::size_t row = row_of(attention, block.first_query + r);
      const std::span<const double> weights(block.weights.row(r).data(), columns);
      if (symmetrize == Symmetrize::none) {
        add_weights(*pieces, row, attention.keys(), first_key, weights);
        continue;
      }
      symmetrize == Symmetrize::min ? pieces->add_zeros(row, 0, row)
                                    : add_weights(*pieces, row, row, first_key, weights);
      const bool shown = first_key <= row && row < first_key + columns;
      const double own = shown ? weights[row - first_key] : 0;
      pieces->add_own(row, symmetrize == Symmetrize::sum ? own + own : own);
    }
    return kept(pieces, work(pieces->all()));
  });
}

}  // namespace

/// Tiles of tokens by tokens, on and right of the diagonal.
class SymmetricTiles {
 public:
  SymmetricTiles(const Attention& attention, std::size_t l, std::size_t h, Symmetrize symmetrize)
      : parts_(attention.parts(l, h)),
        symmetrize_(symmetrize),
        tokens_(static_cast<Index>(attention.keys())),
        first_row_(tokens_ - static_cast<Index>(attention.queries())) {
    for (Index row = 0; row < tokens_; row += tile_tokens) {
      for (Index column = row; column < tokens_; column += tile_tokens) {
        places_.emplace_back(row, column);
      }
    }
  }

  std::size_t count() const { return places_.size(); }

  std::function<void()> visit(std::size_t i, const WorkOnPairs& work) const {
    const auto [begin, across] = places_[i];
    const auto scores = std::make_shared<const Matrix>(tile(begin, across));
    std::vector<PairRow> rows;
    for (Index r = 0; r < scores->rows(); ++r) {
      const Index skipped = across == begin ? r : 0;
      rows.push_back(
          {static_cast<std::size_t>(begin + r),
           static_cast<std::size_t>(across + skipped),
           {scores->row(r).data() + skipped, static_cast<std::size_t>(scores->cols() - skipped)}});
    }
    return kept(scores, work(rows));
  }

 private:
  std::unique_ptr<HeadParts> parts_;
  Symmetrize symmetrize_;
  Index tokens_;
  /// Tokens before it are no queries.
  Index first_row_;
  /// Where each tile begins: its row and its column.
  std::vector<std::pair<Index, Index>> places_;

  Index end_of_tile(Index begin) const { return std::min(begin + tile_tokens, tokens_); }

  Matrix tile(Index row, Index column) const {
    Matrix scores = weights(row, column);
    put_together(scores, row == column ? Matrix(scores) : weights(column, row), symmetrize_);
    return scores;
  }

  /// Zeros for tokens that are no queries.
  Matrix weights(Index row, Index column) const {
    const Index rows = end_of_tile(row) - row, columns = end_of_tile(column) - column;
    const Index missing = std::clamp<Index>(first_row_ - row, 0, rows);
    if (missing == 0) return parts_->part({row - first_row_, column, rows, columns});
    Matrix some = Matrix::Zero(rows, columns);
    if (missing < rows)
      some.bottomRows(rows - missing) = parts_->part({0, column, rows - missing, columns});
    return some;
  }
};

PairScores::PairScores(const Attention& attention, std::size_t l, std::size_t h,
                       Symmetrize symmetrize)
    : attention_(attention), l_(l), h_(h), symmetrize_(symmetrize) {
  if (directed() || attention.causal()) return;
  tiles_ = std::make_unique<SymmetricTiles>(attention, l, h, symmetrize);
}

PairScores::~PairScores() = default;

std::size_t PairScores::rows() const { return std::max(attention_.queries(), attention_.keys()); }
std::size_t PairScores::columns() const { return attention_.keys(); }

void PairScores::visit(const WorkOnPairs& work) const {
  if (!tiles_) return for_each_row(attention_, l_, h_, symmetrize_, work);
  const std::size_t places = results_in_flight();
  std::vector<std::function<void()>> endings(places);
  parallel_in_order(
      tiles_->count(),
      [&](std::size_t i) {
        check_stop();
        endings[i % places] = tiles_->visit(i, work);
      },
      [&](std::size_t i) {
        const auto ending = std::exchange(endings[i % places], nullptr);
        if (ending) ending();
      });
}

PairSummation::PairSummation(const PairScores& scores)
    : directed_(scores.directed()),
      rows_(Vector::Zero(static_cast<Index>(scores.rows()))),
      columns_(Vector::Zero(static_cast<Index>(scores.columns()))) {}

PairSummation::Part PairSummation::part(const std::vector<PairRow>& rows) const {
  std::size_t top = rows.front().row, bottom = top, first = rows.front().first, end = first;
  for (const PairRow& row : rows) {
    top = std::min(top, row.row);
    bottom = std::max(bottom, row.row);
    first = std::min(first, row.first);
    end = std::max(end, row.first + row.scores.size());
  }
  Part part{{static_cast<Index>(top), Vector::Zero(static_cast<Index>(bottom - top + 1))},
            {static_cast<Index>(first), Vector::Zero(static_cast<Index>(end - first))}};
  for (const PairRow& row : rows) {
    double* sums = part.columns.sums.data() + (row.first - first);
    part.rows.sums[static_cast<Index>(row.row - top)] +=
        kernels()
            .f64_rows
            .scan(reinterpret_cast<const std::byte*>(row.scores.data()),
                  static_cast<std::ptrdiff_t>(row.scores.size()), sums)
            .sum;
    // A token with itself counts once.
    const bool own = row.first <= row.row && row.row < row.first + row.scores.size();
    if (!directed_ && own) sums[row.row - row.first] -= row.scores[row.row - row.first];
  }
  return part;
}

void PairSummation::add(const Part& part) {
  rows_.segment(part.rows.first, part.rows.sums.size()) += part.rows.sums;
  columns_.segment(part.columns.first, part.columns.sums.size()) += part.columns.sums;
}

PairSums PairSummation::sums() const {
  PairSums sums{rows_, columns_, 0, true};
  if (!directed_) sums.rows = sums.columns = Vector(rows_ + columns_);
  sums.total = sums.rows.sum();
  return sums;
}

PairSums pair_sums(const PairScores& scores) {
  PairSummation summation(scores);
  scores.visit([&](const std::vector<PairRow>& rows) {
    return [&summation, part = summation.part(rows)] { summation.add(part); };
  });
  return summation.sums();
}

}  // namespace attngraph

// Weights at any place of a head that is never stored.
//
// One pass over the scores finds the largest of each row and the sum of its exponentials
// (online_softmax.hpp). After it a weight needs its own score alone. Cost O(queries * visible keys
// * d), and O(d) for each weight that is asked for.

#include "attention/computed/softmax_parts.hpp"

#include <cassert>
#include <utility>
#include <vector>

#include "attention/computed/online_softmax.hpp"
#include "attention/computed/score_tile.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

template <typename Scalar>
class SoftmaxParts : public HeadParts {
 public:
  SoftmaxParts(MatrixOf<Scalar> query, const MatrixOf<Scalar>& key, RowRules rules)
      : query_(std::move(query)),
        keys_(PackedMatrix<Scalar>::transposed(key)),
        rules_(std::move(rules)),
        scales_(static_cast<std::size_t>(query_.rows())) {
    assert(rules_.normalizer == Normalizer::softmax);
    constexpr Index rows_in_share = 64;
    const Index shares = (query_.rows() + rows_in_share - 1) / rows_in_share;
    parallel_for(static_cast<std::size_t>(shares), [&](std::size_t i) {
      check_stop();
      const Index first = static_cast<Index>(i) * rows_in_share;
      find_scales(first, std::min(rows_in_share, query_.rows() - first));
    });
  }

  Matrix part(const BlockPlace& place) const override {
    const KeyRange seen = visible_to_any(rules_.scores, query_.rows(), keys_.columns(),
                                         place.first_query, place.queries);
    if (seen.end <= place.first_key || place.first_key + place.keys <= seen.begin) {
      return Matrix::Zero(place.queries, place.keys);
    }
    const Index begin = PackedMatrix<Scalar>::first_column(place.first_key);
    const Index columns = place.first_key + place.keys - begin;
    MatrixOf<Scalar> weights(place.queries, columns);
    make_scores<Scalar>(query_, keys_, rules_.scores, {place.first_query, begin}, weights);
    for (Index row = 0; row < weights.rows(); ++row) {
      const auto [shift, factor] = scales_[static_cast<std::size_t>(place.first_query + row)];
      scalar_kernels<Scalar>().exponentials(weights.row(row).data(), columns, shift);
      scalar_kernels<Scalar>().scale(weights.row(row).data(), columns, factor);
    }
    return weights.rightCols(place.keys).template cast<double>();
  }

 private:
  MatrixOf<Scalar> query_;
  PackedMatrix<Scalar> keys_;
  RowRules rules_;
  std::vector<typename OnlineSoftmax<Scalar>::Scale> scales_;

  void find_scales(Index first, Index rows) {
    std::vector<OnlineSoftmax<Scalar>> so_far(static_cast<std::size_t>(rows));
    for_each_score_stretch(query_, keys_, rules_.scores, first, rows,
                           [&](Index row, const Scalar* scores, Index count, Index) {
                             so_far[static_cast<std::size_t>(row)].add(scores, count);
                           });
    for (Index row = 0; row < rows; ++row) {
      scales_[static_cast<std::size_t>(first + row)] =
          so_far[static_cast<std::size_t>(row)].scale(rules_.sink_logit);
    }
  }
};

}  // namespace

template <typename Scalar>
std::unique_ptr<HeadParts> softmax_parts(MatrixOf<Scalar> query, const MatrixOf<Scalar>& key,
                                         RowRules rules) {
  return std::make_unique<SoftmaxParts<Scalar>>(std::move(query), key, std::move(rules));
}

template std::unique_ptr<HeadParts> softmax_parts<float>(MatrixF, const MatrixF&, RowRules);
template std::unique_ptr<HeadParts> softmax_parts<double>(Matrix, const Matrix&, RowRules);

}  // namespace attngraph

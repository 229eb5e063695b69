// Scores of the keys of a prompt, by which caches forget some of them.
//
// Requires the evidence that a policy needs (cache_policy.hpp). Ties go to the lower key. Cost
// O(prompt · width), for `expected` with the square of the width, and a sort.

#include "attention/cache/cache_scores.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr double by_rule = std::numeric_limits<double>::quiet_NaN();

/// Keys from `begin` to `end` behind those that are there, the largest score first.
void append_by_score(const Vector& score, std::size_t begin, std::size_t end,
                     std::vector<std::size_t>& order) {
  const auto first = static_cast<std::ptrdiff_t>(order.size());
  for (std::size_t key = begin; key < end; ++key) order.push_back(key);
  std::stable_sort(order.begin() + first, order.end(), [&](std::size_t a, std::size_t b) {
    return score[static_cast<Index>(a)] > score[static_cast<Index>(b)];
  });
}

CacheOrder by_score(Vector score) {
  CacheOrder found;
  append_by_score(score, 0, static_cast<std::size_t>(score.size()), found.order);
  found.score = std::move(score);
  return found;
}

Vector without_scores(std::size_t prompt) {
  return Vector::Constant(static_cast<Index>(prompt), by_rule);
}

/// The first keys in order, then the last ones backwards.
CacheOrder first_and_recent(std::size_t prompt, std::size_t first) {
  CacheOrder found{{}, without_scores(prompt)};
  const std::size_t front = std::min(first, prompt);
  for (std::size_t key = 0; key < front; ++key) found.order.push_back(key);
  for (std::size_t key = prompt; key-- > front;) found.order.push_back(key);
  return found;
}

Vector mean_received(const CacheEvidence& evidence) {
  Vector mean = evidence.mass.received;
  for (Index j = 0; j < mean.size(); ++j) mean[j] /= static_cast<double>(mean.size() - j);
  return mean;
}

/// The window is kept first; before it the smoothed mean decides.
CacheOrder observed(const CacheEvidence& evidence, const CacheScoreOptions& options) {
  const std::size_t window = std::min(options.observe, evidence.prompt);
  const std::size_t before = evidence.prompt - window;
  CacheOrder found{{}, without_scores(evidence.prompt)};
  const auto count = static_cast<Index>(before), reach = static_cast<Index>(options.kernel / 2);
  for (Index j = 0; j < count; ++j) {
    const Index begin = std::max<Index>(j - reach, 0);
    const Index end = std::min(j - reach + static_cast<Index>(options.kernel), count);
    found.score[j] = evidence.mass.observed.segment(begin, end - begin).sum() /
                     static_cast<double>(options.kernel);
  }
  for (std::size_t key = evidence.prompt; key-- > before;) found.order.push_back(key);
  append_by_score(found.score, 0, before, found.order);
  return found;
}

/// Of rows whose squares may overflow.
Vector lengths(const Matrix& rows) {
  Vector found(rows.rows());
  for (Index i = 0; i < rows.rows(); ++i) found[i] = rows.row(i).stableNorm();
  return found;
}

/// -cos of each key with the mean direction of all.
Vector key_differences(const Matrix& keys) {
  Matrix directions = keys;
  for (auto row : directions.rowwise()) row.stableNormalize();  // a key of zeros has none
  const Vector anchor = directions.colwise().mean().transpose();
  const double size = anchor.norm();
  if (size == 0) return Vector::Zero(keys.rows());
  return -(directions * (anchor / size));
}

/// Rotary embedding of a width: pairs are halves of it, each with a frequency of its own.
class Rotation {
 public:
  Rotation(double base, Index width) : frequencies_(width / 2) {
    if (width % 2 != 0) {
      throw InputError(
          "$rope", "pairs the halves of a width, and that of the keys is " + std::to_string(width));
    }
    for (Index i = 0; i < frequencies_.size(); ++i) {
      frequencies_[i] = std::pow(base, -2 * static_cast<double>(i) / static_cast<double>(width));
    }
  }

  /// A row as it was before the embedding of this position.
  void turn_back(std::size_t position, Eigen::Ref<Vector> row) const {
    const Index half = frequencies_.size();
    for (Index i = 0; i < half; ++i) {
      const double angle = static_cast<double>(position) * frequencies_[i];
      const double one = row[i], other = row[i + half];
      row[i] = one * std::cos(angle) + other * std::sin(angle);
      row[i + half] = other * std::cos(angle) - one * std::sin(angle);
    }
  }

  /// The mean rotation over so many positions [width, width].
  Matrix mean(std::size_t first, std::size_t count) const {
    const Index half = frequencies_.size();
    Matrix rotation = Matrix::Zero(2 * half, 2 * half);
    for (Index i = 0; i < half; ++i) {
      double cosine = 0, sine = 0;
      for (std::size_t t = first; t < first + count; ++t) {
        cosine += std::cos(static_cast<double>(t) * frequencies_[i]);
        sine += std::sin(static_cast<double>(t) * frequencies_[i]);
      }
      rotation(i, i) = rotation(i + half, i + half) = cosine / static_cast<double>(count);
      rotation(i + half, i) = sine / static_cast<double>(count);
      rotation(i, i + half) = -rotation(i + half, i);
    }
    return rotation;
  }

 private:
  Vector frequencies_;
};

/// Queries of the prompt behind its first keys, before any rotation.
Matrix plain_queries(const CacheEvidence& evidence, const Matrix& queries,
                     const CacheScoreOptions& options) {
  Matrix chosen(queries.rows(), queries.cols());
  Index count = 0;
  for (Index q = 0; q < queries.rows(); ++q) {
    const std::size_t key = evidence.query_keys[static_cast<std::size_t>(q)];
    if (key < options.first || key >= evidence.prompt) continue;
    Vector row = queries.row(q).transpose();
    if (options.rope_base) {
      Rotation(*options.rope_base, row.size())
          .turn_back(evidence.query_places[static_cast<std::size_t>(q)], row);
    }
    chosen.row(count++) = row.transpose();
  }
  chosen.conservativeResize(count, Eigen::NoChange);
  return chosen;
}

/// Softmax over the keys of what a query like those of the prompt is expected to give them.
Vector expected_weights(const CacheEvidence& evidence, const Matrix& queries,
                        const CacheScoreOptions& options) {
  constexpr std::size_t positions_ahead = 512;
  const Matrix plain = plain_queries(evidence, queries, options);
  if (plain.rows() == 0) {
    throw InputError("$query", "has no query of the prompt, which expected takes the mean of");
  }
  Vector mean = plain.colwise().mean().transpose();
  const Matrix centred = plain.rowwise() - mean.transpose();
  Matrix covariance = centred.transpose() * centred / static_cast<double>(plain.rows());
  if (options.rope_base) {
    const Matrix turn =
        Rotation(*options.rope_base, mean.size()).mean(evidence.end_place, positions_ahead);
    mean = turn * mean;
    covariance = turn * covariance * turn.transpose();
  }
  const auto first = static_cast<Index>(options.first);
  const auto width = static_cast<double>(mean.size());
  const Matrix keys = evidence.key.middleRows(first, static_cast<Index>(evidence.prompt) - first);
  const Eigen::ArrayXd logits =
      (keys * mean).array() / std::sqrt(width) +
      (keys * covariance).cwiseProduct(keys).rowwise().sum().array() / (2 * width);
  const Eigen::ArrayXd weights = (logits - logits.maxCoeff()).exp();
  return weights / weights.sum();
}

CacheOrder expected(const CacheEvidence& evidence, const CacheScoreOptions& options) {
  CacheOrder found{{}, without_scores(evidence.prompt)};
  const std::size_t first = std::min(options.first, evidence.prompt);
  for (std::size_t key = 0; key < first; ++key) found.order.push_back(key);
  if (first == evidence.prompt) return found;
  Vector weights = Vector::Zero(static_cast<Index>(evidence.prompt - first));
  for (const Matrix& queries : evidence.queries) {
    weights += expected_weights(evidence, queries, options);
  }
  weights /= static_cast<double>(evidence.queries.size());
  if (!weights.allFinite()) {
    throw InputError("$key", "makes scores so large that they overflow",
                     "divide queries and keys by a power of ten");
  }
  for (Index j = 0; j < weights.size(); ++j) {
    const Index key = j + static_cast<Index>(first);
    found.score[key] = weights[j] * evidence.value.row(key).stableNorm();
  }
  append_by_score(found.score, first, evidence.prompt, found.order);
  return found;
}

}  // namespace

CacheOrder cache_order(CachePolicy policy, const CacheEvidence& evidence,
                       const CacheScoreOptions& options) {
  const auto prompt = static_cast<Index>(evidence.prompt);
  switch (policy) {
    case CachePolicy::h2o:
      return by_score(evidence.mass.received);
    case CachePolicy::mean:
      return by_score(mean_received(evidence));
    case CachePolicy::tova:
      return by_score(evidence.mass.last);
    case CachePolicy::snapkv:
      return observed(evidence, options);
    case CachePolicy::recent:
      return first_and_recent(evidence.prompt, 0);
    case CachePolicy::streaming:
      return first_and_recent(evidence.prompt, options.first);
    case CachePolicy::knorm:
      return by_score(-lengths(evidence.key.topRows(prompt)));
    case CachePolicy::keydiff:
      return by_score(key_differences(evidence.key.topRows(prompt)));
    case CachePolicy::vnorm:
      return by_score(
          mean_received(evidence).cwiseProduct(lengths(evidence.value.topRows(prompt))));
    case CachePolicy::expected:
      return expected(evidence, options);
    case CachePolicy::oracle:
      return by_score(evidence.mass.future);
    case CachePolicy::random:
      break;
  }
  return {{}, without_scores(evidence.prompt)};
}

}  // namespace attngraph

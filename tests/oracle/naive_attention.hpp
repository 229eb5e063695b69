#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

namespace attngraph::oracle {

using Rows = std::vector<std::vector<double>>;

/// Softmax, sparsemax or 1.5-entmax of one row by bisection for the threshold: slow and obvious.
/// Masked scores are -inf; a row of nothing else gives zeros.
inline std::vector<double> normalized(std::vector<double> scores, double alpha,
                                      std::optional<double> sink = std::nullopt) {
  const double inf = std::numeric_limits<double>::infinity();
  const double top = *std::max_element(scores.begin(), scores.end());
  std::vector<double> weights(scores.size(), 0);
  if (top == -inf) return weights;
  if (alpha == 1) {
    double sum = sink ? std::exp(*sink - top) : 0;
    for (const double s : scores) sum += std::exp(s - top);
    for (std::size_t i = 0; i < scores.size(); ++i) weights[i] = std::exp(scores[i] - top) / sum;
    return weights;
  }
  const double power = 1 / (alpha - 1);
  const auto weight = [&](double score, double tau) {
    const double z = (alpha - 1) * (score - top) - tau;
    return z > 0 ? std::pow(z, power) : 0;
  };
  double low = -1, high = 0;
  for (int step = 0; step < 200; ++step) {
    const double tau = (low + high) / 2;
    double sum = 0;
    for (const double s : scores) sum += weight(s, tau);
    (sum > 1 ? low : high) = tau;
  }
  for (std::size_t i = 0; i < scores.size(); ++i) weights[i] = weight(scores[i], low);
  return weights;
}

struct AttentionRules {
  double scale = 1;
  std::optional<double> softcap;
  bool causal = false;
  std::optional<long> window;
  double alpha = 1;
  std::optional<double> sink;
  /// Empty, or [query][key]
  Rows mask, bias;
};

/// The weights [query][key] of one head, entry by entry.
inline Rows attention(const Rows& query, const Rows& key, const AttentionRules& rules) {
  const long queries = static_cast<long>(query.size()), keys = static_cast<long>(key.size());
  Rows weights;
  for (long q = 0; q < queries; ++q) {
    std::vector<double> scores;
    for (long k = 0; k < keys; ++k) {
      double score =
          rules.scale * std::inner_product(query[q].begin(), query[q].end(), key[k].begin(), 0.0);
      if (rules.softcap) score = *rules.softcap * std::tanh(score / *rules.softcap);
      if (!rules.bias.empty()) score += rules.bias[q][k];
      const long position = q + keys - queries;
      bool seen = rules.mask.empty() || rules.mask[q][k] != 0;
      if (rules.causal && k > position) seen = false;
      if (rules.window && rules.causal && k <= position - *rules.window) seen = false;
      if (rules.window && !rules.causal && std::abs(position - k) >= *rules.window) seen = false;
      scores.push_back(seen ? score : -std::numeric_limits<double>::infinity());
    }
    weights.push_back(normalized(scores, rules.alpha, rules.sink));
  }
  return weights;
}

}  // namespace attngraph::oracle

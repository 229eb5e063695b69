#include "metrics/structure/reciprocity.hpp"

#include <algorithm>

namespace attngraph {
namespace {

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

}  // namespace

double reciprocity(const LinkedPairs& pairs) {
  double both = 0, edges = 0;
  for (std::size_t i = 0; i < pairs.there.size(); ++i) {
    edges += pairs.there[i] > 0 ? 1 : 0;
    both += pairs.there[i] > 0 && pairs.back[i] > 0 ? 1 : 0;
  }
  return share(both, edges);
}

double weighted_reciprocity(const LinkedPairs& pairs) {
  double both = 0, all = 0;
  for (std::size_t i = 0; i < pairs.there.size(); ++i) {
    both += std::min(pairs.there[i], pairs.back[i]);
    all += pairs.there[i];
  }
  return share(both, all);
}

double weighted_reciprocity(const Matrix& weights) {
  double both = 0, all = 0;
  for (Index i = 0; i < weights.rows(); ++i) {
    for (Index j = 0; j < i; ++j) {
      both += 2 * std::min(weights(i, j), weights(j, i));
      all += weights(i, j) + weights(j, i);
    }
  }
  return share(both, all);
}

}  // namespace attngraph

// Column j is seen by k_j = n - j queries, itself among them. What leaves it is the mean of what
// they give it, and in all layers but the last its own weight in the next one. One pass over the
// rows of two layers, O(n) memory.
#include "metrics/spectrum/layer_laplacian.hpp"

#include "attention/attention.hpp"

namespace attngraph {
namespace {

struct Columns {
  /// Sums over the other queries.
  Vector others;
  Vector self;
};

Columns columns_of(const Attention& stack, std::size_t l, std::size_t h) {
  const auto n = static_cast<Index>(stack.keys());
  Columns found{Vector::Zero(n), Vector::Zero(n)};
  stack.rows(l, h, [&](const RowBlock<double>& block) {
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const Index query = block.first_query + r;
      found.others.segment(block.first_key, block.weights.cols()) +=
          block.weights.row(r).transpose();
      found.self[query] = block.weights(r, query - block.first_key);
    }
  });
  found.others -= found.self;
  return found;
}

}  // namespace

Vector layer_laplacian(const Attention& stack, std::size_t l, std::size_t h) {
  auto [others, self] = columns_of(stack, l, h);
  const Index n = self.size();
  const Vector seen = Vector::LinSpaced(n, static_cast<double>(n), 1.0);
  if (l + 1 == stack.layers()) {
    others.head(n - 1).array() /= seen.head(n - 1).array() - 1;
    others[n - 1] = 0;
    return others;
  }
  const Vector next = columns_of(stack, l + 1, h).self;
  if (l > 0) return (others + next).cwiseQuotient(seen);
  return (others + self + next).array() / (seen.array() + 1) - self.array();
}

}  // namespace attngraph

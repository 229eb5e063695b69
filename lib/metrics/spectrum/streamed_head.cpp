#include "metrics/spectrum/streamed_head.hpp"

#include "attention/attention.hpp"
#include "attention/edges/edge_heads.hpp"

namespace attngraph {

Index StreamedHead::size() const { return static_cast<Index>(attention_.keys()); }

void StreamedHead::add(const Vector& x, Vector* forward, Vector* backward) const {
  if (const EdgeArrays* edges = attention_.edges(l_, h_)) {
    for (std::size_t i = 0; i < edges->size(); ++i) {
      const auto query = edges->source[i], key = edges->target[i];
      if (forward) (*forward)[query] += edges->weight[i] * x[key];
      if (backward) (*backward)[key] += edges->weight[i] * x[query];
    }
    return;
  }
  attention_.rows(l_, h_, [&](const RowBlock<double>& block) {
    const Index rows = block.weights.rows(), columns = block.weights.cols();
    if (forward) {
      forward->segment(block.first_query, rows).noalias() +=
          block.weights * x.segment(block.first_key, columns);
    }
    if (backward) {
      backward->segment(block.first_key, columns).noalias() +=
          block.weights.transpose() * x.segment(block.first_query, rows);
    }
  });
}

Vector StreamedHead::times(const Vector& x) const {
  Vector y = Vector::Zero(size());
  add(x, &y, nullptr);
  return y;
}

Vector StreamedHead::transposed_times(const Vector& x) const {
  Vector y = Vector::Zero(size());
  add(x, nullptr, &y);
  return y;
}

Vector StreamedHead::both_times(const Vector& x) const {
  Vector y = Vector::Zero(size());
  add(x, &y, &y);
  return y;
}

StreamedHead::Facts StreamedHead::facts() const {
  const Vector zero = Vector::Zero(size());
  Facts facts{zero, zero, zero, 0, Roots(static_cast<std::size_t>(size()))};
  const auto edge = [&](Index query, Index key, double weight) {
    facts.squares += weight * weight;
    if (query == key) {
      facts.diagonal[query] += weight;
    } else if (weight > 0) {
      facts.row_others[query] += weight;
      facts.column_others[key] += weight;
      facts.parts.join(static_cast<std::int32_t>(query), static_cast<std::int32_t>(key));
    }
  };
  if (const EdgeArrays* edges = attention_.edges(l_, h_)) {
    for_each_sparse_row(*edges, [&](const SparseRow& row) {
      for (std::size_t i = 0; i < row.keys.size(); ++i) {
        edge(static_cast<Index>(row.query), Index{row.keys[i]}, row.weights[i]);
      }
    });
    return facts;
  }
  attention_.rows(l_, h_, [&](const RowBlock<double>& block) {
    for (Index r = 0; r < block.weights.rows(); ++r) {
      for (Index c = 0; c < block.weights.cols(); ++c) {
        edge(block.first_query + r, block.first_key + c, block.weights(r, c));
      }
    }
  });
  return facts;
}

}  // namespace attngraph

#include "attention/edges/visible_keys.hpp"

#include <algorithm>

#include "attention/attention.hpp"
#include "attention/positions.hpp"

namespace attngraph {
namespace {

/// 1 more than the last key that any query of the head sees.
std::size_t seen_keys(const Attention& attention, std::size_t l, std::size_t h) {
  if (const EdgeArrays* edges = attention.edges(l, h)) {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < edges->size(); ++i) {
      if (edges->weight[i] > 0)
        seen = std::max(seen, static_cast<std::size_t>(edges->target[i]) + 1);
    }
    return seen;
  }
  Index seen = 0;
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    Index last = block.weights.cols();
    while (last > 0 && block.weights.col(last - 1).isZero(0)) --last;
    if (last > 0) seen = std::max(seen, block.first_key + last);
  });
  return static_cast<std::size_t>(seen);
}

}  // namespace

VisibleKeys::VisibleKeys(const Attention& attention, std::size_t l, std::size_t h,
                         const RowCriteria& criteria)
    : queries_(attention.queries()), keys_(attention.keys()) {
  if (!criteria.by_visible_keys()) return;
  causal_ = attention.causal();
  if (!causal_) seen_ = seen_keys(attention, l, h);
}

std::size_t VisibleKeys::of(std::size_t query) const {
  return causal_ ? keys_before(query, queries_, keys_) : seen_;
}

}  // namespace attngraph

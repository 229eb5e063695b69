#include "attention/edges/visible_keys.hpp"

#include <algorithm>

#include "attention/attention.hpp"
#include "attention/positions.hpp"

namespace attngraph {
namespace {

/// 1 more than the last key that any query of the head sees.
std::size_t keys_of_head(const Attention& attention, std::size_t l, std::size_t h) {
  Index seen = 0;
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    Index last = block.weights.cols();
    while (last > 0 && block.weights.col(last - 1).isZero(0)) --last;
    if (last > 0) seen = std::max(seen, block.first_key + last);
  });
  return static_cast<std::size_t>(seen);
}

}  // namespace

std::size_t seen_keys(const Attention& attention, std::size_t l, std::size_t h) {
  const auto of_file = attention.seen_keys();
  return of_file ? *of_file : keys_of_head(attention, l, h);
}

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

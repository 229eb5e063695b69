// Both directions between two tokens are two edges, of which a spanning tree takes the stronger: so
// max(A, Aᵀ) is never formed, and each row of A is needed once, in whichever order rows come. Time
// is O(n²), or what making the rows costs: O(n² width) of queries and keys.

#include "metrics/topology/component_bars.hpp"

#include <numeric>

#include "attention/attention.hpp"
#include "attention/positions.hpp"
#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/text/number_text.hpp"
#include "metrics/topology/spanning_tree.hpp"

namespace attngraph {
namespace {

/// The strongest edge of all is one of the tree.
void check_largest(const Attention& attention, std::size_t l, std::size_t h,
                   const std::vector<double>& weights) {
  const double most = 1 + row_sum_tolerance(attention.dtype());
  if (weights.empty() || weights.front() <= most) return;
  throw InputError(attention.place(l, h),
                   "a weight between two tokens is " + number_text(weights.front()) +
                       ", and their distance would be 1 - that, below 0",
                   "$normalize rows divides each row by its sum");
}

}  // namespace

std::vector<PersistenceBar> component_bars(const Attention& attention, std::size_t l,
                                           std::size_t h) {
  std::vector<std::int32_t> part(attention.keys());
  std::iota(part.begin(), part.end(), 0);
  return component_bars(attention, l, h, part, part.size());
}

std::vector<PersistenceBar> component_bars(const Attention& attention, std::size_t l, std::size_t h,
                                           std::span<const std::int32_t> part, std::size_t parts) {
  const std::size_t queries = attention.queries(), keys = attention.keys();
  SpanningTree tree(parts);
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    check_stop();
    const auto columns = static_cast<std::size_t>(block.weights.cols());
    const auto others = part.subspan(static_cast<std::size_t>(block.first_key), columns);
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const auto query = static_cast<std::size_t>(block.first_query + r);
      const std::int32_t here = part[position_of(query, queries, keys)];
      if (here >= 0) tree.add(here, others, {block.weights.row(r).data(), columns});
    }
  });
  const std::vector<double> weights = tree.weights();
  check_largest(attention, l, h, weights);
  std::vector<PersistenceBar> bars;
  for (const double weight : weights) {
    const PersistenceBar bar{0, 0, 1 - weight};
    if (bar.length() > 0) bars.push_back(bar);
  }
  return bars;
}

}  // namespace attngraph

#include "metrics/flow/layer_capacities.hpp"

#include <algorithm>
#include <utility>

namespace attngraph {

LayerCapacities::LayerCapacities(std::vector<Matrix> transitions)
    : tokens_(static_cast<std::size_t>(transitions.at(0).rows())),
      words_((tokens_ + 63) / 64),
      transitions_(std::move(transitions)),
      ways_((transitions_.size() + 1) * tokens_ * words_, 0) {
  for (std::size_t i = 0; i < tokens_; ++i) {
    ways_[i * words_ + i / 64] |= std::uint64_t{1} << (i % 64);
  }
  for (std::size_t level = 1; level <= layers(); ++level) {
    for (std::size_t from = 0; from < tokens_; ++from) {
      std::uint64_t* ways = ways_.data() + (level * tokens_ + from) * words_;
      const double* row = below(level).data() + from * tokens_;
      for (std::size_t to = 0; to < tokens_; ++to) {
        if (!(row[to] > 0)) continue;
        const std::uint64_t* onwards = ways_.data() + ((level - 1) * tokens_ + to) * words_;
        for (std::size_t w = 0; w < words_; ++w) ways[w] |= onwards[w];
      }
    }
  }
}

OutputReach output_reach(const LayerCapacities& capacities, std::size_t output) {
  OutputReach reach;
  reach.tokens.resize(capacities.layers() + 1);
  reach.tokens.back() = {static_cast<std::int32_t>(output)};
  Eigen::RowVectorXd arriving;
  for (std::size_t level = capacities.layers(); level > 0; --level) {
    arriving.setZero(static_cast<Index>(capacities.tokens()));
    for (const std::int32_t from : reach.tokens[level]) {
      arriving += capacities.below(level).row(from);
    }
    for (Index to = 0; to < arriving.size(); ++to) {
      if (arriving[to] > 0) reach.tokens[level - 1].push_back(static_cast<std::int32_t>(to));
    }
  }
  const double leaving =
      capacities.below(capacities.layers()).row(static_cast<Index>(output)).sum();
  for (const double arrives : arriving) reach.bound.push_back(std::min(leaving, arrives));
  return reach;
}

}  // namespace attngraph

#include "report/parts/layered_edges.hpp"

#include <algorithm>
#include <span>

#include "attention/attention.hpp"
#include "numeric/largest_entries.hpp"
#include "report/parts/answer_routes.hpp"

namespace attngraph {

LayeredEdges::LayeredEdges(const Attention& attention, LayerRange range,
                           const TransitionOptions& options)
    : attention_(attention), range_(range), tokens_(attention) {
  check_transitions(attention, options);
  transitions_ = layer_transitions(attention, range, options);
  for (const Matrix& transition : transitions_) shown_.push_back(tokens_.answer(transition));
}

std::int64_t LayeredEdges::layer(std::size_t level) const {
  return attention_.layer_index(range_.first + level - 1);
}

std::size_t LayeredEdges::set_off(std::size_t input, std::size_t output, std::size_t count) {
  const std::vector<Route> routes =
      answer_routes(transitions_, tokens_.tokens_of(input), tokens_.tokens_of(output), count).best;
  for (std::size_t r = 0; r < routes.size(); ++r) {
    const auto& tokens = routes[r].tokens;  // the output first
    for (std::size_t level = levels(); level > 0; --level) {
      const std::size_t above = levels() - level;
      const auto from = tokens_.node_of(tokens[above]), to = tokens_.node_of(tokens[above + 1]);
      if (from && to) routes_.try_emplace({level, *from, *to}, static_cast<std::int32_t>(r + 1));
    }
  }
  return routes.size();
}

LayeredEdges::Chosen LayeredEdges::below(std::size_t level, const EdgeChoice& choice) const {
  const std::size_t keys = tokens();
  const std::size_t most = std::min(choice.top_k.value_or(keys), keys);
  Chosen found;
  std::vector<char> chosen(keys);
  for (std::size_t q = 0; q < keys; ++q) {
    const std::span<const double> row(transition(level).row(static_cast<Index>(q)).data(), keys);
    std::fill(chosen.begin(), chosen.end(), most == keys);
    if (most < keys) {
      for (const std::size_t k : largest_entries(row, most)) chosen[k] = 1;
    }
    for (std::size_t k = 0; k < keys; ++k) {
      if (!(row[k] > 0)) continue;
      const auto step = routes_.find({level, q, k});
      const std::int32_t route = step == routes_.end() ? 0 : step->second;
      if (route > 0 || (chosen[k] && row[k] > choice.threshold.value_or(0))) {
        found.edges.push_back({q, k, row[k], route});
      } else {
        ++found.left_out;
      }
    }
  }
  return found;
}

}  // namespace attngraph

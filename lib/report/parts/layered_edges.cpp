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
  const auto tokens = static_cast<Index>(tokens_.inputs());
  let_flow(Vector::Constant(tokens, 1.0 / static_cast<double>(tokens)));
}

void LayeredEdges::let_flow(Vector from_outputs) {
  passing_.assign(levels() + 1, std::move(from_outputs));
  for (std::size_t level = levels(); level > 0; --level) {
    passing_[level - 1] = transition(level).transpose() * passing_[level];
  }
}

const Limits& LayeredEdges::limits() const { return attention_.limits(); }

std::int64_t LayeredEdges::layer(std::size_t level) const {
  return attention_.layer_index(range_.first + level - 1);
}

LayeredEdges::SetOff LayeredEdges::set_off(std::size_t input, std::size_t output,
                                           std::size_t count) {
  const Routes routes =
      answer_routes(transitions_, tokens_.tokens_of(input), tokens_.tokens_of(output), count);
  let_flow(Vector::Unit(static_cast<Index>(tokens()), static_cast<Index>(output)));
  SetOff result{routes.best.size(), 0, routes.total};
  for (std::size_t r = 0; r < routes.best.size(); ++r) {
    const auto& [probability, tokens] = routes.best[r];  // the output first
    result.probability += probability;
    for (std::size_t level = levels(); level > 0; --level) {
      const std::size_t above = levels() - level;
      const auto from = tokens_.node_of(tokens[above]), to = tokens_.node_of(tokens[above + 1]);
      if (!from || !to) continue;
      Step& step = steps_[{level, *from, *to}];
      if (step.route == 0) step.route = static_cast<std::int32_t>(r + 1);
      step.probability += probability;
    }
  }
  return result;
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
      const auto found_step = steps_.find({level, q, k});
      const Step step = found_step == steps_.end() ? Step{} : found_step->second;
      if (step.route > 0 || (chosen[k] && row[k] > choice.threshold.value_or(0))) {
        found.edges.push_back({q, k, row[k], step.route, step.probability,
                               passing_[level][static_cast<Index>(q)] * row[k]});
      } else {
        ++found.left_out;
      }
    }
  }
  return found;
}

}  // namespace attngraph

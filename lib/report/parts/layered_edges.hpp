#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "attention/layers/layer_transition.hpp"
#include "core/limits.hpp"
#include "graph/edge_choice.hpp"
#include "numeric/matrix.hpp"
#include "report/parts/answer_tokens.hpp"

namespace attngraph {

class Attention;

/// An entry of a transition: from a token above to one below.
struct LayeredEdge {
  std::size_t source;
  std::size_t target;
  double weight;
  /// The first of the routes set off that takes it, from 1 on; 0 where none does.
  std::int32_t route;
  /// Of all routes set off that take it, added up.
  double route_probability;
  /// The share of the outputs that comes through it: by all ways from the outputs down to its
  /// source, times its weight.
  double flow;
};

/// The edges of the graph through some layers, level by level: level 1 is the outputs of the first
/// layer, below it are the inputs. Tokens that are put together are so in every transition, after
/// it was computed.
class LayeredEdges {
 public:
  /// @param attention must live as long as this
  /// @throws InputError, ArgumentError where `options` do not suit it
  LayeredEdges(const Attention& attention, LayerRange range, const TransitionOptions& options);

  std::size_t levels() const { return transitions_.size(); }
  std::size_t tokens() const { return tokens_.inputs(); }
  const std::vector<std::string>& labels() const { return tokens_.labels(); }
  const Limits& limits() const;
  /// The index in the file of the layer that leads to a level.
  std::int64_t layer(std::size_t level) const;
  /// Ã [output, input] of that layer.
  const Matrix& transition(std::size_t level) const { return shown_[level - 1]; }

  /// What was set off.
  struct SetOff {
    std::size_t routes = 0;
    /// Of these routes, and of all there are.
    double probability = 0;
    double total = 0;
  };
  /// Sets off the edges of the `count` most probable routes. Flows are then those to this output
  /// alone.
  SetOff set_off(std::size_t input, std::size_t output, std::size_t count);

  struct Chosen {
    /// By source, then target; those of routes whatever is chosen.
    std::vector<LayeredEdge> edges;
    std::size_t left_out = 0;
  };
  /// The edges from a level to the one below it.
  Chosen below(std::size_t level, const EdgeChoice& choice) const;

 private:
  const Attention& attention_;
  LayerRange range_;
  AnswerTokens tokens_;
  /// Of all tokens, and as they are answered.
  std::vector<Matrix> transitions_, shown_;
  struct Step {
    std::int32_t route = 0;
    double probability = 0;
  };
  /// For level, output, input the routes that take the step.
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, Step> steps_;
  /// The share of the outputs that comes through each token of a level; the inputs first.
  std::vector<Vector> passing_;

  void let_flow(Vector from_outputs);
};

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

/// The capacities between the levels of a layered graph, and which token can reach which input at
/// all. Level l is what l layers have made of the inputs, level 0.
class LayerCapacities {
 public:
  /// @param transitions Ã [output, input] of each layer, the one nearest the inputs first: square,
  /// finite, not negative. At least one.
  explicit LayerCapacities(std::vector<Matrix> transitions);

  std::size_t tokens() const { return tokens_; }
  /// Levels above the inputs.
  std::size_t layers() const { return transitions_.size(); }
  /// All capacities [output, input] between `level` and the one below it.
  const Matrix& below(std::size_t level) const { return transitions_[level - 1]; }
  const std::vector<Matrix>& transitions() const { return transitions_; }

  /// Whether some way leads from a token at `level` down to `input`.
  bool reaches(std::size_t level, std::size_t token, std::size_t input) const {
    return (ways_[(level * tokens_ + token) * words_ + input / 64] >> (input % 64) & 1) != 0;
  }

 private:
  std::size_t tokens_;
  std::size_t words_;
  std::vector<Matrix> transitions_;
  /// A bit for each input, for every token of every level.
  std::vector<std::uint64_t> ways_;
};

/// What one output can send downwards.
struct OutputReach {
  /// For each level the tokens that it reaches, ascending.
  std::vector<std::vector<std::int32_t>> tokens;
  /// For each input what no flow can exceed: the row sum of the last layer at the output, or the
  /// column sum of the first layer over the queries that the output reaches.
  std::vector<double> bound;
};

OutputReach output_reach(const LayerCapacities& capacities, std::size_t output);

}  // namespace attngraph

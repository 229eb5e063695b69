#include "report/parts/answer_tokens.hpp"

namespace attngraph {

std::vector<std::size_t> AnswerTokens::tokens_of(std::size_t node) const {
  if (!merged_) return {node};
  std::vector<std::size_t> tokens;
  for (std::size_t t = 0; t < merged_->keys.tokens(); ++t) {
    if (merged_->keys.node[t] == static_cast<std::int32_t>(node)) tokens.push_back(t);
  }
  return tokens;
}

std::optional<std::size_t> AnswerTokens::node_of(std::size_t token) const {
  if (!merged_) return token;
  const std::int32_t node = merged_->keys.node[token];
  if (node == Grouping::left_out) return std::nullopt;
  return static_cast<std::size_t>(node);
}

Vector AnswerTokens::weights_of_mean() const {
  Vector weights = Vector::Zero(static_cast<Index>(tokens_));
  for (std::size_t output = 0; output < outputs(); ++output) weights += weights_of(output);
  return weights / static_cast<double>(outputs());
}

void AnswerTokens::gather_inputs(Matrix& layer) const {
  if (!merged_) return;
  for (std::size_t node = 0; node < inputs(); ++node) {
    const auto tokens = tokens_of(node);
    const auto first = static_cast<Index>(tokens.front());
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      const auto other = static_cast<Index>(tokens[i]);
      layer.col(first) += layer.col(other);
      layer.col(other).setZero();
    }
  }
}

}  // namespace attngraph

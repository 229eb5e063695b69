#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/grouped.hpp"

namespace attngraph {

/// The outputs and inputs of an answer through layers: the tokens, or what they are put together
/// to. Everything is computed on all tokens; only what is answered is merged, or left out.
class AnswerTokens {
 public:
  explicit AnswerTokens(const Attention& attention)
      : merged_(attention.merged_answer()),
        tokens_(attention.queries()),
        keys_(attention.keys()),
        labels_(merged_ ? merged_->keys.labels : attention.key_labels()),
        output_labels_(merged_ ? merged_->queries.labels : attention.query_labels()) {}

  std::size_t outputs() const { return merged_ ? merged_->queries.nodes() : tokens_; }
  std::size_t inputs() const { return merged_ ? merged_->keys.nodes() : keys_; }
  /// One for each input; in self-attention for each output too.
  const std::vector<std::string>& labels() const { return labels_; }
  /// One for each output.
  const std::vector<std::string>& output_labels() const { return output_labels_; }

  /// An answer [output, input] of an answer about all tokens.
  template <typename Scalar>
  MatrixOf<Scalar> answer(const MatrixOf<Scalar>& whole) const {
    if (!merged_) return whole;
    return grouped(whole.template cast<double>(), merged_->queries, merged_->keys)
        .template cast<Scalar>();
  }
  /// The same for one row over all tokens.
  Vector answer_row(const Vector& row) const { return merged_ ? summed(row, merged_->keys) : row; }

  /// The tokens of an output or input, ascending.
  std::vector<std::size_t> tokens_of(std::size_t node) const;
  /// The node that a token is in; nothing where it is left out.
  std::optional<std::size_t> node_of(std::size_t token) const;
  /// The share of each token in the mean over an output [token].
  Vector weights_of(std::size_t output) const {
    return merged_ ? mean_over(output, merged_->queries)
                   : Vector(Vector::Unit(static_cast<Index>(tokens_), static_cast<Index>(output)));
  }
  /// The same for the mean over all outputs.
  Vector weights_of_mean() const;

  /// Moves the weight of every key to the first token of its node, so that what ends in one of a
  /// node's tokens ends in that one.
  /// @param layer [query, key]
  void gather_inputs(Matrix& layer) const;

 private:
  const MergedTokens* merged_;
  std::size_t tokens_;
  std::size_t keys_;
  std::vector<std::string> labels_;
  std::vector<std::string> output_labels_;
};

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attention/computed/attend_input.hpp"
#include "attention/computed/largest_weights.hpp"
#include "attention/computed/projected_heads.hpp"
#include "attention/computed/row_blocks.hpp"
#include "attention/computed/scores.hpp"
#include "attention/computed/softmax_parts.hpp"
#include "numeric/normalizer.hpp"
#include "reading/arrays/axes.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// What scores are multiplied with: 1/sqrt(width of a head) unless a number is given.
struct Scale {
  std::optional<double> factor;
};

/// The scale that `text` means: `none` (1) or a number. @throws ArgumentError for another text
Scale scale_named(const std::string& text);

enum class Precision {
  /// float32 for input of float32, float16 and bfloat16, float64 for everything else.
  input,
  float64,
};

struct AttendOptions {
  /// Heads in the last axis of queries.
  std::optional<std::size_t> heads;
  Scale scale;
  bool causal = false;
  std::optional<std::size_t> window;
  std::optional<double> softcap;
  Normalizer normalizer = Normalizer::softmax;
  bool shared_projection = false;
  /// What the axes of queries, keys and values are; empty: by their number.
  Axes axes;
  /// What they were in the file, where that is another order, for the note.
  Axes file_axes;
  /// Nobody said those, so that the note names another order that fits.
  bool guessed_axes = false;
  Precision precision = Precision::input;
};

/// Scaled dot-product attention with several heads (Vaswani et al. 2017): everything that is needed
/// to make the weights of any one head, checked once. Holds views only, no numbers of its own.
class MultiHeadAttention {
 public:
  /// @throws ArgumentError, InputError where tensors are missing or do not fit together
  MultiHeadAttention(const AttendInput& input, const AttendOptions& options);

  Leading leading() const { return leading_; }
  /// Batch items or layers; 1 where there is no such axis.
  std::size_t places() const { return query_.places(); }
  /// Query heads; key heads are shared among groups of them.
  std::size_t heads() const { return query_.heads(); }
  /// Whether heads have an axis in an answer: they have one in the input, or were asked for.
  bool has_head_axis() const { return has_head_axis_; }
  std::size_t queries() const { return query_.tokens(); }
  std::size_t keys() const { return key_.tokens(); }
  bool has_values() const { return !value_.empty(); }
  /// Columns of a head's values; 0 where there are none.
  std::size_t value_width() const { return has_values() ? value_.width() : 0; }
  /// Width of the output features: heads concatenated, then the output projection.
  std::size_t output_width() const;
  bool single_precision() const { return single_precision_; }
  bool causal() const { return options_.causal; }
  /// `$axes batch,token,head,width would make 4 heads of 6 tokens`, where nobody said the axes and
  /// tokens may stand before heads; else nothing.
  std::string other_reading() const;
  /// What was assumed about the input.
  const std::vector<std::string>& notes() const { return notes_; }

  /// Whether causal, window, mask and bias hide from every query all keys behind its own position.
  bool sees_no_later_key() const;

  /// Makes the weights of one head in blocks of rows; `Scalar` is float where single_precision().
  template <typename Scalar>
  RowBlockMaker<Scalar> row_block_maker(std::size_t place, std::size_t head) const;

  /// The weights of one head in blocks of rows (for_each_row_block).
  /// @returns how many rows are fully masked
  template <typename Scalar>
  Index row_blocks(std::size_t place, std::size_t head, const VisitRows<Scalar>& visit) const {
    return for_each_row_block<Scalar>(row_block_maker<Scalar>(place, head), visit);
  }
  template <typename Scalar>
  Index row_blocks_in_parallel(std::size_t place, std::size_t head,
                               const WorkOnRows<Scalar>& work) const {
    return for_each_row_block_in_parallel<Scalar>(row_block_maker<Scalar>(place, head), work);
  }

  /// The largest weights of every query of one head (for_each_largest_weights), where
  /// has_largest_weights(count).
  /// @returns how many rows are fully masked
  template <typename Scalar>
  Index largest_weights(std::size_t place, std::size_t head, std::size_t count,
                        const std::function<void(const LargestWeights<Scalar>&)>& visit) const;
  bool has_largest_weights(std::size_t count) const {
    return softmax() && count <= most_largest_weights;
  }

  bool softmax() const { return options_.normalizer == Normalizer::softmax; }
  /// Any part of the weights of one head (softmax_parts), where softmax().
  template <typename Scalar>
  std::unique_ptr<HeadParts> parts(std::size_t place, std::size_t head) const;

  std::size_t key_width() const { return key_.width(); }
  /// The queries [query, width] of a head, and its keys [key, width].
  template <typename Scalar>
  MatrixOf<Scalar> query(std::size_t place, std::size_t head) const {
    return query_.head<Scalar>(place, head);
  }
  template <typename Scalar>
  MatrixOf<Scalar> key(std::size_t place, std::size_t head) const {
    return key_.head<Scalar>(place, key_head(head));
  }
  /// Which head of keys and values a query head shares with others.
  std::size_t key_head(std::size_t head) const { return head / (heads() / key_.heads()); }

  /// The values [key, width] that the weights of a query head multiply.
  template <typename Scalar>
  MatrixOf<Scalar> value(std::size_t place, std::size_t head) const;

  /// Concatenated heads [query, width] through the output projection, where there is one.
  template <typename Scalar>
  MatrixOf<Scalar> output(MatrixOf<Scalar> concatenated) const;

 private:
  AttendOptions options_;
  Tensor mask_, bias_, sink_logits_, wo_, bo_;
  ProjectedHeads query_, key_, value_;
  Leading leading_ = Leading::none;
  bool has_head_axis_ = false;
  /// Of the queries in the file.
  Axes axes_;
  bool single_precision_ = false;
  std::vector<std::string> notes_;

  RowRules rules(std::size_t place, std::size_t head) const;
  /// How queries and keys were read, and how else they might be.
  std::string reading_note() const;
  void check_causal_order() const;
  void check_rules();
  void check_output() const;
};

}  // namespace attngraph

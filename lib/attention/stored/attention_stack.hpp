#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "numeric/matrix.hpp"
#include "reading/grouping.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// How the heads of a layer become one matrix, entry by entry.
enum class Fuse { mean, max, min };

std::string_view fuse_name(Fuse fuse);

/// What happens to rows that do not sum to 1 (`normalize`).
enum class Normalize { check, rows, none };

/// The name of a matrix's head in an answer: its index, or `mean`, `max`, `min`.
using HeadLabel = std::variant<std::int64_t, std::string>;

/// Attention of a model on one input: [layer, head, query, key] over the tensors of a file.
/// Made once by checked_stack; what it hands out needs no further check. Holds no numbers of its
/// own: a matrix is converted when it is asked for, so memory is that of one head.
class AttentionStack {
 public:
  /// One tensor [head, query, key] for each layer, all of the same shape, at least one of each.
  explicit AttentionStack(std::vector<Tensor> layers, std::vector<std::string> tokens = {},
                          std::string source = {});

  std::size_t layers() const { return layer_indices_.size(); }
  /// Matrices a layer has here: 1 where heads are fused.
  std::size_t heads() const { return fuse_ ? 1 : head_indices_.size(); }
  std::size_t queries() const;
  std::size_t keys() const;

  /// Where layer `l` and head `h` of this selection stand in the file.
  std::int64_t layer_index(std::size_t l) const;
  HeadLabel head_label(std::size_t h) const;
  bool fused() const { return fuse_.has_value(); }
  /// Layers of the file and heads of each, beyond any selection.
  std::size_t file_layers() const { return layers_.size(); }
  std::size_t file_heads() const { return layers_.front().shape()[0]; }

  /// The weights [query, key] of one head of the selection, or of the layer's fused heads.
  Matrix head(std::size_t l, std::size_t h) const;
  /// The same numbers where they lie in the file, as long as nothing is done to them.
  Tensor numbers(std::size_t l, std::size_t h) const;
  /// The same in the numbers of the file, where those are float32 or narrower and are handed out as
  /// they stand there.
  std::optional<MatrixF> stored_head(std::size_t l, std::size_t h) const;
  /// The weights [query, key] of the layer's selected heads fused.
  Matrix fused_layer(std::size_t l, Fuse fuse) const;

  /// Token texts, one for each key; empty where the input has none.
  const std::vector<std::string>& tokens() const { return tokens_; }
  /// As tokens(), with the index as text where there are no tokens. Cross-attention (queries and
  /// keys of different number) labels queries by index.
  std::vector<std::string> key_labels() const;
  std::vector<std::string> query_labels() const;

  /// Whether no query of the whole file, beyond any selection, sees a key after itself:
  /// every weight with k > q + (keys - queries) is 0. Overridden by set_causal.
  bool causal() const;
  void set_causal(bool causal) { causal_ = causal; }

  /// The file's numbers are float32 or narrower: answers print as float32.
  bool single_precision() const;
  /// The file's number type, for tolerances.
  Dtype dtype() const;
  /// The file's name, for errors.
  const std::string& source() const { return source_; }

  /// The selection of these layers and heads (indices into the file); `fuse` makes one of the
  /// heads.
  AttentionStack selected(std::vector<std::size_t> layers, std::vector<std::size_t> heads,
                          std::optional<Fuse> fuse) const;

  /// Divides every row by its sum when a head is handed out; rows of zeros stay.
  void normalize_rows() { divide_rows_ = true; }

  /// Hands out every matrix with its tokens put together. Queries and keys must be as many.
  void set_grouping(Grouping grouping);

 private:
  std::vector<Tensor> layers_;
  std::vector<std::size_t> layer_indices_;
  std::vector<std::size_t> head_indices_;
  std::optional<Fuse> fuse_;
  std::vector<std::string> tokens_;
  std::string source_;
  bool divide_rows_ = false;
  std::optional<Grouping> grouping_;
  mutable std::optional<bool> causal_;

  Matrix file_head(std::size_t layer, std::size_t head) const;
  /// fused_layer where tokens are put together, in every head before heads are fused.
  Matrix fused_groups(std::size_t l, Fuse fuse) const;
  Tensor file_numbers(std::size_t layer, std::size_t head) const;
};

/// Calls `visit(layer_index, head_label, weights)` for every matrix of the stack in order.
void for_each_head(
    const AttentionStack& stack,
    const std::function<void(std::int64_t layer, const HeadLabel& head, Matrix weights)>& visit);

/// How far a row sum of numbers of this type may be from 1: f16 1e-3, bf16 5e-3, others 1e-5.
double row_sum_tolerance(Dtype dtype);

/// The door: every weight of the selection finite and not negative; rows that sum to 1 within the
/// row_sum_tolerance, or all zeros (masked). Below it nobody
/// checks again.
/// @returns notes, such as the worst row where sums are off by up to 10 %
/// @throws InputError with layer, head, row and column
std::vector<std::string> check_attention(const AttentionStack& stack, Normalize normalize);

}  // namespace attngraph

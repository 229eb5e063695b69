#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attention/fuse.hpp"
#include "attention/head_label.hpp"
#include "attention/row_block.hpp"
#include "core/limits.hpp"
#include "core/memory_need.hpp"
#include "numeric/matrix.hpp"
#include "reading/sides.hpp"
#include "reading/words/grouping.hpp"
#include "tensor/dump.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

struct BandWork;
class HeadMaker;
class HeadParts;
template <typename Scalar>
struct LargestWeights;
class MultiHeadAttention;

/// What happens to rows that do not sum to 1 (`normalize`).
enum class Normalize { check, rows, none };

/// Tokens put together on both sides.
struct MergedTokens {
  Grouping queries;
  Grouping keys;
  /// Not the matrices that are handed out, but what is answered about them.
  bool answer_only = false;
};

/// What a token takes in memory beside its weights: its label on either side and a few numbers.
constexpr std::size_t bytes_per_token = 128;

/// How many numbers for each token most answers about a head are made of.
constexpr std::size_t numbers_per_token = 24;

/// Where one matrix of a selection stands in it: its layer and its head, from 0 on.
struct SelectedHead {
  std::size_t l = 0;
  std::size_t h = 0;

  bool operator==(const SelectedHead&) const = default;
};

/// Attention of a model on one input: [layer, head, query, key], or a selection of it. Its numbers
/// are stored in a file or made of queries and keys when they are asked for; nobody above needs to
/// know which. Checked where it is made; what it hands out needs no further check. Memory is that
/// of what is handed out.
class Attention {
 public:
  /// Stored: one tensor [head, query, key] for each layer, all of the same shape, at least one of
  /// each.
  /// @param source the file's name, for errors
  explicit Attention(std::vector<Tensor> layers, std::vector<std::string> tokens = {},
                     std::string source = {});
  /// Computed, never stored: the layers of `heads`, or its only batch item.
  /// @throws ArgumentError where there are several batch items
  /// @throws InputError where there are tokens, but not one for each key
  static Attention computed(MultiHeadAttention heads, std::vector<std::string> tokens);
  /// Edges from queries to the keys they attend to; a matrix is made where somebody needs one.
  /// @param lists must live as long as this
  /// @param tokens of all nodes, or none
  /// @param queries how many nodes are queries alone, as in a dump
  static Attention edges(const std::vector<EdgeList>& lists, std::size_t nodes,
                         std::vector<std::string> tokens, std::string source,
                         std::size_t queries = 0);

  std::size_t layers() const { return layer_indices_.size(); }
  /// Matrices a layer has here: 1 where heads are fused.
  std::size_t heads() const { return fuse_ ? 1 : head_indices_.size(); }
  std::size_t queries() const;
  std::size_t keys() const;

  /// Whether layer `l` has head `h`, or any of those that are fused there: edge lists need not name
  /// every head in every layer. One that it has not is all zeros and no part of an answer.
  bool has(std::size_t l, std::size_t h) const;
  /// Those that there are, layers in order and in them heads.
  std::vector<SelectedHead> present() const;
  /// Every layer has every head.
  bool is_full() const { return present().size() == layers() * heads(); }

  /// Where layer `l` and head `h` of this selection stand in the file.
  std::int64_t layer_index(std::size_t l) const;
  HeadLabel head_label(std::size_t h) const;
  bool fused() const { return fuse_.has_value(); }
  /// For an error: `a.npy: layer 2, head 7`.
  std::string place(std::size_t l, std::size_t h) const;
  /// Layers of the file and heads of each, beyond any selection.
  std::size_t file_layers() const;
  std::size_t file_heads() const;

  /// The weights [query, key] of one head of the selection, or of the layer's fused heads.
  Matrix head(std::size_t l, std::size_t h) const;
  /// The same numbers where they lie in the file, as long as nothing is done to them; else in a
  /// tensor of their own.
  Tensor numbers(std::size_t l, std::size_t h) const;
  /// Whether numbers() are where they lie in the file.
  bool lies_in_file() const;
  /// The same in float32, where the weights are that or narrower and nothing is done to them.
  std::optional<MatrixF> stored_head(std::size_t l, std::size_t h) const;
  /// The weights of one head in blocks of rows, in order, on the calling thread. Where they are
  /// made of queries and keys, nothing larger is ever held, unless tokens are merged.
  void rows(std::size_t l, std::size_t h, const VisitRows<double>& visit) const;
  /// The same where the work on a block may be done on the thread that made it (WorkOnRows).
  void rows_in_parallel(std::size_t l, std::size_t h, const WorkOnRows<double>& work) const;
  /// Any part of the weights of one head. Needs a matrix where tokens are merged, of edges, and
  /// where the weights are made by other means than softmax.
  std::unique_ptr<HeadParts> parts(std::size_t l, std::size_t h) const;
  /// Whether rows() of one head works on several threads by itself.
  bool rows_use_threads() const;
  /// The `count` largest weights of every query, queries in order, ties by lower key. Needs no more
  /// memory than rows().
  void largest_weights(std::size_t l, std::size_t h, std::size_t count,
                       const std::function<void(const LargestWeights<double>&)>& visit) const;
  /// The weights [query, key] of the layer's selected heads fused.
  Matrix fused_layer(std::size_t l, Fuse fuse) const;
  /// The same a band of rows at a time; of queries and keys no more than that is ever held.
  void fused_rows(std::size_t l, Fuse fuse, const BandWork& work) const;

  /// The edges of one head, where it is given as a list and nothing is done to it; else null.
  /// Weights may be 0, edges stand twice.
  const EdgeArrays* edges(std::size_t l, std::size_t h) const;

  /// Columns of the values that the weights multiply, where those are known; else 0.
  std::size_t value_width() const;
  /// The values [key, width] of one head of the selection, as single tokens.
  Matrix value(std::size_t l, std::size_t h) const;

  /// The same for the keys [key, width] that a head's weights are made with and for its queries
  /// [query, width]; width 0 where weights are all there is.
  std::size_t key_width() const;
  Matrix key(std::size_t l, std::size_t h) const;
  Matrix query(std::size_t l, std::size_t h) const;
  /// Which head of keys, by its index in the file, a head of the selection shares with others.
  std::size_t key_head(std::size_t h) const;
  /// Keys are all there is: no weights are to be asked for.
  bool keys_alone() const { return keys_alone_; }
  void set_keys_alone() { keys_alone_ = true; }

  /// Token texts, one for each key; empty where the input has none.
  const std::vector<std::string>& tokens() const { return tokens_; }
  /// The same for the queries of cross-attention.
  const std::vector<std::string>& query_tokens() const { return query_labels_; }
  /// As tokens(), with the index as text where there are no tokens. Queries have labels of their
  /// own where set_sides gave them.
  std::vector<std::string> key_labels() const;
  std::vector<std::string> query_labels() const;

  /// Whether no query of the whole file, beyond any selection, sees a key after itself:
  /// every weight with k > q + (keys - queries) is 0. Overridden by set_causal, and by
  /// set_merged where groups of tokens stand in another order than that of the text.
  bool causal() const;
  void set_causal(bool causal) { causal_ = causal; }
  /// 1 more than the last key that any query of the whole file sees; behind it is padding. Nothing
  /// where weights are made, or tokens put together.
  std::optional<std::size_t> seen_keys() const;

  /// Queries and keys are tokens of different sequences.
  bool cross() const { return cross_; }
  /// @param query_labels one for each query, or none
  /// @throws InputError where there are others
  void set_sides(Sides sides, std::vector<std::string> query_labels);

  /// The weights are float32 or narrower: answers print as float32.
  bool single_precision() const { return is_single(dtype()); }
  /// The number type of the weights, for tolerances.
  Dtype dtype() const;
  /// The file's name, for errors.
  const std::string& source() const { return source_; }

  /// The selection of these layers and heads (indices into the file); `fuse` makes one of the
  /// heads.
  Attention selected(std::vector<std::size_t> layers, std::vector<std::size_t> heads,
                     std::optional<Fuse> fuse) const;

  /// Divides every row by its sum when a head is handed out; rows of zeros stay.
  void normalize_rows();

  /// Matrices that would have to be made are refused where they take more memory than this.
  void set_limits(const Limits& limits) { limits_ = limits; }
  const Limits& limits() const { return limits_; }
  /// What work on one head takes that has so many matrices of its size beside each other, none
  /// where the head is a list of edges, and so many numbers for each token: the larger of both.
  /// @param hint what needs fewer matrices
  /// @throws LimitError where that is more than the limits allow
  MemoryNeed need(std::size_t matrices, std::size_t numbers = numbers_per_token,
                  const std::string& hint = "choose fewer tokens") const;

  /// Hands out every matrix with its tokens put together; where that is about the answer only,
  /// every matrix with all of them.
  void set_merged(MergedTokens merged);
  /// How the tokens of the file make those that are handed out; null where they are the same.
  const MergedTokens* merged() const { return grouping_ ? &*grouping_ : nullptr; }
  /// What is left of the tokens in an answer that is computed on all of them; null where all are.
  const MergedTokens* merged_answer() const;

 private:
  std::shared_ptr<const HeadMaker> maker_;
  std::vector<std::size_t> layer_indices_;
  std::vector<std::size_t> head_indices_;
  std::optional<Fuse> fuse_;
  std::vector<std::string> tokens_;
  std::string source_;
  std::vector<std::string> query_labels_;
  bool cross_ = false;
  bool divide_rows_ = false;
  bool keys_alone_ = false;
  std::optional<MergedTokens> grouping_;
  std::optional<MergedTokens> merged_answer_;
  Limits limits_;
  mutable std::optional<bool> causal_;

  Attention(std::shared_ptr<const HeadMaker> maker, std::vector<std::string> tokens,
            std::string source);
  /// @throws LimitError where one matrix of all tokens would not fit into memory
  void check_room() const;
  void fused_rows_in_parallel(std::size_t l, const WorkOnRows<double>& work) const;
  /// Null where the maker has none.
  std::unique_ptr<HeadParts> file_parts(std::size_t layer, std::size_t head) const;
  /// The edges of a head, whatever is done to it; null where it is none.
  const EdgeArrays* edges_of_file(std::size_t l, std::size_t h) const;
  bool as_made() const { return !divide_rows_ && !grouping_; }
  Matrix file_head(std::size_t layer, std::size_t head) const;
  Tensor file_numbers(std::size_t layer, std::size_t head) const;
  /// fused_layer where tokens are put together, in every head before heads are fused.
  Matrix fused_groups(std::size_t l, Fuse fuse) const;
};

/// Calls `visit(layer_index, head_label, weights)` for every matrix in order.
void for_each_head(
    const Attention& attention,
    const std::function<void(std::int64_t layer, const HeadLabel& head, Matrix weights)>& visit);

/// How far a row sum of numbers of this type may be from 1: f16 1e-3, bf16 5e-3, others 1e-5.
double row_sum_tolerance(Dtype dtype);

/// The door: every weight of the selection finite and not negative; rows that sum to 1 within the
/// row_sum_tolerance, or all zeros (masked). Below it nobody
/// checks again.
/// @param cure of row sums other than 1, where the reading knows one; empty: as the numbers look
/// @returns notes, such as the worst row where sums are off by up to 10 %
/// @throws InputError with layer, head, row and column
std::vector<std::string> check_attention(const Attention& attention, Normalize normalize,
                                         const std::string& cure = {});

}  // namespace attngraph

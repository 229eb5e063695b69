#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "attention/fuse.hpp"
#include "attention/head_parts.hpp"
#include "attention/row_block.hpp"
#include "numeric/matrix.hpp"
#include "tensor/edge_arrays.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

template <typename Scalar>
struct LargestWeights;

/// What is done with a layer's matrix a band of rows at a time.
struct BandWork {
  /// On any thread, several bands at once: band `i`, whose rows [row, key] begin at `first_row` and
  /// may be changed.
  std::function<void(std::size_t i, Index first_row, Matrix& rows)> work;
  /// Not empty: called afterwards on the calling thread, band by band in order. Band `i` begins
  /// when that of `i - results_in_flight()` has returned.
  std::function<void(std::size_t i)> finish;

  /// @param rows_of gives the rows of a band and where they begin
  void on_bands(std::size_t count,
                const std::function<Matrix(std::size_t i, Index& first_row)>& rows_of) const;
};

/// Where an Attention has its numbers from: [layer, head, query, key], every layer and head of it.
/// What it hands out is a matrix or a block of rows, so no call stands in a loop over entries.
/// May be asked by several threads at once.
class HeadMaker {
 public:
  virtual ~HeadMaker() = default;

  /// The numbers lie in a file: a matrix is a look at them, not made with work and memory.
  virtual bool stored() const { return false; }
  /// One more than the last layer and the last head.
  virtual std::size_t layers() const = 0;
  virtual std::size_t heads() const = 0;
  /// Those that there are, ascending.
  virtual std::vector<std::size_t> layer_indices() const;
  virtual std::vector<std::size_t> head_indices() const;
  /// Whether this one of them has that head.
  virtual bool has(std::size_t, std::size_t) const { return true; }
  virtual std::size_t queries() const = 0;
  virtual std::size_t keys() const = 0;
  /// The number type of the weights.
  virtual Dtype dtype() const = 0;
  /// Whether no query of any layer and head sees a key after itself.
  virtual bool causal() const = 0;
  /// 1 more than the last key that any query of any layer and head sees, behind which there is
  /// padding; nothing where weights would have to be made for it.
  virtual std::optional<std::size_t> seen_keys() const { return std::nullopt; }

  /// The weights [query, key] of one head.
  virtual Matrix matrix(std::size_t layer, std::size_t head) const = 0;
  /// The same in float32, which must hold all of the numbers.
  virtual MatrixF single_matrix(std::size_t layer, std::size_t head) const = 0;
  /// The same where the numbers lie, or in a tensor of their own.
  virtual Tensor numbers(std::size_t layer, std::size_t head) const = 0;

  /// The weights of one head in blocks of rows, in order, on the calling thread.
  virtual void rows(std::size_t layer, std::size_t head, const VisitRows<double>& visit) const;
  /// The same; those that are made are made on several threads, where the work on them is done,
  /// too.
  virtual void rows_in_parallel(std::size_t layer, std::size_t head,
                                const WorkOnRows<double>& work) const = 0;
  /// The same for any part of them, or null where that takes a matrix.
  virtual std::unique_ptr<HeadParts> parts(std::size_t, std::size_t) const { return nullptr; }
  /// The largest weights of every query, queries in order, and true; or false where rows are no
  /// slower.
  virtual bool largest_weights(
      std::size_t layer, std::size_t head, std::size_t count,
      const std::function<void(const LargestWeights<double>&)>& visit) const = 0;
  /// The weights of some heads of a layer fused, a band of rows at a time.
  /// @param divide_rows every row of each head is divided by its sum first
  virtual void fused_rows(std::size_t layer, const std::vector<std::size_t>& heads, Fuse fuse,
                          bool divide_rows, const BandWork& work) const = 0;

  /// The edges of one head, where it is a list of them and no matrix; else null.
  virtual const EdgeArrays* edges(std::size_t, std::size_t) const { return nullptr; }
  /// The same with every row divided by its sum, where that needs no matrix; else null.
  virtual std::shared_ptr<const HeadMaker> with_rows_divided() const { return nullptr; }

  /// Columns of queries and keys; 0 where weights are all there is.
  virtual std::size_t key_width() const { return 0; }
  /// Those of a query head [key, width], [query, width], and which head of keys it has.
  virtual Matrix key(std::size_t, std::size_t) const { return {}; }
  virtual Matrix query(std::size_t, std::size_t) const { return {}; }
  virtual std::size_t key_head(std::size_t head) const { return head; }

  /// Columns of the values that the weights multiply; 0 where there are none.
  virtual std::size_t value_width() const { return 0; }
  /// Those of a query head [key, width].
  virtual Matrix value(std::size_t, std::size_t) const { return {}; }
};

}  // namespace attngraph

#pragma once

#include <memory>
#include <vector>

#include "attention/fuse.hpp"
#include "attention/row_block.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The weights of one head, any part of them in any order. May be asked by several threads at once.
class HeadParts {
 public:
  virtual ~HeadParts() = default;
  /// The weights [place.queries, place.keys] at a place within the head.
  virtual Matrix part(const BlockPlace& place) const = 0;
};

/// Parts of a matrix that is there.
std::unique_ptr<HeadParts> whole_parts(Matrix weights);
/// Every row divided by its sum [query]; rows of zeros stay.
std::unique_ptr<HeadParts> divided_parts(std::unique_ptr<HeadParts> parts, Vector row_sums);
/// Several heads fused, at least one.
std::unique_ptr<HeadParts> fused_parts(std::vector<std::unique_ptr<HeadParts>> heads, Fuse fuse);

}  // namespace attngraph

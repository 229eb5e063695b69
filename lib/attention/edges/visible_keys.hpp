#pragma once

#include <cstddef>

#include "attention/edges/row_criteria.hpp"

namespace attngraph {

class Attention;

/// 1 more than the last key that any query may see, behind which there is padding. What padding is
/// is a property of the text, so all heads of a file are asked: one that looks at a single key may
/// see others. Made weights are zero only where a mask is, so there the head is.
std::size_t seen_keys(const Attention& attention, std::size_t l, std::size_t h);

/// How many keys the queries of a head may see: in causal attention those up to themselves, else
/// seen_keys().
class VisibleKeys {
 public:
  /// Where the criteria ask for it and attention is not causal, goes through what there is once.
  VisibleKeys(const Attention& attention, std::size_t l, std::size_t h,
              const RowCriteria& criteria);

  /// 0 where no criterion asks.
  std::size_t of(std::size_t query) const;

 private:
  std::size_t queries_;
  std::size_t keys_;
  bool causal_ = false;
  std::size_t seen_ = 0;
};

}  // namespace attngraph

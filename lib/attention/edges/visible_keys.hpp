#pragma once

#include <cstddef>

#include "attention/edges/row_criteria.hpp"

namespace attngraph {

class Attention;

/// How many keys the queries of a head may see: in causal attention those up to themselves, else
/// up to the last that any query sees.
class VisibleKeys {
 public:
  /// Where the criteria ask for it and attention is not causal, goes through the head once.
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

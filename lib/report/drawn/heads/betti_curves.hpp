#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "metrics/topology/betti_numbers.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

class Attention;

/// Betti numbers of heads over thresholds as a picture: a curve of b0 and one of b1 for each head.
class BettiCurves {
 public:
  BettiCurves(const Attention& attention, std::vector<double> thresholds);

  /// @param found one for each threshold
  /// @throws LimitError where heads become too many for one picture
  void add(std::size_t l, std::size_t h, std::span<const BettiNumbers> found);
  Picture picture() &&;

 private:
  const Attention& attention_;
  std::vector<double> thresholds_;
  Curves curves_;
};

}  // namespace attngraph

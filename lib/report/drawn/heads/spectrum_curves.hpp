#pragma once

#include <cstddef>
#include <vector>

#include "report/answer/picture.hpp"

namespace attngraph {

class Attention;

/// All eigenvalues of heads as a picture: a curve for each, from the smallest to the largest.
class SpectrumCurves {
 public:
  /// @param attention must live as long as this
  explicit SpectrumCurves(const Attention& attention);

  /// @param values ascending
  /// @param places of them among all eigenvalues
  void add(std::size_t l, std::size_t h, const std::vector<double>& values,
           const std::vector<std::size_t>& places);

  Picture picture() const;

 private:
  const Attention& attention_;
  Curves curves_;
};

}  // namespace attngraph

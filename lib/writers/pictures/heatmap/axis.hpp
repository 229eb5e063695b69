#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/answer/picture.hpp"

namespace attngraph {

/// Which of `count` rows or columns, `extent` apart, are named so that names of height `needed`
/// do not overlap: every one, or loosely every 2nd, 5th, 10th, 20th …
std::size_t label_step(std::size_t count, double extent, double needed);

/// How the rows or columns of a heat map are named.
struct AxisNames {
  const std::vector<std::string>& labels;
  Thinned thinned = Thinned::to_indices;
  /// Every so manyth has a name.
  std::size_t step = 1;
  /// Columns of a label; longer ones are cut.
  std::size_t width = 16;

  /// The text beside row or column `i`.
  std::string of(std::size_t i) const;
};

/// A number in a cell: at most four characters.
std::string cell_text(double value);

}  // namespace attngraph

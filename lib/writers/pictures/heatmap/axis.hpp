#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

/// Which of `count` rows or columns, `extent` apart, are named so that names of height `needed`
/// do not overlap: every one, or loosely every 2nd, 5th, 10th, 20th …
std::size_t label_step(std::size_t count, double extent, double needed);

/// The text beside row or column `i`: its label where every one has a name, else its index.
std::string axis_label(const std::vector<std::string>& labels, std::size_t i, std::size_t step,
                       std::size_t width);

/// A number in a cell: at most four characters.
std::string cell_text(double value);

}  // namespace attngraph

#pragma once

#include <string>
#include <vector>

#include "numeric/matrix.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

/// Distances of things [thing, thing] as a heat map, in the order of the dendrogram by average
/// linkage that stands above it.
/// @param names one for each thing
Picture clustered_matrix(const std::vector<std::string>& names, const Matrix& distances);

}  // namespace attngraph

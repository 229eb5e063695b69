#pragma once

#include <string_view>

#include "numeric/matrix.hpp"

namespace attngraph {

/// How the heads of a layer become one matrix, entry by entry.
enum class Fuse { mean, max, min };

std::string_view fuse_name(Fuse fuse);

/// Puts the rows of one more head to those of the heads before it. For a mean they are added up;
/// `fused / heads` is left to the caller.
void fuse_with(Eigen::Ref<Matrix> fused, const Eigen::Ref<const Matrix>& next, Fuse fuse);

}  // namespace attngraph

#pragma once

#include <Eigen/Core>

namespace attngraph {

/// Rows are queries (or outputs), columns keys (or inputs); row-major as files are.
template <typename Scalar>
using MatrixOf = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

using Matrix = MatrixOf<double>;
using MatrixF = MatrixOf<float>;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

}  // namespace attngraph

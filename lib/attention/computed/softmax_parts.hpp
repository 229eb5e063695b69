#pragma once

#include <memory>

#include "attention/computed/row_blocks.hpp"
#include "attention/head_parts.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// Any part of the weights of one head, made of its queries and keys when it is asked for. What
/// softmax divides each row by is found first, on all threads; memory is that of queries and keys.
/// @param query [queries, d]
/// @param key [keys, d]
/// @param rules with softmax as their normalizer
/// @throws InputError where scores overflow `Scalar`
template <typename Scalar>
std::unique_ptr<HeadParts> softmax_parts(MatrixOf<Scalar> query, const MatrixOf<Scalar>& key,
                                         RowRules rules);

extern template std::unique_ptr<HeadParts> softmax_parts<float>(MatrixF, const MatrixF&, RowRules);
extern template std::unique_ptr<HeadParts> softmax_parts<double>(Matrix, const Matrix&, RowRules);

}  // namespace attngraph

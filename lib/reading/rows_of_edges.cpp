#include "reading/rows_of_edges.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "reading/arrays/whole_numbers.hpp"
#include "reading/row_sums.hpp"

namespace attngraph {
namespace {

/// [edges, 3] of source, target and weight.
bool are_edges(const Tensor& rows) {
  return rows.rank() == 2 && rows.shape()[0] > 0 && rows.shape()[1] == 3 &&
         holds_whole_numbers(rows.slice(1, 0, 2)) && !holds_whole_numbers(rows.at(1, 2)) &&
         !sums_to_one(rows, 1);
}

Tensor transposed(const Tensor& matrix) {
  return matrix.permuted(std::array<std::size_t, 2>{1, 0});
}

}  // namespace

std::optional<Finding> rows_of_edges(const Tensor& matrix) {
  if (matrix.rank() != 2) return std::nullopt;
  const bool rows = are_edges(matrix);
  if (!rows && !are_edges(transposed(matrix))) return std::nullopt;
  return Finding{
      std::string(rows ? "rows" : "columns") + " may be edges: two whole numbers, then a weight",
      std::string("where they are, write a table: numpy.savetxt('edges.csv', edges") +
          (rows ? "" : ".T") +
          ", fmt='%.17g', delimiter=',', header='source,target,weight', comments=''); "
          "of attention $normalize rows divides each row by its sum"};
}

}  // namespace attngraph

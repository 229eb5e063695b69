#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

Tensor numbers(const std::vector<double>& values, const Shape& shape) {
  return Tensor::from(values, shape);
}

/// Whole numbers as PyTorch and NumPy keep places.
Tensor places(const std::string& values, const Shape& shape) {
  return Tensor(Bytes::from(values), Dtype::u8, shape);
}

const std::string four_ends("\0\1\2\2\1\0\0\2", 8);

Tensor index_of_four() { return places(four_ends, {2, 4}); }
Tensor list_of_four() { return places(four_ends.substr(0, 4), {4}); }
Tensor weights_of_four(const Shape& shape) {
  return numbers(std::vector<double>(count_of(shape), .25), shape);
}

std::string fault(const Dump& dump, const ReadingRequest& request = {}) {
  return error_of<InputError>([&] { attention_reading(dump, request); });
}
std::string fault(const std::vector<NamedTensor>& tensors) { return fault(dump_of(tensors)); }

std::string of_geometric(const std::string& place, const std::string& columns,
                         const std::string& heads = "") {
  return place +
         ": holds edges in parts, as PyTorch Geometric keeps them / write a table: "
         "numpy.savetxt('edges.csv', numpy.c_[" +
         columns + "], fmt='%.17g', delimiter=',', header='source,target,weight', comments='')" +
         heads + "; the receiver attends to the sender";
}

}  // namespace

TEST_CASE("an edge index of PyTorch Geometric is refused with the table to write") {
  const std::string ends = "edge_index[1], edge_index[0], ";
  CHECK(fault({{"edge_index", index_of_four()}, {"edge_attr", weights_of_four({4})}}) ==
        of_geometric("a.npz: edge_index", ends + "edge_attr"));
  CHECK(fault({{"edge_index", index_of_four()}, {"attention", weights_of_four({4, 3})}}) ==
        of_geometric("a.npz: edge_index", ends + "attention[:, 0]", ", for each head"));
  CHECK(fault({{"edge_index", index_of_four()}}) ==
        of_geometric("a.npz: edge_index", ends + "weights"));
  // A tree, in which every edge has the weight 1; in JSON all numbers are of one type.
  CHECK(
      fault({{"g.edge_index", numbers({0, 0, 1, 2}, {2, 2})}, {"g.alpha", numbers({1, 1}, {2, 1})}})
          .starts_with("a.npz: g.edge_index: holds edges in parts"));
  // Its numbers of nodes sum to 1.
  CHECK(fault({{"edge_index", numbers({0, 1, 1, 0}, {2, 2})}, {"w", numbers({.5, .25}, {2})}})
            .starts_with("a.npz: edge_index: holds edges in parts"));
  Dump unnamed = dump_of({{"", index_of_four()}});
  unnamed.source = "runs/edge_index.npy";
  CHECK(fault(unnamed) == of_geometric("runs/edge_index.npy", ends + "weights"));
}

TEST_CASE("an edge index that is asked for is refused, what lies beside it is not") {
  const Dump dump =
      dump_of({{"edge_index", index_of_four()}, {"x", uniform({4, 4})}, {"y", uniform({3, 2})}});
  ReadingRequest request;
  request.tensor = "edge_index";
  CHECK(fault(dump, request).starts_with("a.npz: edge_index: holds edges in parts"));
  request.tensor = "y";
  CHECK(fault(dump, request) == "no error");
}

TEST_CASE("the tuple that GATConv returns is refused, on whatever level it lies") {
  const std::string columns = "edge_index[1], edge_index[0], alpha";
  CHECK(fault({{"0", index_of_four()}, {"1", weights_of_four({4})}}) ==
        of_geometric("a.npz: 0", columns));
  CHECK(fault({{"0", weights_of_four({3, 5})},
               {"1.0", index_of_four()},
               {"1.1", weights_of_four({4, 3})}}) ==
        of_geometric("a.npz: 1.0", columns + "[:, 0]", ", for each head"));
  const Tensor zeros_and_ones = places(std::string("\0\1\1\1\1\0\0\1", 8), {2, 4});
  CHECK_FALSE(fault({{"0", zeros_and_ones}, {"1", weights_of_four({4})}})
                  .starts_with("a.npz: 0: holds edges"));
}

TEST_CASE("attention beside edges is read") {
  CHECK(fault({{"edge_index", index_of_four()}, {"attention", uniform({3, 2, 5, 5})}}) ==
        "no error");
  CHECK(fault({{"edge_index", index_of_four()}, {"attention", uniform({4, 4})}}) == "no error");
  CHECK(fault({{"edge_index", index_of_four()}, {"a", uniform({3, 3})}}) == "no error");
  CHECK(fault({{"row", list_of_four()}, {"col", list_of_four()}, {"a", uniform({4, 4})}}) ==
        "no error");
  CHECK(fault({{"source", list_of_four()}, {"target", list_of_four()}, {"a", uniform({3, 2})}}) ==
        "no error");
  CHECK(fault({{"edge_index", uniform({2, 4})}}) == "no error");
}

TEST_CASE("places and values of a sparse tensor of PyTorch are refused") {
  CHECK(fault({{"indices", index_of_four()}, {"values", weights_of_four({4})}}) ==
        "a.npz: indices: holds the places of the values of a sparse matrix, as PyTorch keeps them "
        "/ save it dense: torch.sparse_coo_tensor(indices, values, size).to_dense()");
  CHECK(fault({{"crow_indices", places("\1\2\4", {3})},
               {"col_indices", list_of_four()},
               {"values", weights_of_four({4})}}) ==
        "a.npz: crow_indices: holds a part of edges, or of a sparse matrix, beside col_indices / "
        "save it dense: torch.sparse_csr_tensor(crow_indices, col_indices, values).to_dense()");
}

TEST_CASE("a list for each end is refused where nothing may be attention") {
  const std::string table =
      "], fmt='%.17g', delimiter=',', header='source,target,weight', comments='')";
  CHECK(fault({{"row", list_of_four()}, {"col", list_of_four()}, {"val", weights_of_four({4})}}) ==
        "a.npz: row: holds a part of edges, or of a sparse matrix, beside col / write a table: "
        "numpy.savetxt('edges.csv', numpy.c_[row, col, val" +
            table);
  CHECK(fault({{"src", list_of_four()}, {"dst", list_of_four()}, {"a", weights_of_four({4, 2})}})
            .ends_with("numpy.c_[src, dst, a[:, 0]" + table));
  CHECK(fault({{"indptr", places("\1\2\4", {3})}, {"indices", list_of_four()}})
            .ends_with("/ save it dense: numpy.save('dense.npy', scipy.sparse.csr_matrix((data, "
                       "indices, indptr)).toarray())"));
  CHECK(fault({{"row", list_of_four()}, {"col", places("\1\2", {2})}})
            .starts_with("a.npz: holds no attention"));
}

TEST_CASE("a pickled sparse matrix of SciPy is refused, not an array beside it") {
  Dump dump = dump_of({{"offsets", places(std::string(1, 0), {1})}, {"data", uniform({1, 4})}});
  dump.classes = {"scipy.sparse._dia.dia_matrix"};
  CHECK(fault(dump) ==
        "a.npz: is a sparse matrix of SciPy, expected arrays of numbers / save it dense: "
        "numpy.save('dense.npy', matrix.toarray())");
  dump.tensors.push_back({"scores", uniform({3, 4})});
  ReadingRequest request;
  request.tensor = "scores";
  CHECK(fault(dump, request) == "no error");
}

TEST_CASE("arrays of any shape may be called as parts of edges are") {
  const std::vector<Shape> shapes{{}, {0}, {2}, {0, 4}, {2, 0}, {2, 1}, {1, 2}, {2, 2, 2}};
  for (const char* name : {"edge_index", "indices", "row", "indptr", "0", ""}) {
    for (const char* other : {"values", "col", "indices", "1", "x"}) {
      for (const Shape& first : shapes) {
        for (const Shape& second : shapes) {
          fault({{name, places(std::string(count_of(first), '\2'), first)},
                 {other, weights_of_four(second)}});
        }
      }
    }
  }
}

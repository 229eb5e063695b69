#include "reading/arrays/edge_parts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/array_name.hpp"
#include "reading/arrays/whole_numbers.hpp"
#include "reading/row_sums.hpp"

namespace attngraph {
namespace {

using Arrays = std::vector<NamedTensor>;

/// What to say of an array of ends of so many edges.
struct EdgeParts {
  std::size_t edges;
  std::string what;
  std::string cure;
};

std::string_view last_part(std::string_view name) {
  return name.substr(name.find_last_of("./") + 1);  // all of it where there is none
}

bool lie_together(const NamedTensor& one, const NamedTensor& other) {
  const auto folder = [](std::string_view name) {
    return name.substr(0, name.size() - last_part(name).size());
  };
  return &one != &other && folder(one.name) == folder(other.name);
}

bool is_list(const NamedTensor& array) {
  return array.tensor.rank() == 1 && holds_whole_numbers(array.tensor);
}

/// Whether the first axis is as long as there are edges, which then have numbers there.
bool is_of_edges(const NamedTensor& array, std::size_t edges) {
  const Shape& shape = array.tensor.shape();
  return !shape.empty() && shape.front() == edges;
}

bool is_square(const NamedTensor& array) {
  const Shape& shape = array.tensor.shape();
  return shape.size() >= 2 && shape.back() > 1 && shape.back() == shape[shape.size() - 2];
}

/// Of a list or matrix of numbers of edges how to write those of the first head.
std::string weights_text(std::string_view name, const Tensor& weights) {
  return std::string(name) + (weights.rank() > 1 ? "[:, 0]" : "");
}

/// The weights of so many edges that lie beside the ends, as NumPy takes them.
template <typename Is>
std::string weights_beside(const NamedTensor& ends, std::size_t edges, const Arrays& arrays,
                           Is is_other) {
  for (const NamedTensor& other : arrays) {
    if (!lie_together(ends, other) || is_other(other) || !is_of_edges(other, edges)) continue;
    if (other.tensor.rank() > 2) continue;
    return weights_text(last_part(other.name), other.tensor);
  }
  return "weights";
}

std::string table_cure(const std::string& query, const std::string& key,
                       const std::string& weights) {
  return "write a table: numpy.savetxt('edges.csv', numpy.c_[" + query + ", " + key + ", " +
         weights + "], fmt='%.17g', delimiter=',', header='source,target,weight', comments='')";
}

/// Its rows are the senders and the receivers of messages; a receiver attends.
EdgeParts edge_index(const NamedTensor& ends, const std::string& name, const std::string& weights) {
  const std::string several = weights.ends_with(']') ? ", for each head" : "";
  return {ends.tensor.shape()[1], "holds edges in parts, as PyTorch Geometric keeps them",
          table_cure(name + "[1]", name + "[0]", weights) + several +
              "; the receiver attends to the sender"};
}

bool has_two_rows(const Tensor& array) {
  return array.rank() == 2 && array.shape()[0] == 2 && holds_whole_numbers(array);
}

std::optional<EdgeParts> named_index(const NamedTensor& array, const Arrays& arrays,
                                     std::string_view source) {
  // An array without a name is called as its file.
  std::string_view name = last_part(array.name);
  if (name.empty()) name = source.substr(source.find_last_of("/\\") + 1);
  if (name.find("edge_index") == name.npos || !has_two_rows(array.tensor)) return std::nullopt;
  const auto none = [](const NamedTensor&) { return false; };
  return edge_index(array, array.name.empty() ? "edge_index" : std::string(name),
                    weights_beside(array, array.tensor.shape()[1], arrays, none));
}

/// Whether the second is the next in the list or tuple of the first.
bool follows(const NamedTensor& first, const NamedTensor& second) {
  const ArrayName one = array_name(first.name);
  ArrayName next = array_name(second.name);
  if (!one.pattern.ends_with('#') || one.pattern != next.pattern) return false;
  if (one.numbers.empty() || one.numbers.back() >= next.numbers.back()) return false;
  --next.numbers.back();
  return one.numbers == next.numbers;
}

/// The tuple that `GATConv(…, return_attention_weights=True)` returns.
std::optional<EdgeParts> index_of_tuple(const NamedTensor& array, const Arrays& arrays) {
  const Tensor& ends = array.tensor;
  if (is_floating(ends.dtype()) || !has_two_rows(ends)) return std::nullopt;
  const auto nodes = numbers_in_front(ends);
  const bool may_be_mask = *std::max_element(nodes.begin(), nodes.end()) <= 1;
  if (may_be_mask) return std::nullopt;
  for (const NamedTensor& other : arrays) {
    if (!follows(array, other) || !is_floating(other.tensor.dtype())) continue;
    if (!is_of_edges(other, ends.shape()[1]) || other.tensor.rank() > 2) continue;
    return edge_index(array, "edge_index", weights_text("alpha", other.tensor));
  }
  return std::nullopt;
}

/// `indices` and `values` of a sparse tensor of PyTorch; those of a top-k have one shape.
std::optional<EdgeParts> indices_of_values(const NamedTensor& array, const Arrays& arrays) {
  const Tensor& indices = array.tensor;
  if (last_part(array.name) != "indices" || indices.rank() != 2) return std::nullopt;
  const std::size_t edges = indices.shape()[1];
  for (const NamedTensor& values : arrays) {
    if (last_part(values.name) != "values" || !lie_together(array, values)) continue;
    if (!is_of_edges(values, edges) || values.tensor.shape() == indices.shape()) continue;
    if (!holds_whole_numbers(indices)) continue;
    return EdgeParts{edges,
                     "holds the places of the values of a sparse matrix, as PyTorch keeps them",
                     "save it dense: torch.sparse_coo_tensor(indices, values, size).to_dense()"};
  }
  return std::nullopt;
}

/// Lists of places that belong together. Compressed ones are of other lengths.
struct ListPair {
  std::string_view first;
  std::string_view second;
  const char* dense = nullptr;
};

constexpr const char* from_scipy =
    "save it dense: numpy.save('dense.npy', scipy.sparse.csr_matrix((data, indices, "
    "indptr)).toarray())";
constexpr const char* from_torch =
    "save it dense: torch.sparse_csr_tensor(crow_indices, col_indices, values).to_dense()";

constexpr std::array list_pairs{ListPair{"row", "col"},
                                ListPair{"rows", "cols"},
                                ListPair{"source", "target"},
                                ListPair{"src", "dst"},
                                ListPair{"senders", "receivers"},
                                ListPair{"indptr", "indices", from_scipy},
                                ListPair{"crow_indices", "col_indices", from_torch}};

EdgeParts parts_of(const ListPair& pair, const NamedTensor& first, const NamedTensor& second,
                   const Arrays& arrays) {
  const std::size_t edges = second.tensor.size();
  const auto is_end = [&](const NamedTensor& other) { return &other == &second; };
  std::string cure = pair.dense != nullptr
                         ? pair.dense
                         : table_cure(std::string(pair.first), std::string(pair.second),
                                      weights_beside(first, edges, arrays, is_end));
  return {edges, "holds a part of edges, or of a sparse matrix, beside " + called(second.name),
          std::move(cure)};
}

std::optional<EdgeParts> lists_of_ends(const NamedTensor& array, const Arrays& arrays) {
  const auto pair = std::find_if(list_pairs.begin(), list_pairs.end(), [&](const ListPair& one) {
    return one.first == last_part(array.name);
  });
  if (pair == list_pairs.end() || !is_list(array)) return std::nullopt;
  for (const NamedTensor& other : arrays) {
    if (last_part(other.name) != pair->second || !lie_together(array, other)) continue;
    const bool alike = pair->dense != nullptr || other.tensor.shape() == array.tensor.shape();
    if (alike && is_list(other)) return parts_of(*pair, array, other, arrays);
  }
  return std::nullopt;
}

/// What a pickle of a sparse matrix of SciPy names; in it lie no matrices but of blocks and
/// diagonals.
bool is_of_scipy(const Arrays& arrays, const std::vector<std::string>& classes) {
  const bool named = std::any_of(classes.begin(), classes.end(), [](const std::string& name) {
    return name.starts_with("scipy.sparse.");
  });
  return named && std::all_of(arrays.begin(), arrays.end(), [](const NamedTensor& array) {
           const std::string_view name = last_part(array.name);
           return array.tensor.rank() < 2 || name == "data" || name == "rows";
         });
}

bool is_called_attention(const NamedTensor& array) {
  return array.tensor.rank() >= 2 && array_name(array.name).role == Role::attention;
}

/// Whether it is attention beside edges: its name says so, or rows of a square that sum to 1.
bool is_attention(const NamedTensor& array, std::size_t edges) {
  if (is_square(array) && sums_to_one(array.tensor, array.tensor.rank() - 1)) return true;
  return is_called_attention(array) && (is_square(array) || !is_of_edges(array, edges));
}

/// The same where lists of ends may be something else, places of patches.
bool may_be_attention(const NamedTensor& array, std::size_t edges) {
  return is_called_attention(array) || is_square(array) ||
         (array.tensor.rank() >= 2 && !is_of_edges(array, edges));
}

/// Refuses what `find` finds where no array is attention.
template <typename Find, typename Is>
void refuse_those(const Arrays& arrays, const std::string& source, Find find, Is is_other) {
  for (const NamedTensor& array : arrays) {
    const std::optional<EdgeParts> parts = find(array);
    if (!parts) continue;
    const auto is_beside = [&](const NamedTensor& other) {
      return &other != &array && is_other(other, parts->edges);
    };
    if (std::any_of(arrays.begin(), arrays.end(), is_beside)) return;
    throw InputError(within(source, array.name), parts->what, parts->cure);
  }
}

}  // namespace

void refuse_edge_parts(const Arrays& arrays, const std::vector<std::string>& classes,
                       const std::string& source) {
  constexpr std::size_t more_than_parts = 1000;
  if (arrays.size() > more_than_parts) return;
  if (is_of_scipy(arrays, classes)) {
    throw InputError(source, "is a sparse matrix of SciPy, expected arrays of numbers",
                     "save it dense: numpy.save('dense.npy', matrix.toarray())");
  }
  const auto index = [&](const NamedTensor& array) {
    auto parts = named_index(array, arrays, source);
    if (!parts) parts = index_of_tuple(array, arrays);
    return parts ? parts : indices_of_values(array, arrays);
  };
  refuse_those(arrays, source, index, is_attention);
  const auto lists = [&](const NamedTensor& array) { return lists_of_ends(array, arrays); };
  refuse_those(arrays, source, lists, may_be_attention);
}

}  // namespace attngraph

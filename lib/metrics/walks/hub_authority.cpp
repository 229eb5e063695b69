// W splits into blocks that share no row and no column; W Wᵀ has one simple largest eigenvalue in
// each. From all ones, the limit is the sum over the blocks with the largest eigenvalue of
// (1 . u) u, u the block's unit eigenvector; all others vanish. So blocks are found first and each
// is iterated alone, which also settles repeated values. Requires weights >= 0. Cost: two passes
// over the edges for each step of perron.cpp.
#include "metrics/walks/hub_authority.hpp"

#include <vector>

#include "metrics/roots.hpp"
#include "metrics/walks/perron.hpp"

namespace attngraph {
namespace {

// Largest eigenvalues that differ by less than this part of themselves are the same.
constexpr double same_value = 1e-12;

// Rows and columns of W that hang together; edges go from a row to a column.
struct Block {
  std::vector<std::int32_t> rows;
  std::vector<std::int32_t> columns;
  EdgeArrays edges;
  double value = 0;
  Vector hub;
  Vector authority;
};

std::vector<Block> blocks_of(const EdgeArrays& edges) {
  const auto n = static_cast<std::int32_t>(edges.nodes);
  Roots roots(2 * edges.nodes);  // rows 0 … n-1 and columns n … 2n-1
  for (std::size_t i = 0; i < edges.size(); ++i) {
    roots.join(edges.source[i], n + edges.target[i]);
  }
  std::vector<std::int32_t> block_of(2 * edges.nodes, -1);
  std::vector<std::int32_t> place(2 * edges.nodes, -1);
  std::vector<Block> blocks;
  const auto enter = [&](Block& block, std::int32_t x) {
    auto& members = x < n ? block.rows : block.columns;
    if (place[x] >= 0) return;
    place[x] = static_cast<std::int32_t>(members.size());
    members.push_back(x < n ? x : x - n);
  };
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const std::int32_t row = edges.source[i];
    const std::int32_t column = n + edges.target[i];
    std::int32_t& number = block_of[roots.root(row)];
    if (number < 0) {
      number = static_cast<std::int32_t>(blocks.size());
      blocks.emplace_back();
    }
    Block& block = blocks[number];
    enter(block, row);
    enter(block, column);
    block.edges.add(place[row], place[column], edges.weight[i]);
  }
  return blocks;
}

// Wᵀ x
Vector to_columns(const Block& block, const Vector& x) {
  Vector y = Vector::Zero(static_cast<Index>(block.columns.size()));
  for (std::size_t i = 0; i < block.edges.size(); ++i) {
    y[block.edges.target[i]] += x[block.edges.source[i]] * block.edges.weight[i];
  }
  return y;
}

// W y
Vector to_rows(const Block& block, const Vector& y) {
  Vector x = Vector::Zero(static_cast<Index>(block.rows.size()));
  for (std::size_t i = 0; i < block.edges.size(); ++i) {
    x[block.edges.source[i]] += y[block.edges.target[i]] * block.edges.weight[i];
  }
  return x;
}

Matrix gram(const Block& block) {
  Matrix weights =
      Matrix::Zero(static_cast<Index>(block.rows.size()), static_cast<Index>(block.columns.size()));
  for (std::size_t i = 0; i < block.edges.size(); ++i) {
    weights(block.edges.source[i], block.edges.target[i]) += block.edges.weight[i];
  }
  return weights * weights.transpose();
}

void solve(Block& block) {
  PerronPair pair =
      perron_pair([&](const Vector& x) -> Vector { return to_rows(block, to_columns(block, x)); },
                  static_cast<Index>(block.rows.size()), [&] { return gram(block); });
  block.value = pair.value;
  const Vector authority = to_columns(block, pair.vector).normalized();
  const Vector hub = pair.vector.normalized();
  block.hub = hub.sum() * hub;
  block.authority = authority.sum() * authority;
}

}  // namespace

HubAuthority hub_authority(const EdgeArrays& edges) {
  const auto n = static_cast<Index>(edges.nodes);
  HubAuthority result{Vector::Zero(n), Vector::Zero(n)};
  std::vector<Block> blocks = blocks_of(edges);
  double largest = 0;
  for (Block& block : blocks) {
    solve(block);
    largest = std::max(largest, block.value);
  }
  for (const Block& block : blocks) {
    if (block.value < largest * (1.0 - same_value)) continue;
    for (std::size_t i = 0; i < block.rows.size(); ++i) {
      result.hub[block.rows[i]] = block.hub[static_cast<Index>(i)];
    }
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
      result.authority[block.columns[i]] = block.authority[static_cast<Index>(i)];
    }
  }
  if (largest > 0) {
    result.hub /= result.hub.maxCoeff();
    result.authority /= result.authority.maxCoeff();
  }
  return result;
}

}  // namespace attngraph

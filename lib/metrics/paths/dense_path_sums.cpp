// Shortest paths of a dense graph, from the matrix of all distances.
//
// Requires lengths > 0 and no self-loops. Brandes' accumulation needs, for each source, the nodes
// that come just before another on a shortest path: those whose distance and edge add up to the
// other's distance. With all distances known these are found by comparing whole rows, with no
// queue. On attention nearly every node is reached best by the edge from the source itself, or
// through the one token that everybody attends to: nodes are taken by blocks, and a block is only
// looked at if its nearest node and its shortest edge could together be as short. Sums are taken
// over shares of fixed size, so they do not depend on the number of threads. Cost: n³ for the
// distances, then for each pair of nodes O(n / 32), or O(n) at worst; memory two matrices beside
// the lengths.

#include "metrics/paths/dense_path_sums.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "metrics/paths/all_distances.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

constexpr std::size_t sources_in_share = 32;

struct Matrices {
  /// [from, to]
  Matrix distances;
  /// Edges [to, from]: what leads to a node lies side by side.
  Matrix arriving;
  /// The shortest edge to each node from each block of nodes.
  Matrix shortest_arriving;
};

Index blocks_of(Index nodes) { return (nodes + summed_block - 1) / summed_block; }

/// The least number of each block of a row.
template <typename Row>
void least_of_blocks(const Row& row, double* least) {
  for (Index first = 0; first < row.size(); first += summed_block) {
    *least++ = row.segment(first, std::min(summed_block, row.size() - first)).minCoeff();
  }
}

std::optional<Matrices> matrices_of(const LengthMatrix& graph) {
  const Index n = graph.lengths.rows();
  Matrices matrices{graph.lengths, graph.lengths.transpose(), {}};
  const double shortest = n > 0 ? graph.lengths.minCoeff() : INFINITY;
  matrices.distances.diagonal().setZero();
  make_distances(matrices.distances);
  double longest = 0;
  for (const double distance : matrices.distances.reshaped<Eigen::RowMajor>()) {
    if (distance < INFINITY) longest = std::max(longest, distance);
  }
  if (shortest <= 8 * path_tie * longest) return std::nullopt;
  matrices.shortest_arriving.resize(n, blocks_of(n));
  for (Index v = 0; v < n; ++v) {
    least_of_blocks(matrices.arriving.row(v), matrices.shortest_arriving.row(v).data());
  }
  return matrices;
}

/// The sums over some sources.
class Share {
 public:
  explicit Share(const Matrices& matrices)
      : matrices_(matrices),
        sums_(matrices.distances.rows()),
        paths_(matrices.distances.rows()),
        dependency_(matrices.distances.rows()),
        others_(matrices.distances.rows()),
        nearest_(blocks_of(matrices.distances.rows())),
        places_(static_cast<std::size_t>(others_.size()) + 1) {}

  void begin() { sums_ = PathSums(matrices_.distances.rows()); }

  void add_distances(Index source) {
    const auto row = matrices_.distances.row(source);
    for (Index v = 0; v < row.size(); ++v) {
      if (v == source || row[v] == INFINITY) continue;
      sums_.distances[v] += row[v];
      sums_.inverses[v] += 1 / row[v];
      sums_.reaching[v] += 1;
    }
  }

  /// (Brandes 2001)
  void add_dependencies(Index source) {
    find_links(source);
    paths_.setOnes();
    for (const Reached& reached : reached_) {
      double paths = reached.also_direct ? 1 : 0;
      for (std::size_t l = reached.begin; l < reached.end; ++l) paths += paths_[before_[l]];
      paths_[reached.node] = paths;
    }
    dependency_.setZero();
    for (std::size_t i = reached_.size(); i-- > 0;) {
      const Reached& reached = reached_[i];
      const double share = (1 + dependency_[reached.node]) / paths_[reached.node];
      for (std::size_t l = reached.begin; l < reached.end; ++l) {
        dependency_[before_[l]] += paths_[before_[l]] * share;
      }
    }
    sums_.dependencies += dependency_;
  }

  const PathSums& sums() const { return sums_; }

 private:
  /// A node that a shortest path reaches through others: before_[begin] … before_[end - 1].
  struct Reached {
    double distance;
    std::int32_t node;
    bool also_direct;
    std::size_t begin;
    std::size_t end;
  };

  const Matrices& matrices_;
  const decltype(Kernels::sums_within) sums_within_ = kernels().sums_within;
  PathSums sums_;
  Vector paths_;
  Vector dependency_;
  /// Distances of all nodes but the source, and the least of each block.
  Eigen::RowVectorXd others_;
  Eigen::RowVectorXd nearest_;
  std::vector<std::int32_t> places_;
  /// Nearest first.
  std::vector<Reached> reached_;
  std::vector<Index> before_;

  void find_links(Index source) {
    reached_.clear();
    before_.clear();
    others_ = matrices_.distances.row(source);
    others_[source] = INFINITY;  // what it sends itself has nothing between
    least_of_blocks(others_, nearest_.data());
    for (Index v = 0; v < others_.size(); ++v) {
      if (others_[v] < INFINITY) find_links_to(v, source);
    }
    std::sort(reached_.begin(), reached_.end(),
              [](const Reached& a, const Reached& b) { return a.distance < b.distance; });
  }

  static bool ties(double length, double distance) {
    return length - distance <= path_tie * length;
  }

  void find_links_to(Index node, Index source) {
    const double distance = others_[node];
    const double most = distance * (1 + 2 * path_tie);
    const double* edges = matrices_.arriving.row(node).data();
    const double* least = matrices_.shortest_arriving.row(node).data();
    Reached reached{distance, static_cast<std::int32_t>(node),
                    edges[source] < INFINITY && ties(edges[source], distance), before_.size(), 0};
    const std::ptrdiff_t found = sums_within_(others_.data(), edges, others_.size(),
                                              nearest_.data(), least, most, places_.data());
    for (std::ptrdiff_t i = 0; i < found; ++i) {
      const Index u = places_[i];
      if (ties(others_[u] + edges[u], distance)) before_.push_back(u);
    }
    reached.end = before_.size();
    if (reached.end > reached.begin) reached_.push_back(reached);
  }
};

}  // namespace

bool suits_matrices(std::size_t nodes, std::size_t edges) {
  constexpr std::size_t most_nodes = 2048;
  return nodes <= most_nodes && 8 * edges >= nodes * nodes;
}

std::optional<PathSums> dense_path_sums(const LengthMatrix& graph, Betweenness betweenness,
                                        const SearchProgress& progress) {
  const std::optional<Matrices> matrices = matrices_of(graph);
  if (!matrices) return std::nullopt;
  const auto n = static_cast<std::size_t>(graph.lengths.rows());
  const std::size_t count = (n + sources_in_share - 1) / sources_in_share;
  std::vector<Share> shares(results_in_flight(), Share(*matrices));
  PathSums total(static_cast<Index>(n));
  parallel_in_order(
      count,
      [&](std::size_t i) {
        check_stop();
        Share& share = shares[i % shares.size()];
        share.begin();
        const std::size_t begin = i * sources_in_share;
        for (std::size_t s = begin; s < std::min(begin + sources_in_share, n); ++s) {
          share.add_distances(static_cast<Index>(s));
          if (betweenness == Betweenness::wanted) share.add_dependencies(static_cast<Index>(s));
        }
      },
      [&](std::size_t i) {
        total += shares[i % shares.size()].sums();
        if (progress) progress(std::min((i + 1) * sources_in_share, n), n);
      });
  return total;
}

}  // namespace attngraph

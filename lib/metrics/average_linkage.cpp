// Average linkage by nearest neighbours that are remembered.
//
// Requires a symmetric matrix of finite distances. Each cluster keeps its place in the matrix (that
// of its lowest item) and its nearest neighbour at a higher place; a merge updates one row by
// Lance and Williams and looks anew only for clusters whose neighbour it touched. O(items²) memory,
// O(items²) time in practice, O(items³) at worst: heads are at most a few thousand. Scanning places
// in ascending order makes ties, and with them the dendrogram, the same on every machine.

#include "metrics/average_linkage.hpp"

#include <limits>
#include <string>

#include "core/error.hpp"

namespace attngraph {
namespace {

struct Cluster {
  bool active = true;
  std::size_t id = 0;
  double size = 1;
  /// Nearest active cluster at a higher place, and how far it is.
  Index nearest = 0;
  double distance = std::numeric_limits<double>::infinity();
};

void find_nearest(const Matrix& distances, std::vector<Cluster>& clusters, Index place) {
  Cluster& cluster = clusters[static_cast<std::size_t>(place)];
  cluster.distance = std::numeric_limits<double>::infinity();
  for (Index other = place + 1; other < distances.cols(); ++other) {
    if (!clusters[static_cast<std::size_t>(other)].active) continue;
    if (distances(place, other) < cluster.distance) {
      cluster.distance = distances(place, other);
      cluster.nearest = other;
    }
  }
}

/// Puts the cluster at `right` into that at `left`.
void merge_places(Matrix& distances, std::vector<Cluster>& clusters, Index left, Index right) {
  Cluster& kept = clusters[static_cast<std::size_t>(left)];
  Cluster& gone = clusters[static_cast<std::size_t>(right)];
  gone.active = false;
  const double size = kept.size + gone.size;
  const Eigen::RowVectorXd mean =
      (kept.size * distances.row(left) + gone.size * distances.row(right)) / size;
  distances.row(left) = mean;
  distances.col(left) = mean.transpose();
  kept.size = size;
  for (Index place = 0; place < distances.rows(); ++place) {
    const Cluster& cluster = clusters[static_cast<std::size_t>(place)];
    if (!cluster.active || place > right) continue;
    if (place == left || cluster.nearest == left || cluster.nearest == right) {
      find_nearest(distances, clusters, place);
    }
  }
}

}  // namespace

std::vector<Merge> average_linkage(const Matrix& distances) {
  Matrix between = distances;
  const Index items = distances.rows();
  std::vector<Cluster> clusters(static_cast<std::size_t>(items));
  for (Index place = 0; place < items; ++place) {
    clusters[static_cast<std::size_t>(place)].id = static_cast<std::size_t>(place);
    find_nearest(between, clusters, place);
  }
  std::vector<Merge> merges;
  for (Index step = 0; step + 1 < items; ++step) {
    Index left = -1;
    for (Index place = 0; place + 1 < items; ++place) {
      const Cluster& cluster = clusters[static_cast<std::size_t>(place)];
      if (!cluster.active || cluster.distance == std::numeric_limits<double>::infinity()) continue;
      if (left < 0 || cluster.distance < clusters[static_cast<std::size_t>(left)].distance) {
        left = place;
      }
    }
    Cluster& kept = clusters[static_cast<std::size_t>(left)];
    const Index right = kept.nearest;
    const Cluster& gone = clusters[static_cast<std::size_t>(right)];
    merges.push_back(
        {kept.id, gone.id, kept.distance, static_cast<std::size_t>(kept.size + gone.size)});
    merge_places(between, clusters, left, right);
    kept.id = static_cast<std::size_t>(items + step);
  }
  return merges;
}

std::vector<std::size_t> leaf_order(const std::vector<Merge>& merges) {
  const std::size_t items = merges.size() + 1;
  std::vector<std::size_t> order;
  std::vector<std::size_t> open{items + merges.size() - 1};
  while (!open.empty()) {
    const std::size_t cluster = open.back();
    open.pop_back();
    if (cluster < items) {
      order.push_back(cluster);
      continue;
    }
    open.push_back(merges[cluster - items].right);
    open.push_back(merges[cluster - items].left);
  }
  return order;
}

std::vector<std::size_t> flat_clusters(const std::vector<Merge>& merges, std::size_t count) {
  const std::size_t items = merges.size() + 1;
  if (count == 0 || count > items) {
    throw ArgumentError("$cluster", std::to_string(count) + " clusters of " +
                                        std::to_string(items) + " heads, expected 1 to " +
                                        std::to_string(items));
  }
  // Going down from the root, clusters made by the last count - 1 merges pass on a new number.
  const std::size_t undone = items + merges.size() - (count - 1);
  std::vector<std::size_t> top(items + merges.size());
  for (std::size_t i = 0; i < top.size(); ++i) top[i] = i;
  for (std::size_t cluster = top.size(); cluster-- > items;) {
    if (cluster >= undone) continue;
    top[merges[cluster - items].left] = top[cluster];
    top[merges[cluster - items].right] = top[cluster];
  }
  std::vector<std::size_t> flat(items);
  std::vector<std::size_t> number(top.size(), items);
  std::size_t numbers = 0;
  for (const std::size_t item : leaf_order(merges)) {
    std::size_t& mine = number[top[item]];
    if (mine == items) mine = numbers++;
    flat[item] = mine;
  }
  return flat;
}

}  // namespace attngraph

#include "report/drawn/heads/clustered_matrix.hpp"

#include <cstddef>
#include <utility>

#include "metrics/average_linkage.hpp"

namespace attngraph {
namespace {

/// The merges as a tree over the leaves in their order.
std::vector<Joint> tree_of(const std::vector<Merge>& merges,
                           const std::vector<std::size_t>& order) {
  std::vector<std::size_t> places(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) places[order[place]] = place;
  const auto branch = [&](std::size_t i) { return i < places.size() ? places[i] : i; };
  std::vector<Joint> tree;
  for (const Merge& merge : merges) {
    tree.push_back({branch(merge.left), branch(merge.right), merge.distance});
  }
  return tree;
}

}  // namespace

Picture clustered_matrix(const std::vector<std::string>& names, const Matrix& distances) {
  const std::vector<Merge> merges = average_linkage(distances);
  const std::vector<std::size_t> order = leaf_order(merges);
  HeatMap map;
  map.rows = map.columns = order.size();
  map.tree = tree_of(merges, order);
  Panel panel;
  for (const std::size_t a : order) {
    map.row_labels.push_back(names.at(a));
    for (const std::size_t b : order) {
      panel.values.push_back(
          static_cast<float>(distances(static_cast<Index>(a), static_cast<Index>(b))));
    }
  }
  map.column_labels = map.row_labels;
  map.thinned = Thinned::to_labels;
  map.row_axis = map.column_axis = "Head";
  map.value_name = "distance";
  map.panels.push_back(std::move(panel));
  fit_range(map);
  Picture picture;
  picture.details = {"in the order of a tree by average linkage"};
  picture.content = std::move(map);
  return picture;
}

}  // namespace attngraph

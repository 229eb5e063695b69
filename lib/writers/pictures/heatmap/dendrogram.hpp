#pragma once

#include <vector>

namespace attngraph {

struct Joint;
class SvgCanvas;

/// Where a dendrogram is drawn: above what its leaves are about.
struct TreePlace {
  double left = 0;
  /// Of the leaves, the lower edge.
  double bottom = 0;
  double height = 0;
  /// How far a leaf is from the next.
  double leaf = 0;
};

/// The tree of `joints`, each at its height.
void draw_dendrogram(const std::vector<Joint>& joints, const TreePlace& place, SvgCanvas& canvas);

}  // namespace attngraph

#include "writers/pictures/heatmap/dendrogram.hpp"

#include <algorithm>
#include <cstddef>

#include "report/answer/picture.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"

namespace attngraph {
namespace {

/// The upper end of a branch.
struct Tip {
  double x = 0;
  double y = 0;
};

}  // namespace

void draw_dendrogram(const std::vector<Joint>& joints, const TreePlace& place, SvgCanvas& canvas) {
  if (joints.empty()) return;
  double highest = 0;
  for (const Joint& joint : joints) highest = std::max(highest, joint.height);
  std::vector<Tip> tips;
  for (std::size_t leaf = 0; leaf <= joints.size(); ++leaf) {
    tips.push_back({place.left + (static_cast<double>(leaf) + 0.5) * place.leaf, place.bottom});
  }
  Path lines;
  for (const Joint& joint : joints) {
    const Tip left = tips[joint.left], right = tips[joint.right];
    const double share = highest > 0 ? joint.height / highest : 0;
    const double y = place.bottom - share * place.height;
    lines.move_to(left.x, left.y).line_to(left.x, y).line_to(right.x, y).line_to(right.x, right.y);
    tips.push_back({(left.x + right.x) / 2, y});
  }
  canvas.path(lines, {.line = Rgb{0x44, 0x44, 0x44}});
}

}  // namespace attngraph

// Each number stands on its own line where the fewest others pass, so that one sees whose it is.
// How many pass is looked up in a grid of small cells that knows the lines in each.

#include "writers/pictures/graph/edge_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace attngraph {
namespace {

/// Where along the line a number may stand, in the order they are tried.
constexpr std::array<double, 11> places{0.5,  0.42, 0.58, 0.35, 0.65, 0.28,
                                        0.72, 0.22, 0.8,  0.16, 0.86};
constexpr double number_size = 10;
/// Among more other lines than this nobody sees whose number it is.
constexpr std::size_t most_passing = 3;
/// Lines of this share of the heaviest stand out among any.
constexpr double standing_out = 0.5;

/// Which lines pass through each cell of a grid.
class Lines {
 public:
  explicit Lines(const std::vector<SceneEdge>& edges) : count_(edges.size()) {
    for (std::uint32_t i = 0; i < edges.size(); ++i) add(edges[i].curve, i);
  }

  std::size_t count() const { return count_; }

  /// Lines that pass through a box.
  std::size_t passing(const Box& box) const {
    std::vector<std::uint32_t> found;
    const Cell first = cell_of({box.left, box.top}), last = cell_of({box.right(), box.bottom()});
    for (int x = first.first; x <= last.first; ++x) {
      for (int y = first.second; y <= last.second; ++y) {
        const auto lines = cells_.find({x, y});
        if (lines == cells_.end()) continue;
        found.insert(found.end(), lines->second.begin(), lines->second.end());
      }
    }
    std::sort(found.begin(), found.end());
    return static_cast<std::size_t>(std::unique(found.begin(), found.end()) - found.begin());
  }

 private:
  using Cell = std::pair<int, int>;
  static constexpr double size = 5;
  std::size_t count_;
  std::map<Cell, std::vector<std::uint32_t>> cells_;

  static Cell cell_of(Point point) {
    return {static_cast<int>(std::floor(point.x / size)),
            static_cast<int>(std::floor(point.y / size))};
  }

  void add(const Curve& curve, std::uint32_t edge) {
    const double around = length(curve.first - curve.from) + length(curve.second - curve.first) +
                          length(curve.to - curve.second);
    const auto steps = static_cast<int>(std::ceil(around / size)) + 1;
    for (int i = 0; i <= steps; ++i) {
      auto& lines = cells_[cell_of(curve.at(static_cast<double>(i) / steps))];
      if (lines.empty() || lines.back() != edge) lines.push_back(edge);
    }
  }
};

/// Places for numbers that are left where others have been taken.
class FreePlaces {
 public:
  explicit FreePlaces(const Scene& scene) : lines_(scene.edges) {
    for (const SceneNode& node : scene.nodes) taken_.push_back(node.box);
    for (const Label& label : scene.labels) taken_.push_back(label.box());
  }

  /// Adds the number of an edge where it finds a place.
  void add(const SceneEdge& edge, std::vector<Label>& numbers) {
    std::optional<Label> best;
    std::size_t least = edge.share >= standing_out ? lines_.count() + 1 : most_passing + 2;
    for (const double place : places) {
      const Label number{
          .text = edge.number, .place = edge.curve.at(place), .size = number_size, .halo = true};
      const Box box = number.box();
      if (is_taken(box)) continue;
      const std::size_t passing = lines_.passing(box);  // itself among them
      if (passing >= least) continue;
      least = passing;
      best = number;
    }
    if (!best) return;
    taken_.push_back(best->box());
    numbers.push_back(*best);
  }

 private:
  Lines lines_;
  std::vector<Box> taken_;

  bool is_taken(const Box& box) const {
    return std::any_of(taken_.begin(), taken_.end(),
                       [&](const Box& other) { return box.overlaps(other); });
  }
};

}  // namespace

std::vector<Label> edge_numbers(const Scene& scene) {
  std::vector<const SceneEdge*> edges;
  for (const SceneEdge& edge : scene.edges) {
    if (!edge.number.empty()) edges.push_back(&edge);
  }
  if (edges.empty()) return {};
  std::stable_sort(edges.begin(), edges.end(),
                   [](const SceneEdge* a, const SceneEdge* b) { return a->share > b->share; });
  FreePlaces places_left(scene);
  std::vector<Label> numbers;
  for (const SceneEdge* edge : edges) places_left.add(*edge, numbers);
  return numbers;
}

}  // namespace attngraph

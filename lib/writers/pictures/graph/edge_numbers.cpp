#include "writers/pictures/graph/edge_numbers.hpp"

#include <algorithm>
#include <array>

namespace attngraph {
namespace {

/// Where along the line a number may stand, in the order they are tried.
constexpr std::array<double, 9> places{0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.8};
constexpr double number_size = 10;

}  // namespace

std::vector<Label> edge_numbers(const Scene& scene) {
  std::vector<const SceneEdge*> edges;
  for (const SceneEdge& edge : scene.edges) {
    if (!edge.number.empty()) edges.push_back(&edge);
  }
  std::stable_sort(edges.begin(), edges.end(),
                   [](const SceneEdge* a, const SceneEdge* b) { return a->share > b->share; });
  std::vector<Box> taken;
  for (const SceneNode& node : scene.nodes) taken.push_back(node.box);
  for (const Label& label : scene.labels) taken.push_back(label.box());
  std::vector<Label> numbers;
  for (const SceneEdge* edge : edges) {
    for (const double place : places) {
      const Label number{
          .text = edge->number, .place = edge->curve.at(place), .size = number_size, .halo = true};
      const Box box = number.box();
      const bool free = std::none_of(taken.begin(), taken.end(),
                                     [&](const Box& other) { return box.overlaps(other); });
      if (!free) continue;
      taken.push_back(box);
      numbers.push_back(number);
      break;
    }
  }
  return numbers;
}

}  // namespace attngraph

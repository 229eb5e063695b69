#include "metrics/paths/distance.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/number_text.hpp"

namespace attngraph {
namespace {

[[noreturn]] void refuse(const EdgeArrays& edges, std::size_t i, const std::string& expected,
                         std::string hint) {
  throw InputError(
      "edge " + std::to_string(edges.source[i]) + " -> " + std::to_string(edges.target[i]),
      "the weight is " + number_text(edges.weight[i]) + ", " + expected, std::move(hint));
}

double length(double weight, Distance distance) {
  switch (distance) {
    case Distance::neglog:
      return -std::log(weight);
    case Distance::inverse:
      return 1.0 / weight;
    case Distance::complement:
      return 1.0 - weight;
    case Distance::weight:
      return weight;
  }
  return weight;
}

}  // namespace

std::string_view distance_name(Distance distance) {
  switch (distance) {
    case Distance::neglog:
      return "neglog";
    case Distance::inverse:
      return "inverse";
    case Distance::complement:
      return "complement";
    case Distance::weight:
      return "weight";
  }
  return "";
}

LengthGraph length_graph(const EdgeArrays& edges, Distance distance) {
  const bool at_most_one = distance == Distance::neglog || distance == Distance::complement;
  const std::string name(distance_name(distance));
  LengthGraph graph{without_self_loops(edges)};
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    double& weight = graph.edges.weight[i];
    if (at_most_one && weight > 1.0 + weight_excess) {
      refuse(graph.edges, i, "at most 1 was expected by the distance " + name,
             "choose $distance inverse or weight, or divide the rows by their sums with "
             "$normalize rows");
    }
    const double long_enough = length(weight, distance);
    if (!std::isfinite(long_enough)) {
      refuse(graph.edges, i, "too small for the distance " + name,
             "leave out weights of no size with `attngraph sparsify $threshold`");
    }
    if (long_enough < shortest_length) ++graph.lifted;
    weight = std::max(long_enough, shortest_length);
  }
  return graph;
}

}  // namespace attngraph

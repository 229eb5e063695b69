#include "report/parts/metric.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr std::array<std::string_view, 12> names{
    "in_degree", "out_degree", "in_strength", "out_strength", "pagerank",  "betweenness",
    "closeness", "harmonic",   "eigenvector", "hub",          "authority", "core"};

std::string all_names() {
  std::string list;
  for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  return list;
}

}  // namespace

std::string_view metric_name(Metric metric) { return names[static_cast<std::size_t>(metric)]; }

Metric metric_named(std::string_view name, const std::string& option) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    throw ArgumentError(option, "'" + std::string(name) + "' is no metric",
                        "metrics are " + all_names());
  }
  return static_cast<Metric>(found - names.begin());
}

std::vector<Metric> metrics_named(std::string_view list) {
  std::vector<Metric> metrics;
  if (list == "all") {
    for (std::size_t i = 0; i < names.size(); ++i) metrics.push_back(static_cast<Metric>(i));
    return metrics;
  }
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const Metric metric = metric_named(list.substr(begin, end - begin), "$metric");
    if (std::find(metrics.begin(), metrics.end(), metric) != metrics.end()) {
      throw ArgumentError("$metric", std::string(metric_name(metric)) + " stands there twice");
    }
    metrics.push_back(metric);
    begin = end + 1;
  }
  return metrics;
}

bool counts_edges(Metric metric) {
  return metric == Metric::in_degree || metric == Metric::out_degree || metric == Metric::core;
}

}  // namespace attngraph

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// What can be asked about a token in an attention graph; methods are in lib/metrics.
enum class Metric {
  in_degree,
  out_degree,
  in_strength,
  out_strength,
  pagerank,
  betweenness,
  closeness,
  harmonic,
  eigenvector,
  hub,
  authority,
  core
};

/// `in_degree`, `pagerank` …
std::string_view metric_name(Metric metric);

/// The metric of that name.
/// @throws ArgumentError naming `option` for another name
Metric metric_named(std::string_view name, const std::string& option);

/// The metrics of a list such as `pagerank,hub`, in its order; `all` is every one.
/// @throws ArgumentError for an unknown, repeated or missing name
std::vector<Metric> metrics_named(std::string_view list);

/// Whether its values are whole numbers.
bool counts_edges(Metric metric);

}  // namespace attngraph

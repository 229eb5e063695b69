#include "metrics/metric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "core/error.hpp"
#include "metrics/paths/influence.hpp"
#include "metrics/walks/eigenvector.hpp"
#include "metrics/walks/pagerank.hpp"
#include "metrics/walks/stationary.hpp"
#include "metrics/walks/strength_null.hpp"

namespace attngraph {
namespace {

bool one_has_all(const Vector& x) {
  if (x.size() < 2 || x.maxCoeff() <= 0) return false;
  return x.sum() <= x.maxCoeff() * (1 + 1e-12);
}

bool all_have_the_same(const Vector& x) {
  if (x.size() < 2 || x.maxCoeff() <= 0) return false;
  return x.minCoeff() >= x.maxCoeff() * (1 - 1e-4);
}

constexpr std::array<Remark, 2> of_eigenvector{
    {{one_has_all, "eigenvector gives one token everything in ",
      ", as causal attention does; pagerank tells more"},
     {all_have_the_same, "eigenvector is the same for all tokens in ",
      ", as $direction informs gives where rows sum to 1; pagerank tells more"}}};

bool nobody_has_any(const Vector& x) { return x.size() > 0 && std::isnan(x[0]); }

constexpr std::array<Remark, 2> of_stationary{
    {{one_has_all, "stationary gives one token everything in ",
      ", as causal attention does; pagerank tells more"},
     {nobody_has_any, "stationary is empty in ",
      ", whose walks end in one place or another as they begin; pagerank tells more"}}};

/// Equal shares for the nodes where a walk begins again; none where that is anywhere.
Vector restart_of(const MeasuredGraph& asked) {
  const std::vector<std::size_t>& nodes = asked.options().restart;
  if (nodes.empty()) return {};
  Vector shares = Vector::Zero(static_cast<Index>(asked.graph().nodes()));
  for (const std::size_t node : nodes) {
    shares[static_cast<Index>(node)] = 1.0 / static_cast<double>(nodes.size());
  }
  return shares;
}

constexpr std::array<Metric, 15> table{{
    {.name = "in_degree",
     .meaning = "how many edges arrive",
     .type = MetricType::whole,
     .needs = {.edges = true},
     .values = [](MeasuredGraph& asked) { return asked.counted_degrees().in; }},
    {.name = "out_degree",
     .meaning = "how many edges leave",
     .type = MetricType::whole,
     .needs = {.edges = true},
     .values = [](MeasuredGraph& asked) { return asked.counted_degrees().out; }},
    {.name = "in_strength",
     .meaning = "sum of the weights that arrive",
     .formula = "Σ_q A[q, v]",
     .values = [](MeasuredGraph& asked) { return asked.degrees().in_strength; }},
    {.name = "out_strength",
     .meaning = "sum of the weights that leave",
     .formula = "Σ_k A[v, k]",
     .values = [](MeasuredGraph& asked) { return asked.degrees().out_strength; }},
    {.name = "pagerank",
     .meaning = "how often a random walk is there that now and then jumps anywhere",
     .formula = "x = d (Wᵀ x + dangling / n) + (1 - d) / n, rows of W divided by their sums, d the "
                "damping; with restart tokens these have what n shared",
     .paper = "Brin and Page 1998",
     .needs = {.damping = true, .matrices = 1},
     .values =
         [](MeasuredGraph& asked) {
           return pagerank(asked.graph(), asked.options().damping, asked.options().engine,
                           restart_of(asked));
         }},
    {.name = "stationary",
     .meaning = "how often a random walk is there in the long run that never jumps",
     .formula = "π = π P, rows of P those of W over their sums",
     .paper = "TokenRank is the same with jumps (Erel et al. 2025)",
     .needs = {.matrices = 3},
     .values = [](MeasuredGraph& asked) { return stationary(asked.graph()); },
     .remarks = of_stationary},
    {.name = "betweenness",
     .meaning = "share of the shortest paths between other tokens that pass it",
     .formula = "Σ_(s≠v≠t) σ_st(v) / σ_st over (n - 1)(n - 2), σ counts shortest paths",
     .paper = "Freeman 1977, Brandes 2001",
     .needs = {.paths = true, .path_counts = true, .matrices = 6},
     .values =
         [](MeasuredGraph& asked) {
           return asked.by_igraph() ? igraph_betweenness(asked.graph(), asked.options().distance)
                                    : asked.paths().betweenness;
         }},
    {.name = "closeness",
     .meaning = "how near those tokens are that reach it",
     .formula = "(r - 1) / Σ_u d(u, v) · (r - 1) / (n - 1) over the r - 1 nodes u that reach v",
     .paper = "Wasserman and Faust 1994",
     .needs = {.paths = true, .matrices = 6},
     .values =
         [](MeasuredGraph& asked) {
           return asked.by_igraph() ? igraph_closeness(asked.graph(), asked.options().distance)
                                    : asked.paths().closeness;
         }},
    {.name = "harmonic",
     .meaning = "mean of 1 / distance from all other tokens",
     .formula = "Σ_(u≠v) 1 / d(u, v) / (n - 1)",
     .paper = "Marchiori and Latora 2000",
     .needs = {.paths = true, .matrices = 6},
     .values =
         [](MeasuredGraph& asked) {
           return asked.by_igraph() ? igraph_harmonic(asked.graph(), asked.options().distance)
                                    : asked.paths().harmonic;
         }},
    {.name = "eigenvector",
     .meaning = "how much it is attended to by tokens that are attended to",
     .formula = "limit of x ← (Wᵀ + I) x from all ones, largest entry 1",
     .paper = "Bonacich 1972",
     .needs = {.matrices = 6},
     .values = [](MeasuredGraph& asked) { return eigenvector(asked.graph()); },
     .remarks = of_eigenvector},
    {.name = "hub",
     .meaning = "how much it attends to good authorities",
     .formula = "limit of x ← W Wᵀ x from all ones, largest entry 1",
     .paper = "Kleinberg 1999",
     .needs = {.matrices = 6},
     .values = [](MeasuredGraph& asked) { return asked.hubs().hub; }},
    {.name = "authority",
     .meaning = "how much it is attended to by good hubs",
     .formula = "limit of x ← Wᵀ W x from all ones, largest entry 1",
     .paper = "Kleinberg 1999",
     .needs = {.matrices = 6},
     .values = [](MeasuredGraph& asked) { return asked.hubs().authority; }},
    {.name = "core",
     .meaning = "largest k so that it is in a part of the graph where all have k edges",
     .paper = "Seidman 1983",
     .type = MetricType::whole,
     .needs = {.edges = true, .igraph = true, .matrices = matrices_of_igraph},
     .values = [](MeasuredGraph& asked) { return coreness(asked.counted()); }},
    {.name = "z",
     .meaning = "by how many standard deviations in_strength is above that of shuffled rows",
     .formula =
         "(s - Σ_q m_q) / sqrt(Σ_q v_q) over the rows that see it, m and v mean and variance "
         "of a row over the keys that it sees; 0 for 0/0",
     .values = [](MeasuredGraph& asked) { return strength_z(asked.graph()); }},
    {.name = "influence",
     .meaning = "how much of the outputs a node of a graph of attributions accounts for",
     .formula = "Σ_(k≥1) w Aᵏ, A[t, s] the weight of s → t over the sum of those into t, w the "
                "token_prob of the logits",
     .paper = "Ameisen et al. 2025",
     .needs = {.outputs = true},
     .values =
         [](MeasuredGraph& asked) {
           const Graph& graph = asked.graph();
           return influence(
               graph.direction() == Direction::attends ? graph.edges() : reversed(graph.edges()),
               asked.options().outputs);
         }},
}};

}  // namespace

std::span<const Metric> all_metrics() { return table; }

const Metric& metric_named(std::string_view name, const std::string& option) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Metric& metric) { return metric.name == name; });
  if (found == table.end()) {
    std::string names;
    for (const Metric& metric : table) {
      names += (names.empty() ? "" : ", ") + std::string(metric.name);
    }
    throw ArgumentError(option, "'" + std::string(name) + "' is no metric", "metrics are " + names);
  }
  return *found;
}

std::vector<Metric> metrics_named(std::string_view list) {
  std::vector<Metric> metrics;
  if (list == "all") {
    std::copy_if(table.begin(), table.end(), std::back_inserter(metrics),
                 [](const Metric& metric) { return !metric.needs.outputs; });
    return metrics;
  }
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const Metric& metric = metric_named(list.substr(begin, end - begin));
    if (std::find(metrics.begin(), metrics.end(), metric) != metrics.end()) {
      throw ArgumentError("$metric", std::string(metric.name) + " stands there twice");
    }
    metrics.push_back(metric);
    begin = end + 1;
  }
  return metrics;
}

std::string metric_list(std::span<const Metric> metrics) {
  std::string list;
  for (const Metric& metric : metrics) {
    list += (list.empty() ? "" : ",") + std::string(metric.name);
  }
  return list;
}

bool any_needs(std::span<const Metric> metrics, bool MetricNeeds::*what) {
  return std::any_of(metrics.begin(), metrics.end(),
                     [&](const Metric& metric) { return metric.needs.*what; });
}

const PathMetrics& MeasuredGraph::paths() {
  if (!paths_) {
    const bool between = any_needs(options_.metrics, &MetricNeeds::path_counts);
    paths_ = path_metrics(graph_, options_.distance,
                          between ? Betweenness::wanted : Betweenness::left_out, progress_);
  }
  return *paths_;
}

const Degrees& MeasuredGraph::degrees() {
  if (!degrees_) degrees_ = attngraph::degrees(graph_);
  return *degrees_;
}

const Degrees& MeasuredGraph::counted_degrees() {
  if (&counted_ == &graph_) return degrees();
  if (!counted_degrees_) counted_degrees_ = attngraph::degrees(counted_);
  return *counted_degrees_;
}

const HubAuthority& MeasuredGraph::hubs() {
  if (!hubs_) hubs_ = hub_authority(graph_.edges());
  return *hubs_;
}

}  // namespace attngraph

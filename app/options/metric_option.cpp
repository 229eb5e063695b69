#include "options/metric_option.hpp"

#include "options/options.hpp"

namespace attngraph {
namespace {

/// What the list may hold.
std::vector<std::string> metric_names() {
  std::vector<std::string> names{"all"};
  for (const Metric& metric : all_metrics()) names.emplace_back(metric.name);
  return names;
}

}  // namespace

void declare_metrics(OptionTable& options, std::vector<Metric>& metrics) {
  options
      .list(
          "--metric", "LIST", metric_list(metrics),
          [&metrics](const std::string& text) { metrics = metrics_named(text); },
          "measures, each a column; or all")
      .choices = metric_names();
}

}  // namespace attngraph

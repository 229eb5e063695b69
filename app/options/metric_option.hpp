#pragma once

#include <string>
#include <vector>

#include "report/questions/centrality.hpp"

namespace attngraph {

class OptionTable;

/// `--metric`: what is asked about every token.
void declare_metrics(OptionTable& options, std::vector<Metric>& metrics);

}  // namespace attngraph

#pragma once

#include <string>

#include "attention/heads/head_statistics.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// What kind of head has such statistics: the first word of head_type_column() whose rule holds.
std::string head_type(const HeadStatistics& statistics);

/// The column with that word, the rules in the order in which they are tried.
Column head_type_column();

}  // namespace attngraph

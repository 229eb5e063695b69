#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

/// A share as a person reads it: `81%`, `0.4%`, `under 0.1%`; never 100% of less than all.
std::string share_text(double share);

/// `the 3 largest edges of each query`
std::string per_query_text(std::size_t count);

}  // namespace attngraph

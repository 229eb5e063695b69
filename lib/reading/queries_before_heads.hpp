#pragma once

#include <optional>

#include "reading/finding.hpp"
#include "reading/reading.hpp"

namespace attngraph {

/// That the attention lies [query, head, key] (einsum's `bqhk`): read as [head, query, key] it is
/// not causal, and with the other order no query sees a later key and each sees its own. A look at
/// some rows. The cure names the axes.
std::optional<Finding> queries_before_heads(const Reading& reading);

}  // namespace attngraph

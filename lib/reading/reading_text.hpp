#pragma once

#include <optional>
#include <string>

namespace attngraph {

struct Reading;

/// The reading as one note:
/// `read as [layer, batch, head, query, key]: 6 layers of 12 heads, 17 tokens, self-attention, not
/// causal, $batch 1 of 0 to 2`
/// @param causal what is known about it; nothing says nothing
std::string reading_text(const Reading& reading, std::optional<bool> causal);

}  // namespace attngraph

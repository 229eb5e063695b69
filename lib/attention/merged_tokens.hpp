#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/merging_request.hpp"

namespace attngraph {

/// What can be known without the attention.
/// @throws ArgumentError where options do not go together
void check_merging(const MergingRequest& request);

/// What the request makes of the tokens of both sides; nothing where they stay as they are. Appends
/// to `notes` what was left out and what that means for the rows.
/// @throws ArgumentError where there are no tokens to judge by, or options do not go together
std::optional<MergedTokens> merged_tokens(const Attention& attention, const MergingRequest& request,
                                          std::vector<std::string>& notes);

/// What makes attention causal that is merged to segments in another order than that of the text;
/// empty where they follow it.
std::string hint_at_text_order(const Attention& attention);

}  // namespace attngraph

#pragma once

#include <string>

#include "reading/words/grouping.hpp"

namespace attngraph {

/// Whether nodes follow one another as their tokens do in the text: each ends before the next
/// begins. A causal matrix put together to others is causal no more.
bool in_text_order(const Grouping& grouping);

/// The nodes in the order of the text as segments are written, one for each run of tokens; runs of
/// the node `rest` are called after themselves: `0-0,document:1-20,question:21-40`.
std::string segments_in_text_order(const Grouping& grouping);

}  // namespace attngraph

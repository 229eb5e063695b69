#pragma once

#include <string>
#include <vector>

#include "attention/stored/stack_from_dump.hpp"
#include "reading/findings.hpp"
#include "reading/reading.hpp"
#include "report/answer/sink.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The attention of a file with a look at every head of it.
struct Inspected {
  Reading reading;
  Attention stack;
  std::vector<ScannedHead> heads;
  std::vector<Finding> findings;
};

/// Looks at every selected head of the attention in `dump`, valid or not. A batch of several is a
/// finding; its first item is looked at.
Inspected inspected_attention(const Dump& dump, const StackRequest& asked, Sink& sink);

/// The same for attention that lies in no file.
Inspected inspected_attention(const Attention& attention, Sink& sink);

/// Sums and extremes over all heads.
HeadScan together(const std::vector<ScannedHead>& heads);

}  // namespace attngraph

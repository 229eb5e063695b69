#pragma once

#include <string>
#include <vector>

#include "attention/attention_stack.hpp"
#include "attention/head_scan.hpp"

namespace attngraph {

/// One head of a file with what a look at it showed.
struct ScannedHead {
  std::int64_t layer;
  HeadLabel head;
  HeadScan scan;
};

/// Something about an attention file that its owner should know: what is, and what to type.
struct Finding {
  std::string what;
  std::string cure;
  /// Places it was found, in heads; 0 where it is about the whole file.
  std::size_t heads = 0;
};

/// What is the matter with one head: `scores`, `transposed`, `dropout`, `NaN` …; empty where all
/// is well. At most one word for each thing, joined by commas.
std::string head_verdict(const HeadScan& scan, std::size_t queries, std::size_t keys);

/// What is the matter with the heads of a file together, most serious first.
std::vector<Finding> diagnosis(const std::vector<ScannedHead>& heads, std::size_t queries,
                               std::size_t keys);

}  // namespace attngraph

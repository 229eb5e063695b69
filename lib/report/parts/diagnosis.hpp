#pragma once

#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/heads/head_scan.hpp"

namespace attngraph {

/// One head of a file with what a look at it showed.
struct ScannedHead {
  std::int64_t layer;
  std::int64_t head;
  HeadScan scan;
};

/// Something about an attention file that its owner should know: what is, and what to type.
struct Finding {
  std::string what;
  std::string cure;
};

/// What is the matter with each head: `negative`, `transposed`, `dropout`, `NaN` …, joined by
/// commas; `ok` where all is well.
std::vector<std::string> head_verdicts(const std::vector<ScannedHead>& heads, std::size_t queries,
                                       std::size_t keys);

/// What is the matter with the heads of a file together, most serious first.
std::vector<Finding> diagnosis(const std::vector<ScannedHead>& heads, std::size_t queries,
                               std::size_t keys);

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/arrays/axes.hpp"
#include "reading/finding.hpp"
#include "reading/head_facts.hpp"

namespace attngraph {

/// What is the matter with each head: `negative`, `transposed`, `dropout`, `NaN` …, joined by
/// commas; `ok` where all is well.
std::vector<std::string> head_verdicts(const std::vector<ScannedHead>& heads, std::size_t queries,
                                       std::size_t keys);

/// Whether a head has zeros and row sums on both sides of 1, as dropout leaves them.
bool shows_dropout(const HeadScan& scan, std::size_t queries, std::size_t keys);

/// What is the matter with the heads of a file together, most serious first.
/// @param axes as `axes` of the request names them where it does
/// @param other whether the reading found that the numbers are to be read in another way, which
/// explains row sums and padding
enum class OtherReading { none, found };
std::vector<Finding> diagnosis(const std::vector<ScannedHead>& heads, std::size_t queries,
                               std::size_t keys, const Axes& axes,
                               OtherReading other = OtherReading::none);

}  // namespace attngraph

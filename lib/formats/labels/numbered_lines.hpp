#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/labels/labels.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {

/// The labels of lines of two columns of which no header names one: beside numbers from 0 or 1 on
/// (`0<TAB>[CLS]`, pandas' `,0` before them), or, behind a tab, before whole numbers
/// (`[CLS]<TAB>101`). Nothing where lines are no such table.
/// @throws InputError where tabs divide every line into columns none of which is known, LimitError
/// for a label longer than `limits.label`, and where lines or labels take too much memory
std::optional<Labels> numbered_labels(std::string_view text, const std::string& source,
                                      const Limits& limits, TakenMemory& taken);

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <span>

namespace attngraph {

/// Whether numbers count from 0 or 1 on, each once.
enum class Counting { no, in_order, shuffled };

Counting counting(std::span<const std::size_t> numbers);

}  // namespace attngraph

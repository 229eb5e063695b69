#pragma once

#include <vector>

#include "core/instruction_set.hpp"

namespace attngraph {

/// Those that this processor has, the oldest first.
inline std::vector<InstructionSet> instruction_sets() {
  std::vector<InstructionSet> sets;
  for (auto set : {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
    if (set <= instruction_set()) sets.push_back(set);
  }
  return sets;
}

}  // namespace attngraph

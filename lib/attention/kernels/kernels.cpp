#include "attention/kernels/kernels.hpp"

#include "core/instruction_set.hpp"

namespace attngraph {

extern const Kernels baseline_kernels;
#ifdef ATTNGRAPH_KERNELS_X86
extern const Kernels avx2_kernels;
extern const Kernels avx512_kernels;
#endif

const Kernels& kernels() {
#ifdef ATTNGRAPH_KERNELS_X86
  switch (instruction_set()) {
    case InstructionSet::avx512:
      return avx512_kernels;
    case InstructionSet::avx2:
      return avx2_kernels;
    case InstructionSet::baseline:
      break;
  }
#endif
  return baseline_kernels;
}

}  // namespace attngraph

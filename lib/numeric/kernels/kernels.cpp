#include "numeric/kernels/kernels.hpp"

namespace attngraph {

extern const Kernels baseline_kernels;
#ifdef ATTNGRAPH_KERNELS_X86
extern const Kernels avx2_kernels;
extern const Kernels avx512_kernels;
#endif

const Kernels& kernels() { return kernels_for(instruction_set()); }

const Kernels& kernels_for([[maybe_unused]] InstructionSet set) {
#ifdef ATTNGRAPH_KERNELS_X86
  switch (set) {
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

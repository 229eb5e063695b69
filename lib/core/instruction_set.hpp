#pragma once

namespace attngraph {

/// Vector instructions that kernels are compiled for, from the oldest to the newest.
enum class InstructionSet {
  /// What every processor of the platform has.
  baseline,
  /// AVX2, FMA and F16C.
  avx2,
  /// AVX-512 with the parts F, BW, DQ and VL.
  avx512,
};

/// The newest that this processor has and the kernels were compiled for.
InstructionSet instruction_set();

}  // namespace attngraph

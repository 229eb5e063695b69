#pragma once

namespace attngraph {

/// Starts this program anew with one thread of the BLAS library where address space is limited:
/// OpenBLAS makes a thread for each processor when it is loaded, each takes 128 MiB of it; one that
/// does not get them tries for ever, which fork and exit wait for, and one that gets no thread ends
/// the process. To be called before libraries are set up, in .preinit_array.
void spare_blas_threads(int count, char** arguments, char** environment);

}  // namespace attngraph

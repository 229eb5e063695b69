#pragma once

namespace attngraph {

/// Starts this program anew with one thread of the BLAS library where address space is limited:
/// OpenBLAS makes a thread for each processor when it is loaded, each takes 128 MiB of it, and one
/// that does not get them tries for ever, which fork and exit wait for. To be called first of all.
void spare_blas_threads(char** arguments);

}  // namespace attngraph

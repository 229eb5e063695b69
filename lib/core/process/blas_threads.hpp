#pragma once

#include <cstddef>

namespace attngraph {

/// Starts this program anew with one thread of the BLAS library where address space or data are
/// limited, or no thread can be made: OpenBLAS makes one for each processor when it is loaded, each
/// takes 128 MiB of address space; one that does not get them tries for ever, which fork and exit
/// wait for, and one that gets no thread ends the process by SIGINT. To be called before libraries
/// are set up, in .preinit_array.
void spare_blas_threads(int count, char** arguments, char** environment);

/// Whether there is room for what OpenBLAS allocates for each of so many threads when they first
/// have work.
bool blas_buffers_fit(std::size_t threads);

/// Ends the threads that OpenBLAS made when it was loaded: for the first hundredths of a second
/// they wait for work by asking again and again, each on a processor that our own threads need. It
/// makes them anew when it is asked for a product. Does nothing with another library.
void end_blas_threads();

}  // namespace attngraph

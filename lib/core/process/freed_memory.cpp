#include "core/process/freed_memory.hpp"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace attngraph {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int mebibyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 64 * mebibyte);
  mallopt(M_TRIM_THRESHOLD, 256 * mebibyte);
#endif
}

}  // namespace attngraph

#include "core/process/blas_threads.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

namespace attngraph {

void spare_blas_threads(char** arguments) {
  constexpr const char* name = "OPENBLAS_NUM_THREADS";
  struct rlimit limit = {};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  if (std::getenv(name) != nullptr || setenv(name, "1", 1) != 0) return;
  execv("/proc/self/exe", arguments);  // where that fails, this process goes on as it is
}

}  // namespace attngraph

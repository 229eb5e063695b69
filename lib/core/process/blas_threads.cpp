#include "core/process/blas_threads.hpp"

#include <dlfcn.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace attngraph {

void spare_blas_threads(int, char** arguments, char** environment) {
  static constexpr std::string_view name = "OPENBLAS_NUM_THREADS=";
  static char setting[] = "OPENBLAS_NUM_THREADS=1";
  static std::array<char*, 4096> variables;  // nothing can be allocated yet
  struct rlimit limit = {};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  std::size_t count = 0;
  for (char** one = environment; *one != nullptr; ++one) {
    if (std::string_view(*one).starts_with(name) || count + 2 >= variables.size()) return;
    variables[count++] = *one;
  }
  variables[count] = setting;
  execve("/proc/self/exe", arguments, variables.data());  // where that fails, it goes on as it is
}

void end_blas_threads() {
  const auto end = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, "blas_thread_shutdown_"));
  if (end != nullptr) end();
}

}  // namespace attngraph

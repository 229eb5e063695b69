#include "core/process/blas_threads.hpp"

#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <string_view>

namespace attngraph {
namespace {

bool is_limited(int resource) {
  struct rlimit limit = {};
  return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

bool memory_is_limited() { return is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA); }

/// Whether there may be one thread or process more. Asked of the system itself: what the C library
/// does around a fork, and what sanitizers put into its place, is not ready yet.
bool another_thread_fits() {
  const long child = syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
  if (child == 0) syscall(SYS_exit_group, 0);
  if (child > 0) syscall(SYS_wait4, child, nullptr, 0, nullptr);
  return child > 0;
}

}  // namespace

void spare_blas_threads(int, char** arguments, char** environment) {
  static constexpr std::string_view name = "OPENBLAS_NUM_THREADS=";
  static char setting[] = "OPENBLAS_NUM_THREADS=1";
  static std::array<char*, 4096> variables;  // nothing can be allocated yet
  std::size_t count = 0;
  for (char** one = environment; *one != nullptr; ++one) {
    if (std::string_view(*one).starts_with(name) || count + 2 >= variables.size()) return;
    variables[count++] = *one;
  }
  if (!memory_is_limited() && another_thread_fits()) return;
  variables[count] = setting;
  execve("/proc/self/exe", arguments, variables.data());  // where that fails, it goes on as it is
}

bool blas_buffers_fit(std::size_t threads) {
  constexpr std::size_t bytes = std::size_t{136} << 20;
  void* room =
      mmap(nullptr, threads * bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return false;
  munmap(room, threads * bytes);
  return true;
}

void end_blas_threads() {
  const auto end = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, "blas_thread_shutdown_"));
  if (end != nullptr) end();
}

}  // namespace attngraph

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "core/process/blas_threads.hpp"
#include "core/process/descriptor.hpp"
#include "core/process/freed_memory.hpp"
#include "run.hpp"
#include "signals.hpp"

namespace {

/// Some libraries fall over where they cannot have their first memory.
void require_room_to_start() {
  struct rlimit limit = {};
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY) return;
  constexpr std::size_t room = std::size_t{1} << 20;
  void* const tried =
      mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (tried != MAP_FAILED) return void(munmap(tried, room));
  constexpr std::string_view text =
      "attngraph: the address space is too small to start in\nhint: raise ulimit -v\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
  _exit(5);
}

void prepare_for_libraries(int count, char** arguments, char** environment) {
  attngraph::spare_blas_threads(count, arguments, environment);
  require_room_to_start();
}

/// One pointer: an array would be aligned, and what lies between it and another's pointer called.
[[gnu::section(".preinit_array"),
  gnu::used]] void (*before_libraries)(int, char**, char**) = prepare_for_libraries;

}  // namespace

int main(int count, char** arguments) {
  attngraph::open_standard_descriptors();
  attngraph::install_signal_handlers();
  attngraph::keep_freed_memory();
  attngraph::end_blas_threads();
  std::ios::sync_with_stdio(false);
  const int status =
      attngraph::run({arguments + 1, arguments + count}, std::cin, std::cout, std::cerr);
  std::cerr.flush();
  // Destructors would take back what the system takes back anyway.
  std::_Exit(status);
}

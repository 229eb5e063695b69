#include <cstdlib>
#include <iostream>

#include "core/process/blas_threads.hpp"
#include "core/process/descriptor.hpp"
#include "core/process/freed_memory.hpp"
#include "run.hpp"
#include "signals.hpp"

[[gnu::section(".preinit_array"),
  gnu::used]] static void (*before_libraries)(int, char**, char**) = attngraph::spare_blas_threads;

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

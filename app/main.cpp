#include <iostream>

#include "run.hpp"
#include "signals.hpp"

int main(int count, char** arguments) {
  attngraph::install_signal_handlers();
  std::ios::sync_with_stdio(false);
  return attngraph::run({arguments + 1, arguments + count}, std::cin, std::cout, std::cerr);
}

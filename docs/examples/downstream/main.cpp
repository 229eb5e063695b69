// Prints how much of each input token reaches the first output, as `attngraph rollout --target 0`.
#include <iostream>

#include "attention/layers/rollout.hpp"
#include "attention/stored/stack_from_dump.hpp"
#include "core/error.hpp"
#include "formats/file_bytes.hpp"
#include "formats/read_dump.hpp"

int main(int count, char** words) try {
  if (count != 2) return 2;
  const auto dump = attngraph::read_dump(attngraph::file_bytes(words[1], {}), words[1], {});
  std::vector<std::string> notes;
  const auto attention = attngraph::stack_from_dump(dump, {}, notes);
  const auto range = attngraph::layer_range(attention, {}, {});
  const attngraph::Matrix rollout = attngraph::rollout<double>(attention, {}, range);
  for (const double share : rollout.row(0)) std::cout << share << '\n';
} catch (const attngraph::Error& error) {
  std::cerr << error.what() << '\n';
  return 3;
}

#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "exit_status.hpp"
#include "output/several/spool.hpp"

namespace attngraph {

using SendMessage = std::function<void(std::string_view message)>;

/// What becomes of one of several inputs.
struct InputWork {
  /// Works on input i; its answer is what it sends.
  std::function<Ending(std::size_t i, const SendMessage& send)> work;
  /// Takes what it sent and how it ended, input after input in order. @returns whether to go on
  std::function<bool(std::size_t i, Spool& sent, const Ending& ending)> take;
};

/// Each input in turn, in this process.
void inputs_in_turn(std::size_t count, const InputWork& inputs);

/// So many worker processes, started once, take inputs as they become free. Nobody runs further
/// ahead of the input that is taken next than some hundreds. Inputs of a worker that ends before
/// its time end with an error; others go on with the rest.
void inputs_in_parallel(std::size_t count, std::size_t jobs, const InputWork& inputs);

}  // namespace attngraph

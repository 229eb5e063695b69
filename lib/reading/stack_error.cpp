#include "reading/stack_error.hpp"

#include <string>

namespace attngraph {

InputError stack_error(const InputError& error) {
  const std::string& hint = error.hint();
  if (hint.find("$tensor") == hint.npos) return error;
  const bool batch = hint.starts_with("choose one of the batch");
  return {error.where(), error.problem(),
          std::string(batch ? "choose one of the batch with $batch 0; " : "") +
              "a stack is of files that hold one layer each, of the same heads and tokens: leave "
              "others out, or $stack, and each file is answered by itself"};
}

}  // namespace attngraph

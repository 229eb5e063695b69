#pragma once

#include <string>

namespace attngraph {

/// Something about a file that its owner should know: what is, and what to type.
struct Finding {
  std::string what;
  std::string cure;
};

}  // namespace attngraph

#include "report/answer/sink.hpp"

namespace attngraph {

std::size_t row_count(const Chunk& chunk) {
  if (chunk.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, chunk.front());
}

}  // namespace attngraph

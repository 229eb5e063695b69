#include "report/answer/sink.hpp"

namespace attngraph {

Column Column::of_type(ColumnType other) const {
  Column changed = *this;
  changed.type = other;
  return changed;
}

Column Column::where(Known filled) const {
  Column changed = *this;
  changed.known = filled;
  return changed;
}

std::size_t row_count(const Chunk& chunk) {
  if (chunk.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, chunk.front());
}

}  // namespace attngraph

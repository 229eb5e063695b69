#include "report/answer/kept_answer.hpp"

#include <stdexcept>
#include <type_traits>
#include <variant>

namespace attngraph {
namespace {

/// Puts the values of a chunk behind those that are there.
struct Append {
  Values& all;
  template <typename Cells>
  void operator()(const Cells& cells) const {
    auto& kept = std::get<Cells>(all);
    if constexpr (std::is_same_v<Cells, Unknown>) {
      kept.rows += cells.rows;
    } else {
      kept.insert(kept.end(), cells.begin(), cells.end());
    }
  }
};

}  // namespace

const Values& KeptAnswer::values(std::string_view name) const {
  for (std::size_t c = 0; c < schema.size(); ++c) {
    if (schema[c].name == name) return rows.at(c);
  }
  throw std::logic_error("there is no column " + std::string(name));
}

void AnswerKeeper::begin_rows(const Schema& schema) { answer_.schema = schema; }

void AnswerKeeper::rows(const Chunk& chunk) {
  if (answer_.rows.empty()) {
    answer_.rows = chunk;
    return;
  }
  for (std::size_t c = 0; c < chunk.size(); ++c) std::visit(Append{answer_.rows[c]}, chunk[c]);
}

void AnswerKeeper::matrix(const MatrixPlace&, MatrixView values) {
  for (std::size_t i = 0; i < values.rows * values.columns; ++i) {
    answer_.matrix.push_back(static_cast<float>(values[i]));
  }
}

}  // namespace attngraph

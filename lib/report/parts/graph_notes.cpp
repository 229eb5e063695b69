#include "report/parts/graph_notes.hpp"

#include "graph/graphs.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

std::string direction_remark(Direction direction, Sides sides) {
  const bool attends = direction == Direction::attends;
  if (sides == Sides::self) {
    return std::string("an arrow leads from each token to ") +
           (attends ? "what it attends to" : "those that attend to it");
  }
  return attends ? "an arrow leads from each query to the keys that it attends to"
                 : "an arrow leads from each key to the queries that attend to it";
}

void note_direction(Direction direction, Sink& sink) {
  sink.parameter("direction", std::string(direction_name(direction)));
  sink.note(direction == Direction::attends ? "edges lead from the query to the key it attends to"
                                            : "edges lead from the key to the query it informs");
}

void note_dense_work(const Graphs& graphs, Sink& sink) {
  if (graphs.nodes() <= many_tokens || !graphs.dense()) return;
  sink.note(std::to_string(graphs.nodes()) +
            " tokens make a large dense graph; `attngraph sparsify $top-k 32 $edges $csv` "
            "makes a sparse one that this command reads");
}

}  // namespace attngraph

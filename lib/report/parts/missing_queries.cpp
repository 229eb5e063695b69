#include "report/parts/missing_queries.hpp"

#include <string>

#include "attention/attention.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

void note_missing_queries(const Attention& attention, Sink& sink) {
  if (attention.cross() || attention.queries() == attention.keys()) return;
  sink.note("the file has the last " + std::to_string(attention.queries()) + " queries of " +
            std::to_string(attention.keys()) + " tokens: rows of the others count as zeros");
}

}  // namespace attngraph

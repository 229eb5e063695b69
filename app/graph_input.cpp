#include "graph_input.hpp"

#include "job.hpp"
#include "options.hpp"

namespace attngraph {

GraphSource graph_input(Job& job) {
  const Dump& dump = job.dump();
  if (dump.edges.empty()) return GraphSource(job.stack());
  return GraphSource(dump, job.request().layers, job.request().heads, job.tokens());
}

void declare_direction(OptionTable& options, Direction& direction) {
  options.choice("--direction", direction,
                 {{"attends", Direction::attends}, {"informs", Direction::informs}},
                 "edges lead from the query to the key, or from the key to the query");
}

void declare_self_loops(OptionTable& options, SelfLoops& self_loops) {
  options.choice("--self-loops", self_loops, {{"keep", SelfLoops::keep}, {"drop", SelfLoops::drop}},
                 "what becomes of a token's attention to itself");
}

}  // namespace attngraph

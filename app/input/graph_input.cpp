#include "input/graph_input.hpp"

#include "core/memory_need.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {

GraphSource graph_input(Job& job) {
  const Dump& dump = job.dump();
  if (dump.edges.empty()) return GraphSource(job.stack());
  constexpr std::size_t bytes_per_node = 128;
  check_memory(job.common().limits, {dump.nodes, bytes_per_node},
               dump.source + ": a graph of " + std::to_string(dump.nodes) + " nodes",
               "number the nodes from 0 on without gaps, or give them names");
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

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "metrics/engine.hpp"
#include "metrics/flow/attention_flow.hpp"
#include "metrics/flow/reference_flow.hpp"

namespace attngraph {

/// Flows and cuts by the kernel for layered graphs on worker_threads() threads, or by igraph, many
/// times slower.
class Flows {
 public:
  /// @param transitions as for LayerCapacities
  Flows(std::vector<Matrix> transitions, Engine engine);

  /// The flows from `output` to each of `inputs`; with the own engine also within a parallel_for.
  /// The thread that began everything tells `progress` how many are done.
  std::vector<double> flows(std::size_t output, const std::vector<std::size_t>& inputs,
                            const std::function<void(std::size_t done)>& progress);
  /// What no flow to `input` exceeds, from the output that this thread asked flows() about last.
  double bound(std::size_t input) { return own().bound(input); }

  /// The minimum cut nearest the input.
  std::vector<LayerEdge> minimum_cut(std::size_t output, std::size_t input);

 private:
  std::optional<ReferenceFlow> reference_;
  std::shared_ptr<const LayerCapacities> capacities_;
  /// One for each thread, which makes it: so their memory lies apart, and no thread waits for a
  /// line of the cache that another writes to.
  std::vector<std::unique_ptr<AttentionFlow>> own_;

  AttentionFlow& own();
};

}  // namespace attngraph

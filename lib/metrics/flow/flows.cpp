#include "metrics/flow/flows.hpp"

#include <atomic>
#include <utility>

#include "core/parallel.hpp"

namespace attngraph {

Flows::Flows(std::vector<Matrix> transitions, Engine engine) {
  // igraph must not be used by two threads.
  if (engine == Engine::igraph) reference_.emplace(transitions);
  capacities_ = std::make_shared<LayerCapacities>(std::move(transitions));
  own_.resize(reference_ ? 1 : worker_threads());
}

AttentionFlow& Flows::own() {
  auto& mine = own_[reference_ ? 0 : worker_index()];
  if (!mine) mine = std::make_unique<AttentionFlow>(capacities_);
  return *mine;
}

std::vector<double> Flows::flows(std::size_t output, const std::vector<std::size_t>& inputs,
                                 const std::function<void(std::size_t)>& progress) {
  std::vector<double> found(inputs.size());
  std::atomic<std::size_t> next{0};
  own().choose_output(output);
  parallel_for(own_.size(), [&](std::size_t) {
    own().choose_output(output);
    for (std::size_t i = next++; i < inputs.size(); i = next++) {
      if (worker_index() == 0) progress(i);
      found[i] = reference_ ? reference_->flow(output, inputs[i]) : own().flow(inputs[i]);
    }
  });
  return found;
}

std::vector<LayerEdge> Flows::minimum_cut(std::size_t output, std::size_t input) {
  if (reference_) return reference_->minimum_cut(output, input);
  own().choose_output(output);
  return own().minimum_cut(input);
}

}  // namespace attngraph

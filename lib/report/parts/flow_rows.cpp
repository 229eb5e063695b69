#include "report/parts/flow_rows.hpp"

#include <cmath>
#include <numeric>

#include "core/ordered.hpp"
#include "core/stop.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {
namespace {

/// A flow that is this near its bound is saturated.
constexpr double saturation = 1e-9;

}  // namespace

std::vector<std::size_t> all_tokens(std::size_t count) {
  std::vector<std::size_t> tokens(count);
  std::iota(tokens.begin(), tokens.end(), std::size_t{0});
  return tokens;
}

std::vector<Matrix> transitions_of(const FlowQuestion& question) {
  std::vector<Matrix> transitions;
  for (std::size_t l = question.range.first; l <= question.range.last; ++l) {
    transitions.push_back(layer_transition(question.stack, l, question.options.transition));
  }
  return transitions;
}

FlowRows::FlowRows(const FlowQuestion& question, Sink& sink)
    : question_(question), flows_(transitions_of(question), question.options.engine), sink_(sink) {
  if (question.options.measure != FlowMeasure::over_causal_null) return;
  const std::size_t layers = question.range.last - question.range.first + 1;
  const Matrix uniform =
      uniform_causal_transition(question.stack.keys(), question.options.transition.residual);
  null_.emplace(std::vector<Matrix>(layers, uniform), Engine::own);
}

void FlowRows::for_each(const std::function<void(std::size_t, const FlowRow&)>& visit) {
  const bool own = question_.options.engine == Engine::own;
  ordered(
      question_.outputs.size(), own ? Workers::threads : Workers::processes,
      [&](std::size_t o) { return row(question_.outputs[o]); },
      [&](std::size_t o, const FlowRow& row) {
        for (const InputFlow& to : row) saturated_ += static_cast<std::size_t>(to.saturated);
        done_ += row.size();
        visit(question_.outputs[o], row);
        if (!own) tell_progress(done_);
      });
}

double FlowRows::saturated_share() const {
  return done_ > 0 ? static_cast<double>(saturated_) / static_cast<double>(done_) : 0;
}

void FlowRows::tell_progress(std::size_t done) {
  sink_.progress(done, question_.outputs.size() * question_.inputs.size());
}

FlowRow FlowRows::row(std::size_t output) {
  const auto progress = [this](std::size_t done) {
    check_stop();
    if (question_.options.engine == Engine::own) tell_progress(done_ + done);
  };
  const auto& inputs = question_.inputs;
  const std::vector<double> flows = flows_.flows(output, inputs, progress);
  const std::vector<double> divisors = divisors_of(output, flows, progress);
  FlowRow row;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const double bound = flows_.bound(inputs[i]);
    const bool saturated = std::abs(bound - flows[i]) < saturation;
    row.push_back(divisors[i] > 0
                      ? InputFlow{flows[i] / divisors[i], bound / divisors[i], saturated}
                      : InputFlow{0, 0, saturated});
  }
  return row;
}

std::vector<double> FlowRows::divisors_of(std::size_t output, const std::vector<double>& flows,
                                          const std::function<void(std::size_t)>& progress) {
  if (null_) return null_->flows(output, question_.inputs, progress);
  double sum = 1;
  if (question_.options.measure == FlowMeasure::share) {
    const bool all = flows.size() == question_.stack.keys();
    const std::vector<double> row =
        all ? flows : flows_.flows(output, all_tokens(question_.stack.keys()), progress);
    sum = std::accumulate(row.begin(), row.end(), 0.0);
  }
  return std::vector<double>(flows.size(), sum);
}

}  // namespace attngraph

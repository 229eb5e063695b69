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
  auto transitions = layer_transitions(question.stack, question.range, question.options.transition);
  question.tokens.gather_inputs(transitions.front());
  return transitions;
}

FlowRows::FlowRows(const FlowQuestion& question, Sink& sink)
    : question_(question), flows_(transitions_of(question), question.options.engine), sink_(sink) {
  for (const std::size_t input : question.inputs) {
    sinks_.push_back(question.tokens.tokens_of(input).front());
  }
  if (question.options.measure != FlowMeasure::over_causal_null) return;
  const std::size_t layers = question.range.last - question.range.first + 1;
  std::vector<Matrix> uniform(
      layers,
      uniform_causal_transition(question.stack.keys(), question.options.transition.residual));
  question.tokens.gather_inputs(uniform.front());
  null_.emplace(std::move(uniform), Engine::own);
}

void FlowRows::for_each(const std::function<void(std::size_t, const FlowRow&)>& visit) {
  const bool own = question_.options.engine == Engine::own;
  ordered(
      question_.outputs.size(), own ? Workers::threads : Workers::processes, {},
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
  std::vector<double> flow(sinks_.size()), bound(sinks_.size()), divisors(sinks_.size());
  const auto pieces = question_.tokens.tokens_of(output);
  for (const std::size_t piece : pieces) {
    const std::vector<double> flows = flows_.flows(piece, sinks_, progress);
    for (std::size_t i = 0; i < sinks_.size(); ++i) {
      flow[i] += flows[i];
      bound[i] += flows_.bound(sinks_[i]);
    }
    const std::vector<double> own = divisors_of(piece, flows, progress);
    for (std::size_t i = 0; i < sinks_.size(); ++i) divisors[i] += own[i];
  }
  FlowRow row;
  for (std::size_t i = 0; i < sinks_.size(); ++i) {
    const double apart = std::abs(bound[i] - flow[i]) / static_cast<double>(pieces.size());
    const bool saturated = apart < saturation;
    row.push_back(divisors[i] > 0
                      ? InputFlow{flow[i] / divisors[i], bound[i] / divisors[i], saturated}
                      : InputFlow{0, 0, saturated});
  }
  return row;
}

std::vector<double> FlowRows::divisors_of(std::size_t token, const std::vector<double>& flows,
                                          const std::function<void(std::size_t)>& progress) {
  if (null_) return null_->flows(token, sinks_, progress);
  double sum = 1;
  if (question_.options.measure == FlowMeasure::share) {
    const bool all = flows.size() == question_.stack.keys();
    const std::vector<double> row =
        all ? flows : flows_.flows(token, all_tokens(question_.stack.keys()), progress);
    sum = std::accumulate(row.begin(), row.end(), 0.0);
  }
  return std::vector<double>(flows.size(), sum);
}

}  // namespace attngraph

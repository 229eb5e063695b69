#include "report/parts/flow_rows.hpp"

#include <cmath>
#include <cstring>
#include <numeric>
#include <string_view>

#include "core/parallel.hpp"
#include "core/process/forked_workers.hpp"
#include "core/stop.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {
namespace {

/// A flow that is this near its bound is saturated.
constexpr double saturation = 1e-9;

template <typename Number>
void append_bytes(const std::vector<Number>& numbers, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number));
}

/// The row as bytes that another process can read.
std::string bytes_of(const FlowRow& row) {
  std::string bytes;
  append_bytes(row.flow, bytes);
  append_bytes(row.bound, bytes);
  append_bytes(row.saturated, bytes);
  return bytes;
}

FlowRow row_from(std::string_view bytes) {
  static_assert(sizeof(double) == sizeof(std::int64_t));
  const std::size_t part = bytes.size() / 3, count = part / sizeof(double);
  FlowRow row{std::vector<double>(count), std::vector<double>(count),
              std::vector<std::int64_t>(count)};
  std::memcpy(row.flow.data(), bytes.data(), part);
  std::memcpy(row.bound.data(), bytes.data() + part, part);
  std::memcpy(row.saturated.data(), bytes.data() + 2 * part, part);
  return row;
}

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
  null_.emplace(std::vector<Matrix>(layers, uniform), FlowEngine::own);
}

void FlowRows::for_each(const std::function<void(std::size_t, const FlowRow&)>& visit) {
  const std::size_t places = results_in_flight();
  std::vector<FlowRow> rows(places);
  const auto work = [&](std::size_t o) { rows[o % places] = row(question_.outputs[o]); };
  const auto finish = [&](std::size_t o) {
    const FlowRow& row = rows[o % places];
    for (const std::int64_t one : row.saturated) saturated_ += static_cast<std::size_t>(one);
    done_ += question_.inputs.size();
    visit(question_.outputs[o], row);
  };
  if (question_.options.engine == FlowEngine::own) {
    parallel_in_order(question_.outputs.size(), work, finish);
    return;
  }
  // igraph does not bear two threads.
  forked_in_order(
      question_.outputs.size(),
      [&](std::size_t o) {
        work(o);
        return bytes_of(rows[o % places]);
      },
      [&](std::size_t o, std::string_view bytes) {
        rows[o % places] = row_from(bytes);
        finish(o);
        tell_progress(done_);
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
    if (question_.options.engine == FlowEngine::own) tell_progress(done_ + done);
  };
  const auto& inputs = question_.inputs;
  FlowRow row{flows_.flows(output, inputs, progress), {}, {}};
  const std::vector<double> divisors = divisors_of(output, row.flow, progress);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const double bound = flows_.bound(inputs[i]);
    row.saturated.push_back(std::abs(bound - row.flow[i]) < saturation ? 1 : 0);
    row.flow[i] = divisors[i] > 0 ? row.flow[i] / divisors[i] : 0;
    row.bound.push_back(divisors[i] > 0 ? bound / divisors[i] : 0);
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

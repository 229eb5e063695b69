#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "metrics/flow/flows.hpp"
#include "report/parts/answer_tokens.hpp"
#include "report/questions/flow.hpp"

namespace attngraph {

class Sink;

/// Everything that the answer is made of.
struct FlowQuestion {
  const Attention& stack;
  const FlowOptions& options;
  LayerRange range;
  AnswerTokens tokens;
  /// Of the answer, as `tokens` numbers them.
  std::vector<std::size_t> outputs;
  std::vector<std::size_t> inputs;
};

std::vector<std::size_t> all_tokens(std::size_t count);

/// The transitions of the layers that are asked for. What goes to any token of an input goes to its
/// first one.
std::vector<Matrix> transitions_of(const FlowQuestion& question);

struct InputFlow {
  double flow;
  /// What no flow to the input exceeds.
  double bound;
  /// 1 where both are the same, else 0.
  std::int64_t saturated;
};

/// The flows from one output to the inputs that are asked for.
using FlowRow = std::vector<InputFlow>;

/// Answers row after row, and tells how far it is.
class FlowRows {
 public:
  /// Both must live as long as this.
  FlowRows(const FlowQuestion& question, Sink& sink);

  /// Calls `visit(output, row)` for every output in order. Outputs are shared among threads (among
  /// processes where igraph answers), and where there is just one, its inputs.
  void for_each(const std::function<void(std::size_t, const FlowRow&)>& visit);

  /// Of all pairs so far.
  double saturated_share() const;

 private:
  const FlowQuestion& question_;
  Flows flows_;
  std::optional<Flows> null_;
  Sink& sink_;
  /// The first token of every input that is asked for.
  std::vector<std::size_t> sinks_;
  std::size_t done_ = 0;
  std::size_t saturated_ = 0;

  void tell_progress(std::size_t done);
  FlowRow row(std::size_t output);
  /// What the flows from one token to the inputs are divided by.
  std::vector<double> divisors_of(std::size_t token, const std::vector<double>& flows,
                                  const std::function<void(std::size_t)>& progress);
};

}  // namespace attngraph

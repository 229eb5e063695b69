#pragma once

#include <optional>
#include <string>

#include "attention/computed/attend.hpp"

namespace attngraph {

class Job;
class OptionTable;

/// The options that make attention of queries and keys, for every command that takes them.
class AttentionOptions {
 public:
  AttendOptions rules;

  /// `--query`, `--key`, `--input`, the projections and what says how they are to be read.
  void declare_tensors(OptionTable& options);
  /// `--value`; its help says what for.
  void declare_value(OptionTable& options, const std::string& help);
  /// `--wo`, `--bo`
  void declare_output(OptionTable& options);
  /// `--scale`, `--mask`, `--bias` …; not `--causal`, which some commands have already.
  void declare_scores(OptionTable& options);

  /// Whether queries, keys or what they are projected from are named.
  bool given() const { return !query_.empty() || !key_.empty() || !input_.empty(); }

  /// The tensors that the options name.
  /// @param dtype what integer tensors of its size are read as (`--dtype bfloat16`)
  AttendInput input(Job& job, std::optional<Dtype> dtype) const;
  /// The attention they make, as the selection options of the job say, for a command that reads
  /// attention otherwise.
  MultiHeadAttention selected(Job& job) const;
  /// The tensor of `--value`, for a command whose weights come from elsewhere.
  Tensor value(Job& job) const;

 private:
  std::string query_, key_, value_, input_, wq_, wk_, wv_, wo_, bq_, bk_, bv_, bo_;
  std::string mask_, bias_, sink_logits_;
};

/// The input with one item of its batch left: tensors [batch, token, width].
/// @throws ArgumentError where there is no such item
AttendInput batch_item(AttendInput input, std::size_t item);

}  // namespace attngraph

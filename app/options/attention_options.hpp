#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attention/computed/attend.hpp"
#include "attention/computed/query_rules.hpp"
#include "reading/request.hpp"

namespace attngraph {

class Attention;
class Job;
class OptionTable;
struct Parsed;

/// Files that options name, each for one tensor of an AttendInput, which the option is called
/// after.
class TensorOptions {
 public:
  /// @param help instead of what the tensor is in general
  void declare(OptionTable& options, const std::string& name, std::string help = {});

  bool given(const std::string& name) const;
  /// Whether one is a member of the INPUT (`:q`).
  bool of_input() const;
  /// What the option names, as it was written.
  std::string file(const std::string& name) const;
  /// As if that one were not given.
  void leave_out(const std::string& name) { files_.erase(name); }
  /// One of them, for a command whose weights lie in a file; empty where it is not given.
  Tensor tensor(Job& job, const std::string& name) const;
  /// Reads those that are given into `input`.
  /// @param dtype what integer tensors of its size are read as (`--dtype bfloat16`)
  /// @returns whether one of them is
  bool read(Job& job, std::optional<Dtype> dtype, AttendInput& input) const;

 private:
  std::map<std::string, std::string> files_;
};

/// The options that make attention of queries and keys, for every command that takes them.
class AttentionOptions {
 public:
  AttendOptions rules;
  /// `--precision` means something without queries and keys.
  bool own_products = false;

  /// `--query`, `--key`, `--input`, the projections and what says how they are to be read.
  void declare_tensors(OptionTable& options);
  /// `--precision`
  void declare_precision(OptionTable& options);
  /// `--scale`, `--mask`, `--bias` …; not `--causal`, which some commands have already.
  void declare_scores(OptionTable& options);

  /// Whether queries, keys or what they are projected from are named.
  bool given() const;
  /// Whether one of them is a member of the INPUT (`:q`).
  bool of_input() const { return files_.of_input(); }

  /// Whether keys are named, and no queries.
  bool keys_alone() const {
    return files_.given("key") && !files_.given("query") && !files_.given("input");
  }

  /// What makes attention of the queries and keys that an INPUT holds.
  QueryRules rules_of_input(Job& job) const;
  /// The tensors that the options name, and `values`.
  AttendInput input(Job& job, std::optional<Dtype> dtype, const TensorOptions& values) const;
  /// Whether globs name queries or keys, an array for each layer.
  bool of_layers(Job& job) const;
  /// Those arrays put together, and the other tensors that the options name; sets the axes of
  /// `chosen`.
  AttendInput layered_input(Job& job, ReadingRequest request, const TensorOptions& values,
                            AttendOptions& chosen) const;
  /// What the axes of queries and keys are: `axes`, else as the name of the queries says.
  Axes axes(const AttendInput& input, const Axes& axes) const;
  /// The attention they make, every layer and head of it, or of the batch item that is asked for.
  MultiHeadAttention heads(Job& job, const TensorOptions& values) const;

 private:
  TensorOptions files_;
};

/// The input with one item of its batch left.
/// @param axis where the batch lies in queries, keys and values
/// @throws ArgumentError where there is no such item
AttendInput batch_item(AttendInput input, std::size_t axis, std::size_t item);

/// @throws ArgumentError where one of them goes with queries and keys, and there can be none
void check_attention_options(const AttentionOptions& attention, const Parsed& parsed);

/// For a command that makes no attention of an INPUT's queries and keys.
/// @throws ArgumentError where an option says how
void refuse_scores(const Parsed& parsed);

}  // namespace attngraph

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "attention/merging_request.hpp"
#include "writers/format.hpp"

namespace attngraph {

class Job;
class OptionTable;

/// What the positional arguments of a command are.
enum class InputKind {
  /// Attention: files of it, or queries and keys by options; the options that select layers, heads
  /// and tokens apply.
  attention,
  /// Files of any kind, looked at as they are; selection options apply.
  file,
  /// No positionals: every input has an option of its own (`--query`, `--features`).
  options,
};

/// What the rows of an edge list add up to, where --normalize does not say it.
enum class RowSums { any, one };

/// What a question makes of the attention it is asked about.
struct Question {
  RowSums row_sums = RowSums::any;
  /// What --words, --drop-special and --segments are about.
  Merging merging = Merging::matrix;
  /// --precision is about its own products too, not only about those of queries and keys.
  bool own_products = false;
};

struct Example {
  std::string command_line;
  std::string comment;
};

/// What a command says about itself; its help begins with this.
struct Manual {
  std::string name;
  /// One sentence.
  std::string summary;
  /// They run as they stand in a checkout.
  std::vector<Example> examples;
  /// Results it can write; the first is what it writes when nothing is said.
  std::vector<Format> formats;
  InputKind input = InputKind::attention;
  Question question = {};
};

/// A subcommand: declares its options, then answers one input after another. Computes nothing
/// itself: it hands its options to one report function.
class Command {
 public:
  virtual ~Command() = default;
  virtual Manual manual() const = 0;
  virtual void declare(OptionTable& options) = 0;
  virtual void answer(Job& job) = 0;
};

using CommandMaker = std::unique_ptr<Command> (*)();

/// Every command, by name; the list is made from the files of app/commands/.
const std::vector<CommandMaker>& command_makers();

}  // namespace attngraph

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attention/stored/stack_from_dump.hpp"
#include "command.hpp"
#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "input/shard.hpp"
#include "options/attention_options.hpp"
#include "options/options.hpp"
#include "options/table_options.hpp"

namespace attngraph {

enum class ColorMode { automatic, always, never };

/// Options that say where and how an answer is written, and change nothing in it.
struct OutputOptions {
  std::string out = "-";
  /// By name; empty where the ending of `out` says it.
  std::string format;
  bool csv = false;
  bool json = false;
  /// Errors are JSON objects, whatever the format; `json` says so too.
  bool json_errors = false;
  TableOptions table;
  ColorMode color = ColorMode::automatic;
  /// Of pictures: columns of a terminal, or pixels; 0 for what suits them.
  std::size_t width = 0;
  bool spreadsheet_safe = false;
  bool force = false;
  bool with_filename = false;
  bool skip_existing = false;
  bool quiet = false;
};

/// The options that every command has, and their defaults.
struct CommonOptions {
  std::vector<std::string> inputs;
  std::string files_from;
  Shard shard;
  /// Several files are the layers of one stack.
  bool stack = false;
  std::size_t jobs = 0;

  /// `--tensor`, `--axes`, `--layer` … ; its tokens come from `tokens_file`.
  StackRequest request;
  std::string tokens_file;
  std::string query_tokens_file;
  /// Names of parts of the text, or a file of them, where they are not put together.
  std::string segments;
  /// `--query`, `--key` … in place of an input.
  AttentionOptions computed;
  /// `--edge-weight`, `--nodes`, `--signed`: for inputs that hold edges.
  EdgeOptions edges;

  OutputOptions output;
  Limits limits;
};

void declare_common(OptionTable& options, CommonOptions& common, const Manual& manual);

/// The options of a command: its own, then the common ones.
void declare_all(OptionTable& options, Command& command, CommonOptions& common);

}  // namespace attngraph

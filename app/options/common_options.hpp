#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attention/stored/stack_from_dump.hpp"
#include "command.hpp"
#include "core/limits.hpp"
#include "options/attention_options.hpp"
#include "options/options.hpp"
#include "writers/format.hpp"

namespace attngraph {

enum class ColorMode { automatic, always, never };

/// The options that every command has, and their defaults.
struct CommonOptions {
  std::vector<std::string> inputs;
  std::string files_from;
  /// Every n-th input from the i-th on (`--shard i/n`).
  std::size_t shard_index = 0;
  std::size_t shard_count = 1;
  /// Several files are the layers of one stack.
  bool stack = false;
  std::size_t jobs = 0;

  /// `--tensor`, `--axes`, `--layer` … ; its tokens come from `tokens_file`.
  StackRequest request;
  std::string tokens_file;
  std::string query_tokens_file;
  /// `--query`, `--key` … in place of an input.
  AttentionOptions computed;

  std::string out = "-";
  std::optional<Format> format;
  bool csv = false;
  bool json = false;
  /// Rows a table shows; nothing for all.
  std::optional<std::size_t> rows = 50;
  ColorMode color = ColorMode::automatic;
  bool spreadsheet_safe = false;
  bool quiet = false;
  bool verbose = false;

  Limits limits;
  bool force = false;
};

void declare_common(OptionTable& options, CommonOptions& common, const Manual& manual);

/// The format of the result: `--format`, `--csv`, `--json`, the ending of `-o`, else the
/// command's first.
/// @throws ArgumentError where the command cannot write it; the text lists what it can
Format chosen_format(const CommonOptions& common, const Manual& manual);

}  // namespace attngraph

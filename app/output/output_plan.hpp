#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/answer/ordered_rows.hpp"
#include "writers/formats.hpp"
#include "writers/writer.hpp"

namespace attngraph {

class Disk;
struct CommonOptions;
struct Manual;
struct Parsed;

/// What the command line says about all outputs of a call, before the first input is opened.
struct OutputPlan {
  const Format* format = nullptr;
  /// `-o` with its placeholders; `-` is standard output.
  std::string out;
  /// Options that name further outputs (`--features-out`), with their placeholders.
  std::vector<std::pair<std::string, std::string>> further;
  /// Where each input has outputs of its own, they name their input themselves.
  WriterSettings settings;
  /// The columns of rows that are wanted, all where it is empty, and the order of rows.
  std::vector<std::string> columns;
  RowOrder order;
  /// The answers to several inputs make one, in the order of the inputs.
  bool joined = false;
  /// Each of several inputs has outputs of its own.
  bool separate = false;

  /// The outputs for one input, placeholders of graphs and pictures left in.
  std::vector<std::string> paths_for(const std::string& input) const;
};

/// The format of the result: `--format`, `--csv`, `--json`, the ending of `-o`, else the first that
/// the command writes.
/// @throws ArgumentError where the command cannot write it; the text lists what it can
const Format& chosen_format(const CommonOptions& common, const Manual& manual);

/// The format of a further output, an array, by its ending.
/// @throws ArgumentError for an ending of another kind
const Format& further_format(const std::string& option, const std::string& path);

/// @param names of all inputs of the call
/// @param terminal whether standard output is one
/// @throws ArgumentError where options of the output do not go together, or with several inputs
OutputPlan output_plan(const CommonOptions& common, const Manual& manual, const Parsed& parsed,
                       const std::vector<std::string>& names, bool terminal);

/// Plans what is asked of the rows of each answer: which columns, and in what order.
void ask_of_rows(OutputPlan& plan, const CommonOptions& common, const AnswerColumns& answer);

/// Those of `names` of which an output is still missing (`--skip-existing`).
std::vector<std::string> unanswered(const OutputPlan& plan, const std::vector<std::string>& names,
                                    const Disk& disk);

}  // namespace attngraph

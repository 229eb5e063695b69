#include "options/common_options.hpp"

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "input/machine.hpp"
#include "input/shard.hpp"
#include "writers/formats.hpp"

namespace attngraph {
namespace {

bool has_rows(const Manual& manual) {
  return std::find(manual.forms.begin(), manual.forms.end(), Form::rows) != manual.forms.end();
}

void declare_inputs(OptionTable& options, CommonOptions& common, const Manual& manual) {
  options.group("Input");
  if (manual.input != InputKind::options) {
    options.positionals("INPUT", common.inputs, "files to read; none or - is standard input");
    options.group("Input", Concern::output);  // the same answers for any share of the inputs
    options.text("--files-from", common.files_from,
                 "read the names of inputs from FILE, one per line or with NUL between them; - is "
                 "standard input",
                 "FILE");
    options.parsed(
        "--shard", "I/N|auto", "",
        [&common](const std::string& text) {
          common.shard = shard_named(text, environment_variable);
        },
        "take every N-th input, from the I-th on; I counts from 0; auto: this task's share of a "
        "Slurm job array");
    options.group("Input");
    options.flag("--stack", common.stack, "the files are the layers of one stack");
  }
  options.group("Input", Concern::output);
  options.count("--jobs,-j", common.jobs, "processes or threads to use; 0: all processors");
  options.group("Input");
  options.parsed(
      "--max-memory", "SIZE", "",
      [&common](const std::string& text) {
        common.limits.memory = byte_size(text, "--max-memory");
      },
      "memory the data may take, such as 2G (default: 80 % of what is free)");
  options.parsed(
      "--max-label", "BYTES", "4096",
      [&common](const std::string& text) { common.limits.label = byte_size(text, "--max-label"); },
      "longest token label");
}

/// They are put together, or only have names.
void declare_segments(OptionTable& options, CommonOptions& common, const Manual& manual) {
  const bool merge = manual.question.segments == SegmentsUse::merge;
  std::string& segments = merge ? common.request.merging.segments : common.segments;
  options.list(
      "--segments", merge ? "LIST" : "LIST|FILE", "",
      [&segments](const std::string& text) { segments = text; },
      merge ? "merge ranges: system:0-5,question:6-20"
            : "name parts of the text: system:0-5,question:6-20, or a CSV name,first,last");
}

void declare_selection(OptionTable& options, CommonOptions& common, const Manual& manual) {
  auto& request = common.request;
  const auto list = [](IndexList& indices, const std::string& option) {
    return
        [&indices, option](const std::string& text) { indices = IndexList::parse(text, option); };
  };
  options.group("Selection");
  options.text("--tensor", request.tensor, "which tensor of the file: its name or a glob", "NAME");
  options
      .parsed(
          "--axes", "LIST", "",
          [&request](const std::string& text) { request.axes = axes_named(text); },
          "what the axes are, for example layer,head,query,key")
      .choices = {"batch", "layer", "head", "query", "key", "token", "width"};
  options
      .parsed(
          "--dtype", "TYPE", "",
          [&request](const std::string& text) { request.dtype = dtype_named(text); },
          "read the numbers as this type, for example bfloat16 for uint16 arrays")
      .choices = {"bfloat16", "float16", "float32", "float64", "int8",  "uint8",
                  "int16",    "uint16",  "int32",   "uint32",  "int64", "uint64"};
  options.count("--batch", request.batch, "which item of the batch");
  options.list("--layer", "LIST", "", list(request.layers, "--layer"),
               "which layers: 0,3-5,-1 (default: all)");
  options.list("--head", "LIST", "", list(request.heads, "--head"),
               "which heads: 0,3-5,-1 (default: all)");
  options.optional_choice("--fuse", request.fuse,
                          {{"mean", Fuse::mean}, {"max", Fuse::max}, {"min", Fuse::min}},
                          "make one matrix of a layer's heads");
  options.text("--tokens", common.tokens_file,
               "token labels: JSON, one per line, CSV, an array, FILE:NAME", "FILE");
  options.text("--query-tokens", common.query_tokens_file,
               "labels of the queries in cross-attention; --tokens are those of the keys", "FILE");
  options.flag("--cross", request.cross, "queries and keys are of different sequences");
  options.flag("--words", request.merging.words,
               "merge sub-word pieces: mass to a word is summed, from it averaged");
  options.flag("--drop-special", request.merging.drop_special,
               "leave out [CLS], </s> and their like");
  declare_segments(options, common, manual);
  options.flag("--renormalize", request.merging.renormalize,
               "divide rows by their sum after merging or leaving out");
  const bool shares = manual.question.row_sums == RowSums::one;
  if (shares) request.normalize_edges = Normalize::check;
  request.merging.merging = manual.question.merging;
  request.keys_suffice = manual.question.keys_suffice;
  options.optional_choice(
      "--normalize", request.normalize,
      {{"check", Normalize::check}, {"rows", Normalize::rows}, {"none", Normalize::none}},
      std::string("rows must sum to 1; are divided by their sum; or may be anything non-negative "
                  "(default: check") +
          (shares ? ")" : ", none for edge lists)"));
  options.text("--edge-weight", common.edges.edge_weight,
               "edge lists and graph files: which data of an edge is its weight", "NAME");
  options.text("--label", common.edges.node_label,
               "graph files: which data of a node is its label, such as clerp", "NAME");
  options.count("--nodes", common.edges.nodes,
                "edge lists: how many nodes there are; ids are then indices, not names");
  options.optional_choice(
      "--signed", common.edges.signed_weights,
      {{"absolute", SignedWeights::absolute}, {"positive", SignedWeights::positive}},
      "edges below zero: their size counts, or they are left out");
  options.yes_or_no("--causal", request.causal,
                    "whether a query sees itself and earlier keys only (default: as the weights "
                    "say)");
}

void declare_output(OptionTable& options, OutputOptions& output, const Manual& manual) {
  options.group("Output", Concern::output);
  const std::string ending = "write to FILE; its ending gives the format, .gz compresses";
  const std::string input = "; {stem} and {dir} are name and folder of the input";
  options.text("-o,--out", output.out, manual.input == InputKind::options ? ending : ending + input,
               "FILE");
  options.parsed(
      "--format", names_of(formats_of(manual.forms), "|"), "",
      [&output](const std::string& text) { output.format = text; }, "format of the result");
  options.flag("--csv", output.csv, "same as --format csv");
  options.flag("--json", output.json, "same as --format json");
  options.flag("--json-errors", output.json_errors,
               "errors are JSON objects on standard error, as with --json");
  if (has_rows(manual)) declare_table(options, output.table);
  options.choice(
      "--color", output.color,
      {{"auto", ColorMode::automatic}, {"always", ColorMode::always}, {"never", ColorMode::never}},
      "colour in tables and terminal pictures");
  if (std::any_of(manual.forms.begin(), manual.forms.end(), is_seen)) {
    options.count("--width", output.width,
                  "how wide a picture is: pixels, at 96 an inch in PDF, or columns of a terminal; "
                  "0 for what suits it");
  }
  options.flag("--spreadsheet-safe", output.spreadsheet_safe,
               "CSV: disarm labels that a spreadsheet would run as formulas");
  options.flag("--force", output.force, "write drawings beyond 1 GiB all the same");
  if (manual.input != InputKind::options) {
    options.flag("--skip-existing", output.skip_existing,
                 "leave out inputs whose outputs are there already");
  }
  if (manual.input == InputKind::attention) {
    options.flag("--with-filename", output.with_filename,
                 "a first column file, as for several inputs");
  }
  options.flag("-q,--quiet", output.quiet, "no notes on standard error");
}

}  // namespace

void declare_common(OptionTable& options, CommonOptions& common, const Manual& manual) {
  options.begin_common();
  common.computed.own_products = manual.question.own_products;
  declare_inputs(options, common, manual);
  if (manual.input != InputKind::options) declare_selection(options, common, manual);
  if (manual.input != InputKind::options) {
    common.computed.declare_tensors(options);
    common.computed.declare_precision(options);
    common.computed.declare_scores(options);
  }
  declare_output(options, common.output, manual);
}

void declare_all(OptionTable& options, Command& command, CommonOptions& common) {
  const Manual manual = command.manual();
  options.group("Options of " + manual.name);
  command.declare(options);
  declare_common(options, common, manual);
}

}  // namespace attngraph

#include "output/answer.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>

#include "core/error.hpp"
#include "output/one_file_per_graph.hpp"
#include "output/option_notation.hpp"
#include "output/placeholders.hpp"
#include "output/terminal.hpp"

namespace attngraph {
namespace {

std::string stem_of(const std::string& input) {
  return input.empty() || input == "-" ? "stdin" : std::filesystem::path(input).stem().string();
}

bool is_output_option(const std::string& name) {
  static const std::set<std::string> names{"out",   "format", "csv",   "json",    "rows", "color",
                                           "quiet", "jobs",   "force", "verbose", "help"};
  return names.contains(name);
}

/// A parameter as JSON should show it: a number where the text is one.
ParameterValue parameter_value(const std::string& text) {
  if (text == "true") return true;
  if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string::npos) return text;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (*end != '\0') return text;
  const auto whole = static_cast<std::int64_t>(number);
  if (static_cast<double>(whole) == number && text.find_first_of(".eE") == std::string::npos) {
    return whole;
  }
  return number;
}

bool binary(Format format) {
  return format == Format::npy || format == Format::npz || format == Format::png;
}

}  // namespace

Answer::Answer(const CommonOptions& common, Format format, const Manual& manual,
               std::vector<std::string> inputs,
               const std::vector<std::pair<std::string, std::string>>& given, std::ostream& out,
               Console& console)
    : common_(common), format_(format), inputs_(std::move(inputs)), out_(out), console_(console) {
  const bool several = inputs_.size() > 1 && !common.stack;
  if (several && has_placeholder(common.out, "stem")) {
    std::set<std::string> stems;
    for (const auto& input : inputs_) {
      if (stems.insert(stem_of(input)).second) continue;
      throw ArgumentError(
          "-o", "two inputs would write '" + filled(common.out, "stem", stem_of(input)) + "'",
          "give them different names, or leave {stem} out for one output");
    }
  }
  settings_.wording = in_dashes;
  settings_.command = manual.name;
  for (const auto& input : inputs_) {
    if (!input.empty()) settings_.inputs.push_back(input == "-" ? "standard input" : input);
  }
  for (const auto& [name, value] : given) {
    if (!is_output_option(name)) settings_.parameters.emplace_back(name, parameter_value(value));
  }
  settings_.table_rows = common.rows;
  settings_.file_column =
      several && !has_placeholder(common.out, "stem") && manual.input != InputKind::file;
  settings_.spreadsheet_safe = common.spreadsheet_safe;
  settings_.large_drawings = common.force;
  const bool terminal = common.out == "-" && &out == &std::cout && isatty(STDOUT_FILENO) == 1;
  settings_.color = color_of(common.color, terminal);
  settings_.width = terminal_width(terminal);
}

Answer::~Answer() = default;

Sink& Answer::sink_for(const std::string& input) {
  const std::string path = filled(common_.out, "stem", stem_of(input));
  if (has_placeholder(path, "layer") || has_placeholder(path, "head")) {
    per_graph_.push_back(std::make_unique<OneFilePerGraph>(*this, path, format_, console_));
    return *per_graph_.back();
  }
  Writer& target = writer(path, format_);
  target.begin_input(input == "-" ? "standard input" : input);
  return target;
}

Sink& Answer::second_sink(const std::string& path) {
  const std::string filled_path = filled(path, "stem", stem_of(inputs_.front()));
  if (filled_path == common_.out) {
    throw ArgumentError("--features-out", "is the same file as -o, " + filled_path);
  }
  Writer& target = writer(filled_path, format_of_path(filled_path).value_or(Format::npy));
  target.begin_input(inputs_.front());
  return target;
}

Writer& Answer::writer(const std::string& path, Format format) {
  Open& open = open_[path];
  if (open.writer) return *open.writer;
  const bool to_stream = path == "-";
  if (to_stream && binary(format) && &out_ == &std::cout && isatty(STDOUT_FILENO) == 1) {
    throw ArgumentError("-o", std::string(format_name(format)) + " is not for a terminal",
                        "write to a file with -o, or pipe it into another program");
  }
  open.output = output_named(path, out_);
  open.writer = make_sink(format, *open.output, settings_, console_);
  return *open.writer;
}

std::unique_ptr<Output> output_named(const std::string& path, std::ostream& out) {
  return path == "-" ? stream_output(out, "standard output") : file_output(path);
}

void Answer::commit() {
  for (auto& [path, open] : open_) open.writer->finish();
  for (auto& [path, open] : open_) open.output->complete();
  for (auto& [path, open] : open_) open.output->show();
}

}  // namespace attngraph

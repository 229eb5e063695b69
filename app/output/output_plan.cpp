#include "output/output_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "core/error.hpp"
#include "core/text/near_word.hpp"
#include "input/file_member.hpp"
#include "options/common_options.hpp"
#include "output/different_outputs.hpp"
#include "output/disk.hpp"
#include "output/needed_program.hpp"
#include "output/option_notation.hpp"
#include "output/outputs.hpp"
#include "output/placeholders.hpp"
#include "output/terminal.hpp"

namespace attngraph {
namespace {

/// A parameter as JSON should show it: a number where the text is one.
ParameterValue parameter_value(const std::string& text) {
  if (text == "true") return true;
  const char* end = text.data() + text.size();
  const auto is_all = [&](const auto& read) { return read.ec == std::errc{} && read.ptr == end; };
  std::int64_t whole = 0;
  if (is_all(std::from_chars(text.data(), end, whole))) return whole;
  double number = 0;
  const bool digits = text.find_first_not_of("0123456789.eE+-") == std::string::npos;
  if (digits && is_all(std::from_chars(text.data(), end, number))) return number;
  return text;
}

/// What an option that is not given stands for.
ParameterValue default_value(const DeclaredOption& option) {
  if (!option.takes_value()) return false;
  const bool prose = option.fallback.find(' ') != std::string::npos;  // for who reads help
  if (option.fallback.empty() || prose) return std::monostate();
  return parameter_value(option.fallback);
}

/// Whether an answer is a graph or picture of each head: a picture beside rows shows all heads.
bool holds_each_head(const Format& format, const Manual& manual) {
  const bool rows = manual.forms.front() == Form::rows && !manual.picture_of_each_head;
  return std::any_of(manual.forms.begin(), manual.forms.end(), [&](Form form) {
    const bool of_a_head =
        form == Form::drawing || form == Form::whole_graph || (form == Form::picture && !rows);
    return of_a_head &&
           std::find(format.forms.begin(), format.forms.end(), form) != format.forms.end();
  });
}

void check_compression(const std::string& option, const std::string& path, const Format& format) {
  if (!ending_of(path).gzip || format.content == Content::text) return;
  throw ArgumentError(option, std::string(format.name) + " is no text, which alone is compressed",
                      "leave .gz out of the name");
}

void check_out(const OutputPlan& plan, const CommonOptions& common, const Manual& manual) {
  check_placeholders("-o", plan.out,
                     manual.input == InputKind::options
                         ? std::vector<std::string>{}
                         : std::vector<std::string>{"stem", "dir", "layer", "head"});
  check_compression("-o", plan.out, *plan.format);
  const bool per_graph = has_placeholder(plan.out, "layer") || has_placeholder(plan.out, "head");
  if (per_graph && !holds_each_head(*plan.format, manual)) {
    throw ArgumentError("-o", "{layer} and {head} are for graphs and heat maps of single heads",
                        "this answer is one, of all heads, and goes into one file");
  }
  if (common.output.skip_existing && (plan.out == "-" || per_graph)) {
    throw ArgumentError("--skip-existing",
                        per_graph ? "does not go with {layer} and {head}, which the inputs fill"
                                  : "needs the file that may be there: -o FILE");
  }
}

void check_further(const OutputPlan& plan, const Manual& manual) {
  for (const auto& [option, path] : plan.further) {
    check_placeholders(option, path,
                       manual.input == InputKind::options
                           ? std::vector<std::string>{}
                           : std::vector<std::string>{"stem", "dir"});
    check_compression(option, path, further_format(option, path));
    if (path == plan.out) throw ArgumentError(option, "is the same file as -o, " + path);
  }
}

/// Each of several inputs must have a place for its answer.
void check_several(const OutputPlan& plan, const CommonOptions& common,
                   const std::vector<std::string>& names) {
  const std::string count = std::to_string(names.size()) + " inputs";
  if (plan.joined && common.output.skip_existing) {
    throw ArgumentError(
        "--skip-existing", "needs an output of each input, there is one of all",
        "put {stem} into the name: -o 'out-{stem}." + ending_of(plan.out).ending + "'");
  }
  if (plan.joined && plan.format->joins == Joins::no) {
    const std::string name(plan.format->name);
    throw ArgumentError("-o", "one " + name + " file holds one answer, there are " + count,
                        "write each to its own file: -o 'out-{stem}." + name + "'");
  }
  for (const auto& [option, path] : plan.further) {
    if (names_the_input(path)) continue;
    throw ArgumentError(option, fmt::format("{} would write '{}'", count, path),
                        "put {stem} into the name, which is each input's own");
  }
  check_different(plan, names);
}

void set_table(WriterSettings& settings, const TableOptions& table, bool terminal) {
  constexpr std::size_t rows_in_a_terminal = 50;
  if (table.rows) {
    if (table.rows != all_rows) settings.table_rows = *table.rows;
  } else if (terminal) {
    settings.table_rows = rows_in_a_terminal;
  }
  settings.digits = table.digits;
  settings.digits_stay = table.digits_chosen;
  if (table.wide) {
    settings.table_label = std::numeric_limits<std::size_t>::max();
  } else if (terminal) {
    settings.table_width = terminal_width(terminal);
  }
}

/// Whether an output says what it is about: the names of all inputs are kept for nothing else.
bool has_json(const OutputPlan& plan) {
  return plan.format->name == "json" ||
         std::any_of(plan.further.begin(), plan.further.end(), [](const auto& output) {
           return further_format(output.first, output.second).name == "json";
         });
}

WriterSettings settings_of(const CommonOptions& common, const Manual& manual, const Parsed& parsed,
                           bool terminal) {
  const OutputOptions& output = common.output;
  WriterSettings settings;
  settings.wording = in_dashes;
  settings.version = ATTNGRAPH_VERSION;
  settings.command = manual.name;
  for (const auto& option : parsed.given) {
    if (option.concern != Concern::output) {
      settings.parameters.emplace_back(option.name, parameter_value(option.value));
    }
  }
  for (const DeclaredOption& option : parsed.left_out) {
    settings.parameters.emplace_back(option.name.substr(2), default_value(option));
  }
  set_table(settings, output.table, terminal);
  settings.file_column =
      (output.with_filename || common.inputs.size() > 1 || !common.files_from.empty() ||
       parsed.gives("shard") || names_the_input(output.out)) &&
      !common.stack && manual.input != InputKind::file;
  settings.spreadsheet_safe = output.spreadsheet_safe;
  settings.large_drawings = output.force;
  settings.color = color_of(output.color, terminal);
  settings.width = output.width > 0 ? output.width : terminal_width(terminal);
  settings.picture_width = output.width;
  return settings;
}

}  // namespace

std::vector<std::string> OutputPlan::paths_for(const std::string& input) const {
  std::vector<std::string> paths{named_after(out, input)};
  for (const auto& [option, path] : further) paths.push_back(named_after(path, input));
  return paths;
}

const Format& chosen_format(const CommonOptions& common, const Manual& manual) {
  const OutputOptions& output = common.output;
  const auto possible = formats_of(manual.forms);
  std::string name = output.format;
  const auto choose = [&](bool asked, const std::string& other) {
    if (!asked) return;
    if (!name.empty() && name != other) {
      throw ArgumentError("", "two formats are asked for, " + name + " and " + other);
    }
    name = other;
  };
  choose(output.csv, "csv");
  choose(output.json, "json");
  const Format* format = possible.front();
  if (!name.empty()) {
    const auto named = std::find_if(possible.begin(), possible.end(),
                                    [&](const Format* one) { return one->name == name; });
    format = named == possible.end() ? nullptr : *named;
  } else if (output.out != "-") {
    name = ending_of(output.out).ending;
    format = format_of_ending(name, possible);
  }
  if (format != nullptr) return *format;
  std::vector<std::string> names(possible.size());
  std::transform(possible.begin(), possible.end(), names.begin(),
                 [](const Format* one) { return one->name; });
  throw ArgumentError("", manual.name + " does not write " + (name.empty() ? "a table" : name),
                      did_you_mean(name, names, "it writes " + names_of(possible)));
}

const Format& further_format(const std::string& option, const std::string& path) {
  const auto arrays = formats_of({Form::rows, Form::matrices});
  const std::string ending = ending_of(path).ending;
  if (ending.empty()) return format_named("npy");
  if (const Format* format = format_of_ending(ending, arrays)) return *format;
  throw ArgumentError(option, "is not written as " + ending, "it writes " + names_of(arrays));
}

OutputPlan output_plan(const CommonOptions& common, const Manual& manual, const Parsed& parsed,
                       const std::vector<std::string>& names, bool terminal) {
  OutputPlan plan;
  plan.format = &chosen_format(common, manual);
  plan.out = common.output.out;
  plan.further = parsed.further_outputs;
  const bool on_terminal = terminal && plan.out == "-";
  plan.settings = settings_of(common, manual, parsed, on_terminal);
  check_program(*plan.format);
  check_out(plan, common, manual);
  check_further(plan, manual);
  if (on_terminal && plan.format->content == Content::binary) {
    throw ArgumentError("-o", std::string(plan.format->name) + " is not for a terminal",
                        "write to a file with -o, or pipe it into another program");
  }
  const bool several = names.size() > 1 && !common.stack;
  plan.joined = several && !names_the_input(plan.out);
  plan.separate = several && !plan.joined;
  if (!plan.separate && has_json(plan)) {
    for (const auto& name : names) {
      if (!name.empty()) plan.settings.inputs.push_back(shown_name(name));
    }
  }
  if (several) check_several(plan, common, names);
  return plan;
}

void ask_of_rows(OutputPlan& plan, const CommonOptions& common, const AnswerColumns& answer) {
  const TableOptions& table = common.output.table;
  plan.columns = table.columns;
  // The writer puts it first.
  if (plan.settings.file_column) std::erase(plan.columns, columns::file.name);
  plan.order = {table.sort, table.reverse, table.top, answer.together, common.limits.memory};
  if (table.sort.empty() && table.top) plan.order.sort = answer.top_by;
  plan.settings.sorted_by = plan.order.sort;
}

std::vector<std::string> unanswered(const OutputPlan& plan, const std::vector<std::string>& names,
                                    const Disk& disk) {
  std::vector<std::string> left;
  for (const auto& name : names) {
    const auto paths = plan.paths_for(name);
    const bool all = std::all_of(paths.begin(), paths.end(),
                                 [&](const std::string& path) { return disk.exists(path); });
    if (!all) left.push_back(name);
  }
  return left;
}

}  // namespace attngraph

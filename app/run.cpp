#include "run.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <iostream>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "command.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "demo/demo.hpp"
#include "exit_status.hpp"
#include "help/first_word.hpp"
#include "help/help.hpp"
#include "help/text_asked.hpp"
#include "input/input_names.hpp"
#include "input/job.hpp"
#include "input/machine.hpp"
#include "options/check_options.hpp"
#include "options/stray_words.hpp"
#include "output/console.hpp"
#include "output/different_outputs.hpp"
#include "output/disk.hpp"
#include "output/option_notation.hpp"
#include "output/output_places.hpp"
#include "output/placeholders.hpp"
#include "output/several/several_inputs.hpp"
#include "output/terminal.hpp"

namespace attngraph {
namespace {

struct Call {
  std::unique_ptr<Command> command;
  CommonOptions common;
  Parsed parsed;
};

Call parsed_call(const std::vector<std::string>& arguments) {
  Call call;
  call.command = find_command(arguments.front());
  if (call.command == nullptr) refuse_first_word(arguments);
  call.common.limits.memory = memory_budget();
  call.parsed = parse_options(
      arguments.front(), {arguments.begin() + 1, arguments.end()},
      [&](OptionTable& options) { declare_all(options, *call.command, call.common); });
  return call;
}

bool is_terminal(const std::ostream& stream, const std::ostream& standard, int descriptor) {
  return &stream == &standard && isatty(descriptor) == 1;
}

/// Says of an option that is missing what it takes.
int telling_what_is_missing(const Parsed& parsed, const std::function<int()>& work) {
  try {
    return work();
  } catch (const ArgumentError& error) {
    if (!error.hint().empty() || !error.problem().starts_with("is missing")) throw;
    const std::string name = in_dashes(error.where());
    for (const DeclaredOption& option : parsed.left_out) {
      if (option.name != name) continue;
      throw ArgumentError(name, error.problem(), name + " " + option.type + ": " + option.help);
    }
    throw;
  }
}

/// Answers one input; with `--stack`, all of them as one.
void answer_together(Call& call, const std::vector<std::string>& names, const OutputPlan& plan,
                     Disk& disk, std::istream& in, Console& console) {
  Outputs outputs(plan, disk, console, names.front());
  Job job(call.common, names, in, console, outputs);
  call.command->answer(job);
  outputs.commit();
}

/// Of what is wrong with an option's file, which file that is. An array that no option names is one
/// of the input, and so is a member such as `:query`.
InputError naming_option_file(const Parsed& parsed, const std::string& input,
                              const InputError& error) {
  const std::string& where = error.where();
  const std::size_t name_end = std::min(where.find(':'), where.size());
  if (!begins_with_option(where)) return error;
  const std::string name = where.substr(1, name_end - 1), rest = where.substr(name_end);
  const std::string of_input = input.empty() ? "" : shown_name(input) + ": ";
  const auto given = std::find_if(parsed.given.begin(), parsed.given.end(),
                                  [&](const GivenOption& option) { return option.name == name; });
  std::string place = where;
  if (given == parsed.given.end()) {
    if (!of_input.empty()) place = of_input + name + rest;
  } else if (given->value != "true") {  // else a flag, which names no file
    place = "$" + name + " " + given->value + rest;
    if (given->value.starts_with(":")) place = of_input + place;
  }
  return {place, error.problem(), error.hint()};
}

/// Says of what is wrong with an option's file which file that is, and where memory is too little.
void naming_files(const Parsed& parsed, const std::string& input,
                  const std::function<void()>& work) {
  try {
    work();
  } catch (const std::bad_alloc&) {
    throw LimitError(shown_name(input), "out of memory", "choose fewer layers, heads or tokens");
  } catch (const LimitError& error) {
    if (!error.where().empty()) throw;
    throw LimitError(shown_name(input), error.problem(), error.hint());
  } catch (const IoError& error) {
    const std::string& where = error.where();
    if (where != "worker process" && where != "temporary file") throw;
    throw IoError(shown_name(input), "a " + where + " " + error.problem(), error.hint());
  } catch (const InputError& error) {
    throw naming_option_file(parsed, input, error);
  }
}

/// A command waits for standard input without a word where nobody pipes anything into it.
void note_waiting(const CommonOptions& common, const Manual& manual, const Streams& streams,
                  Console& console) {
  const auto& inputs = common.inputs;
  const bool named = !inputs.empty() || !common.files_from.empty() || common.computed.given() ||
                     manual.input == InputKind::options;
  const bool dash = std::find(inputs.begin(), inputs.end(), "-") != inputs.end();
  if (named && !dash && common.files_from != "-") return;
  if (&streams.in != &std::cin || isatty(STDIN_FILENO) != 1) return;
  console.note("reading standard input; name a file, or end with Ctrl-D");
}

std::vector<std::string> values_of(const std::vector<GivenOption>& options) {
  std::vector<std::string> values(options.size());
  std::transform(options.begin(), options.end(), values.begin(),
                 [](const GivenOption& option) { return option.value; });
  return values;
}

/// The plan of a shard as one of the inputs of all shards, of which it may have one alone.
OutputPlan plan_of_all(OutputPlan plan, const std::vector<std::string>& all_names) {
  if (all_names.size() < 2) return plan;
  plan.separate = names_the_input(plan.out);
  plan.joined = !plan.separate;
  return plan;
}

int answered(Call& call, const Streams& streams, Console& console) {
  const Manual manual = call.command->manual();
  check_options(call.common, call.parsed, manual);
  const Asked asked(call.parsed, chosen_format(call.common, manual));
  call.command->check(asked);
  check_table(call.common.output.table, *call.command);
  for (const auto& remark : asked.remarks()) console.note(remark);
  check_stray_words(call.common.inputs);
  note_waiting(call.common, manual, streams, console);
  const Shard& shard = call.common.shard;
  if (!shard.note.empty()) console.note(shard.note);
  auto names = input_names(call.common, manual.input, streams.in);
  std::vector<std::string> all_names;  // of every shard; there may be hundreds of thousands
  if (shard.count > 1) all_names = std::exchange(names, share_of(names, shard));
  if (names.empty()) {
    console.note("this shard has no inputs");
    return 0;
  }
  OutputPlan plan = output_plan(call.common, manual, call.parsed, names,
                                is_terminal(streams.out, std::cout, STDOUT_FILENO));
  ask_of_rows(plan, call.common, call.command->columns());
  const OutputPlan whole = plan_of_all(plan, all_names);
  if (shard.count > 1) check_different(whole, all_names);
  const auto disk = real_disk(streams.out);
  check_folders(plan, names, *disk);
  check_places(whole, shard.count > 1 ? all_names : names, values_of(files_to_read(call.parsed)),
               *disk);
  if (call.common.output.skip_existing) {
    const std::size_t all = names.size();
    names = unanswered(plan, names, *disk);
    if (names.size() < all) {
      console.note(std::to_string(all - names.size()) + " of " + std::to_string(all) +
                   " inputs have their output already");
    }
    if (names.empty()) return 0;
  }
  // More than that wait for each other, and take what other programs need.
  const std::size_t processors = usable_processors(),
                    most_jobs = std::max<std::size_t>(64, 4 * processors);
  const std::size_t jobs =
      call.common.jobs == 0 ? processors : std::min(call.common.jobs, most_jobs);
  set_worker_threads(1);  // processes are made before threads
  if (names.size() == 1 || call.common.stack) {
    set_worker_threads(jobs);
    naming_files(call.parsed, names.front(),
                 [&] { answer_together(call, names, plan, *disk, streams.in, console); });
    return 0;
  }
  return several_inputs(names, jobs, plan, *disk, console,
                        [&](const std::string& name, Outputs& outputs, Messages& messages) {
                          Job job(call.common, {name}, streams.in, messages, outputs);
                          naming_files(call.parsed, name, [&] { call.command->answer(job); });
                        });
}

/// Asked before the command line is read: it may be what is wrong.
bool wants_json_errors(const std::vector<std::string>& arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return std::any_of(arguments.begin(), end, [](const std::string& word) {
    return word == "--json" || word == "--json-errors";
  });
}

int dispatched(const std::vector<std::string>& arguments, const Streams& streams,
               Console& console) {
  const std::size_t width =
      terminal_width(is_terminal(streams.out, std::cout, STDOUT_FILENO), STDOUT_FILENO);
  if (arguments.empty()) {
    streams.err << general_help(
        terminal_width(is_terminal(streams.err, std::cerr, STDERR_FILENO), STDERR_FILENO));
    return 2;
  }
  if (const auto text = text_asked(arguments, width)) {
    streams.out << *text;
    return 0;
  }
  if (arguments.front() == "demo") {
    demo({arguments.begin() + 1, arguments.end()}, *real_disk(streams.out), streams.out);
    return 0;
  }
  Call call = parsed_call(arguments);
  if (call.parsed.help) {
    streams.out << command_help(*call.command, *call.parsed.help, width);
    return 0;
  }
  if (call.common.output.quiet) console.be_quiet();
  return telling_what_is_missing(call.parsed, [&] { return answered(call, streams, console); });
}

/// @throws IoError where not everything could be written
void check_written(const std::ostream& out) {
  if (out.good()) return;
  throw IoError("standard output",
                std::string("cannot be written: ") + std::strerror(errno != 0 ? errno : EIO));
}

}  // namespace

int run(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out,
        std::ostream& err) {
  const bool terminal = is_terminal(err, std::cerr, STDERR_FILENO);
  Console console(err,
                  terminal ? std::optional(terminal_width(terminal, STDERR_FILENO)) : std::nullopt);
  if (wants_json_errors(arguments)) console.speak_json();
  int status = 0;
  errno = 0;
  Ending ending = ending_of([&] {
    status = dispatched(arguments, {in, out, err}, console);
    out.flush();
    if (status == 0) check_written(out);
  });
  if (ending.status == 0) return status;
  console.error(ending);
  return ending.status;
}

}  // namespace attngraph

#include "run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <new>
#include <set>
#include <sstream>

#include "attention/merged_tokens.hpp"
#include "command.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "help.hpp"
#include "input/job.hpp"
#include "input/machine.hpp"
#include "options/options.hpp"
#include "output/answer.hpp"
#include "output/parallel_inputs.hpp"
#include "output/placeholders.hpp"

namespace attngraph {
namespace {

struct Call {
  std::unique_ptr<Command> command;
  CommonOptions common;
  Parsed parsed;
};

Call parsed_call(const std::vector<std::string>& arguments) {
  Call call;
  call.command = command_named(arguments.front());
  call.common.limits.memory = memory_budget();
  const Manual manual = call.command->manual();
  call.parsed = parse_options(manual.name, help_head(manual),
                              {arguments.begin() + 1, arguments.end()}, [&](OptionTable& options) {
                                options.group("This command");
                                call.command->declare(options);
                                declare_common(options, call.common, manual);
                              });
  if (manual.input == InputKind::attention && !call.parsed.text) {
    check_merging(call.common.request.merging);
    check_attention_options(call.common.computed, call.parsed.given, manual.question.own_products);
  }
  return call;
}

std::vector<std::string> names_listed(const std::string& path, std::istream& in) {
  std::ifstream file;
  if (path != "-") file.open(path);
  if (path != "-" && !file) throw IoError(path, "the list of inputs cannot be read");
  std::istream& list = path == "-" ? in : file;
  std::vector<std::string> names;
  for (std::string line; std::getline(list, line);) {
    if (!line.empty()) names.push_back(line);
  }
  return names;
}

/// The inputs the command line names, this share of them; `-` where it names none.
std::vector<std::string> input_names(const CommonOptions& common, InputKind kind,
                                     std::istream& in) {
  const bool needs_none = kind == InputKind::options || common.computed.given();
  std::vector<std::string> names = common.inputs;
  if (!common.files_from.empty()) {
    const auto listed = names_listed(common.files_from, in);
    names.insert(names.end(), listed.begin(), listed.end());
    if (names.empty()) throw ArgumentError("--files-from", "names no input");
  }
  if (names.empty()) return {needs_none ? "" : "-"};
  if (common.computed.given() && !common.computed.of_input()) {
    throw ArgumentError("", "an INPUT is given, and --query, --key or --input too",
                        "name attention, or what it is made from");
  }
  std::vector<std::string> share;
  for (std::size_t i = common.shard_index; i < names.size(); i += common.shard_count) {
    share.push_back(names[i]);
  }
  return share;
}

/// Calls `work` and tells what it throws on `console`.
/// @returns the exit status
template <typename Work>
int status_of(Console& console, Work work) {
  try {
    return work();
  } catch (const ArgumentError& error) {
    console.error(error);
    return 2;
  } catch (const InputError& error) {
    console.error(error);
    return 3;
  } catch (const IoError& error) {
    console.error(error);
    return 4;
  } catch (const LimitError& error) {
    console.error(error);
    return 5;
  } catch (const Interrupted& stop) {
    console.error("stopped");
    return 128 + stop.signal();
  } catch (const std::bad_alloc&) {
    console.error(LimitError("", "out of memory", "choose fewer layers or heads"));
    return 5;
  } catch (const std::exception& error) {
    console.error(fmt::format("a mistake of attngraph itself: {}", error.what()));
    return 70;
  }
}

/// Answers one input; with `--stack`, all of them as one.
void answer_input(Call& call, Format format, std::vector<std::string> inputs,
                  const Streams& streams, Console& console, Answer& answer) {
  Job job(call.common, format, std::move(inputs), streams.in, console, answer);
  call.command->answer(job);
}

/// Whether answers to several inputs, each written by itself, make one when put after each other.
bool can_be_joined(Format format) {
  return format == Format::csv || format == Format::tsv || format == Format::jsonl;
}

/// Usage errors and stops end the whole call: no other input would fare better.
bool ends_all(int status) { return status == 2 || status > 128; }

int answer_in_turn(Call& call, Format format, const std::vector<std::string>& names,
                   const Streams& streams, Console& console, Answer& answer) {
  std::size_t failed = 0;
  for (const auto& name : names) {
    const int status = status_of(console, [&] {
      answer_input(call, format, {name}, streams, console, answer);
      return 0;
    });
    if (ends_all(status)) return status;
    if (status != 0) ++failed;
  }
  if (failed < names.size()) answer.commit();
  return failed > 0 ? 1 : 0;
}

/// Passes on what a process said on standard error, each note once, as one process would.
void pass_on(const std::string& said, std::set<std::string>& noted, std::ostream& err) {
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("note: ") || noted.insert(line).second) err << line << '\n';
  }
}

/// Each input in a process of its own, which answers as if it were the only one; CSV and TSV are
/// joined under one header line.
int answer_in_parallel(Call& call, Format format, const std::vector<std::string>& names,
                       std::size_t jobs, const Streams& streams) {
  const bool joined = !has_placeholder(call.common.out, "stem");
  std::unique_ptr<Output> output;
  if (joined) output = output_named(call.common.out, streams.out);
  std::set<std::string> noted;
  bool header_written = false;
  int ended = 0;
  std::size_t failed = 0;
  const auto work = [&](std::size_t i, std::ostream& out, std::ostream& err) {
    Console console(err, false, call.common.quiet);
    return status_of(console, [&] {
      if (joined) call.common.out = "-";
      Answer answer(call.common, format, call.command->manual(), names, call.parsed.given, out,
                    console);
      answer_input(call, format, {names[i]}, {streams.in, out, err}, console, answer);
      answer.commit();
      return 0;
    });
  };
  const auto take = [&](std::size_t, const InputResult& result) {
    pass_on(result.err, noted, streams.err);
    if (ends_all(result.status)) ended = result.status;
    if (result.status != 0) ++failed;
    if (result.status != 0 || !joined) return ended == 0;
    std::string_view text = result.out;
    if (header_written && format != Format::jsonl) text.remove_prefix(text.find('\n') + 1);
    header_written = true;
    output->write(text);
    return true;
  };
  parallel_inputs(names.size(), jobs, work, take);
  if (ended != 0) return ended;
  if (joined && failed < names.size()) {
    output->complete();
    output->show();
  }
  return failed > 0 ? 1 : 0;
}

int answered(Call& call, const Streams& streams, Console& console) {
  const Manual manual = call.command->manual();
  const Format format = chosen_format(call.common, manual);
  const auto names = input_names(call.common, manual.input, streams.in);
  const std::size_t jobs = call.common.jobs == 0 ? usable_processors() : call.common.jobs;
  Answer answer(call.common, format, manual, names, call.parsed.given, streams.out, console);
  set_worker_threads(1);  // processes are made before threads
  if (names.size() == 1 || call.common.stack) {
    set_worker_threads(jobs);
    answer_input(call, format, names, streams, console, answer);
    answer.commit();
    return 0;
  }
  const bool separate = has_placeholder(call.common.out, "stem") || can_be_joined(format);
  if (jobs > 1 && separate) return answer_in_parallel(call, format, names, jobs, streams);
  return answer_in_turn(call, format, names, streams, console, answer);
}

bool is_terminal(const std::ostream& stream, const std::ostream& standard, int descriptor) {
  return &stream == &standard && isatty(descriptor) == 1;
}

/// Help, version and completion: what needs no command.
bool answered_by_text(const std::vector<std::string>& arguments, std::ostream& out) {
  const std::string& word = arguments.front();
  const std::set<std::string> flags(arguments.begin(), arguments.end());
  if (flags.contains("--version") || word == "-V") {
    out << version_text(flags.contains("-v") || flags.contains("--verbose"));
  } else if (word == "--help" || word == "-h" || (word == "help" && arguments.size() == 1)) {
    out << general_help();
  } else if (word == "completion") {
    out << completion_script(arguments.size() > 1 ? arguments[1] : "");
  } else {
    return false;
  }
  return true;
}

int run_checked(std::vector<std::string> arguments, const Streams& streams) {
  if (arguments.empty()) {
    streams.err << general_help();
    return 2;
  }
  if (answered_by_text(arguments, streams.out)) return 0;
  if (arguments.front() == "help") arguments = {arguments[1], "--help"};
  Call call = parsed_call(arguments);
  if (call.parsed.text) {
    streams.out << *call.parsed.text;
    return 0;
  }
  Console console(streams.err, is_terminal(streams.err, std::cerr, STDERR_FILENO),
                  call.common.quiet);
  return status_of(console, [&] { return answered(call, streams, console); });
}

}  // namespace

int run(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out,
        std::ostream& err) {
  Console console(err, false, false);
  const int status = status_of(console, [&] { return run_checked(arguments, {in, out, err}); });
  out.flush();
  if (status != 0 || out.good()) return status;
  console.error(IoError("standard output", "could not be written"));
  return 4;
}

}  // namespace attngraph

#include "fuzz/questions.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "app/memory_disk.hpp"
#include "command.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "fuzz/asked.hpp"
#include "fuzz/checked_sink.hpp"
#include "help/first_word.hpp"
#include "input/input_names.hpp"
#include "input/job.hpp"
#include "options/check_options.hpp"
#include "options/common_options.hpp"
#include "options/table_options.hpp"
#include "output/output_plan.hpp"
#include "output/outputs.hpp"
#include "writers/written.hpp"

namespace attngraph::test {
namespace {

/// A file without a name.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& bytes) : file_(memfd_create("fuzz", MFD_CLOEXEC)) {
    promise(file_ >= 0);
    promise(write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

/// The words with the path of each file.
std::vector<std::string> with_paths(std::vector<std::string> words, const MemoryFile& arrays,
                                    const MemoryFile& edges) {
  for (std::string& word : words) {
    if (word.starts_with(arrays_file)) word.replace(0, arrays_file.size(), arrays.path());
    if (word == edges_file) word = edges.path();
  }
  return words;
}

/// As the program answers one input (run.cpp), into memory.
void answer(const AskedQuestion& asked) {
  const MemoryFile arrays(asked.arrays), edges(asked.edges);
  const auto command = find_command(asked.command);
  CommonOptions common;
  common.limits.memory = std::size_t{1} << 26;
  const Parsed parsed =
      parse_options(asked.command, with_paths(asked.words, arrays, edges),
                    [&](OptionTable& options) { declare_all(options, *command, common); });
  const Manual manual = command->manual();
  check_options(common, parsed, manual);
  const Asked question(parsed, chosen_format(common, manual));
  command->check(question);
  check_table(common.output.table, command->columns());
  std::istringstream in;
  const auto names = input_names(common, manual.input, in);
  OutputPlan plan = output_plan(common, manual, parsed, names, false);
  ask_of_rows(plan, common, command->columns());

  RecordedMessages messages;
  StringOutput output;
  const auto writer = writer_of(*plan.format, output, plan.settings, messages);
  writer->begin_input(names.front());
  CheckedSink sink(*writer);
  MemoryDisk disk;
  Outputs outputs(plan, disk, messages, names.front(), &sink);
  Job job(common, {names.front()}, in, messages, outputs);
  command->answer(job);
  outputs.commit();
  writer->finish();
  for (const std::string& note : messages.notes) promise(!note.empty());
}

}  // namespace

void use_question(std::string bytes) {
  set_worker_threads(1);
  try {
    answer(asked_question(bytes));
  } catch (const Error& error) {
    promise(!error.problem().empty());
  }
}

}  // namespace attngraph::test

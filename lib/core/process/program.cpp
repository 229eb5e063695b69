// The input goes by an unlinked file and the output comes back by a pipe that is read to its end,
// so neither side can wait for the other.

#include "core/process/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include "core/error.hpp"
#include "core/process/descriptor.hpp"

namespace attngraph {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File temporary_file(const std::string& text) {
  File file(std::tmpfile(), std::fclose);
  if (!file || std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() ||
      std::fflush(file.get()) != 0) {
    throw IoError("temporary file", std::string("cannot be written: ") + std::strerror(errno),
                  "the picture passes through /tmp, which has no room for it");
  }
  std::rewind(file.get());
  return file;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The first of one name is what counts.
std::vector<std::string> whole_environment(std::vector<std::string> variables) {
  for (char** one = environ; *one != nullptr; ++one) variables.emplace_back(*one);
  return variables;
}

/// Ended and waited for, whatever happens.
class Running {
 public:
  Running(const ProgramCall& call, std::array<int, 3> streams) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int i = 0; i < 3; ++i) {
      posix_spawn_file_actions_adddup2(&actions, streams[static_cast<std::size_t>(i)], i);
    }
    std::vector<std::string> words = call.words;
    std::vector<std::string> environment = whole_environment(call.environment);
    const int error = posix_spawnp(&process_, words.front().c_str(), &actions, nullptr,
                                   pointers_to(words).data(), pointers_to(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (error == 0) return;
    throw IoError(call.words.front(), std::string("cannot be started: ") + std::strerror(error));
  }
  ~Running() {
    if (process_ <= 0) return;
    kill(process_, SIGTERM);
    status();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  int status() {
    int status = 0;
    const pid_t process = std::exchange(process_, 0);
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t process_ = 0;
};

std::string read_to_end(Descriptor& from) {
  std::string text;
  std::array<char, 65536> block;
  while (const std::size_t count = from.read(block.data(), block.size())) {
    text.append(block.data(), count);
  }
  return text;
}

/// Errors come behind warnings.
std::string last_line(std::FILE* file) {
  std::rewind(file);
  std::array<char, 400> piece{};
  std::string last;
  while (std::fgets(piece.data(), piece.size(), file) != nullptr) {
    std::string line(piece.data());
    while (line.ends_with('\n')) line.pop_back();
    if (!line.empty()) last = line;
  }
  return last;
}

}  // namespace

ProgramEnd run_program(const ProgramCall& call, const std::string& input) {
  const std::string& name = call.words.front();
  const File in = temporary_file(input);
  const File messages = temporary_file({});
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw IoError(name, std::strerror(errno));
  Descriptor from(ends[0], name);
  Descriptor to(ends[1], name);
  Running running(call, {fileno(in.get()), to.number(), fileno(messages.get())});
  to = Descriptor();
  ProgramEnd end;
  end.output = read_to_end(from);
  end.status = running.status();
  end.message = last_line(messages.get());
  return end;
}

}  // namespace attngraph

// The graph goes to dot by an unlinked file and comes back by a pipe that is read to its end, so
// neither side can wait for the other.

#include "writers/pictures/graphviz.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "core/error.hpp"

namespace attngraph {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

IoError failed(const char* what, int error) {
  return {"dot", std::string(what) + ": " + std::strerror(error),
          "install graphviz, or write the graph itself with $out graph.dot"};
}

File temporary_file() {
  File file(std::tmpfile(), std::fclose);
  if (!file) throw failed("cannot be given the graph", errno);
  return file;
}

File temporary_file_of(const std::string& text) {
  File file = temporary_file();
  if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() ||
      std::fflush(file.get()) != 0) {
    throw failed("cannot be given the graph", errno);
  }
  std::rewind(file.get());
  return file;
}

/// Both ends of a pipe, closed when they are no longer needed.
struct Pipe {
  std::array<int, 2> ends{-1, -1};

  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw failed("cannot be started", errno);
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void close_end(std::size_t i) {
    if (ends[i] >= 0) ::close(ends[i]);
    ends[i] = -1;
  }
};

/// Starts dot with these as its standard streams.
pid_t started(const std::string& format, int in, int out, int err) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  std::string program = "dot";
  std::string type = "-T" + format;
  const std::array<char*, 3> arguments{program.data(), type.data(), nullptr};
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw failed("cannot be started", error);
  return child;
}

std::string read_to_end(int descriptor) {
  std::string text;
  std::array<char, 65536> block;
  while (true) {
    const auto count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

std::string first_line(std::FILE* file) {
  std::array<char, 400> line{};
  std::rewind(file);
  if (std::fgets(line.data(), line.size(), file) == nullptr) return "no message";
  std::string text(line.data());
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

std::string graphviz_drawing(const std::string& dot_text, const std::string& format) {
  const File input = temporary_file_of(dot_text);
  const File messages = temporary_file();
  Pipe pipe;
  const pid_t child = started(format, fileno(input.get()), pipe.ends[1], fileno(messages.get()));
  pipe.close_end(1);
  std::string drawing = read_to_end(pipe.ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !drawing.empty()) return drawing;
  throw IoError("dot", "could not draw the graph: " + first_line(messages.get()),
                "write the graph itself with $out graph.dot and look at it with other programs");
}

}  // namespace attngraph

#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace attngraph::test {
namespace {

struct Close {
  void operator()(FILE* file) const { fclose(file); }
};
using File = std::unique_ptr<FILE, Close>;

/// Both ends of a terminal that hands on the bytes as they are.
struct Terminal {
  int ours, theirs;

  explicit Terminal(std::size_t columns) : ours(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    if (ours < 0 || grantpt(ours) != 0 || unlockpt(ours) != 0) {
      throw std::runtime_error("there is no terminal");
    }
    theirs = open(ptsname(ours), O_RDWR | O_NOCTTY | O_CLOEXEC);
    termios raw = {};
    tcgetattr(theirs, &raw);
    cfmakeraw(&raw);
    tcsetattr(theirs, TCSANOW, &raw);
    winsize size = {};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = 24;
    ioctl(theirs, TIOCSWINSZ, &size);
  }
};

[[noreturn]] void run_shell(const std::string& line, int out, int err) {
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
  _exit(127);
}

/// All that comes until the other end is closed.
std::string read_all(int descriptor) {
  std::string all;
  char buffer[4096];
  ssize_t count = 0;
  while ((count = read(descriptor, buffer, sizeof buffer)) > 0) {
    all.append(buffer, static_cast<std::size_t>(count));
  }
  return all;
}

}  // namespace

TerminalRun in_terminal(const std::string& line, std::size_t columns) {
  const File err(tmpfile());
  const Terminal terminal(columns);
  const pid_t child = fork();
  if (child == 0) run_shell(line, terminal.theirs, fileno(err.get()));
  close(terminal.theirs);
  TerminalRun run;
  run.out = read_all(terminal.ours);
  close(terminal.ours);
  int status = 0;
  waitpid(child, &status, 0);
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  rewind(err.get());
  run.err = read_all(fileno(err.get()));
  return run;
}

}  // namespace attngraph::test

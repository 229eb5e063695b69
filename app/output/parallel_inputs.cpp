#include "output/parallel_inputs.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ext/stdio_filebuf.h>
#include <map>
#include <memory>
#include <ostream>

#include "core/error.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

struct CloseFile {
  void operator()(FILE* file) const { fclose(file); }
};
using TemporaryFile = std::unique_ptr<FILE, CloseFile>;

TemporaryFile temporary_file() {
  TemporaryFile file(tmpfile());
  if (!file) throw IoError("temporary file", std::strerror(errno));
  return file;
}

std::string text_of(FILE* file) {
  std::string text;
  char buffer[1 << 16];
  rewind(file);
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, n);
  return text;
}

/// A process at work on one input; ended when it is destroyed.
class Worker {
 public:
  template <typename Work>
  explicit Worker(const Work& work) : out_(temporary_file()), err_(temporary_file()) {
    process_ = fork();
    if (process_ < 0) throw IoError("worker process", std::strerror(errno));
    if (process_ == 0) _exit(worked(work));
  }
  ~Worker() {
    if (process_ <= 0) return;
    kill(process_, SIGTERM);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Waits for the end of the work.
  InputResult result() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0) {
      if (errno != EINTR) throw IoError("worker process", std::strerror(errno));
      check_stop();
    }
    process_ = 0;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, text_of(out_.get()), text_of(err_.get())};
  }

 private:
  TemporaryFile out_;
  TemporaryFile err_;
  pid_t process_ = 0;

  template <typename Work>
  int worked(const Work& work) {
    using Buffer = __gnu_cxx::stdio_filebuf<char>;
    Buffer out_buffer(fileno(out_.get()), std::ios::out, 1 << 16);
    Buffer err_buffer(fileno(err_.get()), std::ios::out);
    std::ostream out(&out_buffer);
    std::ostream err(&err_buffer);
    const int status = work(out, err);
    out.flush();
    err.flush();
    return status;
  }
};

}  // namespace

void parallel_inputs(std::size_t count, std::size_t jobs,
                     const std::function<int(std::size_t, std::ostream&, std::ostream&)>& work,
                     const std::function<bool(std::size_t, const InputResult&)>& take) {
  std::map<std::size_t, std::unique_ptr<Worker>> workers;
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    while (next < count && workers.size() < jobs) {
      workers.emplace(next, std::make_unique<Worker>([&](std::ostream& out, std::ostream& err) {
                        return work(next, out, err);
                      }));
      ++next;
    }
    const auto worker = workers.find(i);
    const InputResult result = worker->second->result();
    workers.erase(worker);
    if (!take(i, result)) return;
  }
}

}  // namespace attngraph

// Every process takes each n-th piece of work and writes the results to a pipe, so that a result
// waits there until those before it are taken, and nobody runs far ahead.
#include "core/process/forked_workers.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <vector>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

/// How a piece of work ended; those behind `done` come with where, problem and hint.
enum class Ending : char { done, input, argument, limit, io, other };

void append_text(std::string& out, std::string_view text) {
  const std::uint64_t size = text.size();
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += text;
}

std::string message(Ending ending, std::initializer_list<std::string_view> texts) {
  std::string bytes(1, static_cast<char>(ending));
  for (const auto text : texts) append_text(bytes, text);
  return bytes;
}

std::string failure(Ending kind, const Error& error) {
  return message(kind, {error.where(), error.problem(), error.hint()});
}

std::string message_of(const std::function<std::string(std::size_t)>& work, std::size_t i) {
  try {
    return message(Ending::done, {work(i)});
  } catch (const InputError& error) {
    return failure(Ending::input, error);
  } catch (const ArgumentError& error) {
    return failure(Ending::argument, error);
  } catch (const LimitError& error) {
    return failure(Ending::limit, error);
  } catch (const IoError& error) {
    return failure(Ending::io, error);
  } catch (const std::exception& error) {
    return message(Ending::other, {error.what(), "", ""});
  }
}

bool written(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// A process that writes to a pipe; ended when it is destroyed.
class Worker {
 public:
  /// @param write writes to the file it is given, in the new process
  explicit Worker(const std::function<void(int file)>& write) {
    std::array<int, 2> ends;
    if (pipe(ends.data()) != 0) throw IoError("worker process", std::strerror(errno));
    from_ = ends[0];
    process_ = fork();
    if (process_ == 0) {
      // A signal ends it at once: what is open belongs to the process it came from.
      for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGBUS, SIGPIPE}) ::signal(signal, SIG_DFL);
      abandon_threads();
      write(ends[1]);
      _exit(0);
    }
    const int error = errno;
    ::close(ends[1]);
    if (process_ < 0) {
      ::close(from_);
      throw IoError("worker process", std::strerror(error));
    }
  }
  ~Worker() {
    ::close(from_);
    kill(process_, SIGTERM);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// The next result. @throws what the work threw
  std::string result() {
    const auto ending = static_cast<Ending>(read(1).front());
    const std::string text = read_text();
    if (ending == Ending::done) return text;
    const std::string problem = read_text(), hint = read_text();
    switch (ending) {
      case Ending::input:
        throw InputError(text, problem, hint);
      case Ending::argument:
        throw ArgumentError(text, problem, hint);
      case Ending::limit:
        throw LimitError(text, problem, hint);
      case Ending::io:
        throw IoError(text, problem, hint);
      default:
        throw std::runtime_error(text);
    }
  }

 private:
  int from_ = -1;
  pid_t process_ = 0;

  std::string read(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t filled = 0; filled < size;) {
      const ssize_t count = ::read(from_, bytes.data() + filled, size - filled);
      check_stop();
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) throw IoError("worker process", "ended before its work was done");
      filled += static_cast<std::size_t>(count);
    }
    return bytes;
  }

  std::string read_text() {
    std::uint64_t size = 0;
    std::memcpy(&size, read(sizeof size).data(), sizeof size);
    return read(size);
  }
};

}  // namespace

void forked_in_order(std::size_t count, const std::function<std::string(std::size_t)>& work,
                     const std::function<void(std::size_t, std::string_view)>& finish) {
  const std::size_t processes = std::min(worker_threads(), count);
  if (processes < 2) {
    for (std::size_t i = 0; i < count; ++i) finish(i, work(i));
    return;
  }
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t first = 0; first < processes; ++first) {
    workers.push_back(std::make_unique<Worker>([&, first](int file) {
      for (std::size_t i = first; i < count; i += processes) {
        if (!written(file, message_of(work, i))) return;
      }
    }));
  }
  for (std::size_t i = 0; i < count; ++i) finish(i, workers[i % processes]->result());
}

}  // namespace attngraph

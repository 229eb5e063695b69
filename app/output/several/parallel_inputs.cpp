// A counter in shared memory hands out inputs, some at a time where there are many, so that nobody
// waits for anybody; answers come back through a pipe from each worker and wait in order.
#include "output/several/parallel_inputs.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/process/child.hpp"
#include "core/process/packed.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

Ending ending_before_done(const std::string& what,
                          const std::string& hint = "fewer $jobs need less memory") {
  return {exit_status(ErrorKind::io), what, hint};
}

Ending ending_by(int signal) {
  const std::string what = "its worker process was ended by signal " + std::to_string(signal);
  if (signal == SIGXCPU) return ending_before_done(what, "raise the limit of time: ulimit -t");
  return ending_before_done(what);
}

/// Inputs that a worker may be ahead of the one that is taken next.
constexpr std::size_t most_ahead = 256;
constexpr std::size_t most_at_a_time = 16;

/// The next input that nobody has taken, for all processes made after it.
class SharedCounter {
 public:
  SharedCounter()
      : value_(static_cast<std::atomic<std::size_t>*>(mmap(
            nullptr, sizeof *value_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
    if (value_ == MAP_FAILED) throw IoError("worker process", std::strerror(errno));
    new (value_) std::atomic<std::size_t>(0);
  }
  ~SharedCounter() { munmap(value_, sizeof *value_); }
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;

  std::size_t take(std::size_t count) { return value_->fetch_add(count); }

 private:
  std::atomic<std::size_t>* value_;
};

enum class Frame : char { message, ending };

void pack_frame(Packer& to, std::size_t input, Frame frame, std::string_view content) {
  to.value(input);
  to.value(frame);
  to.text(content);
}

std::string packed(const Ending& ending) {
  Packer packer;
  packer.value(ending.status);
  packer.text(ending.message);
  packer.text(ending.hint);
  packer.text(ending.place);
  return packer.take();
}

Ending ending_from(std::string_view bytes) {
  Unpacker from(bytes);
  Ending ending;
  ending.status = from.value<int>();
  ending.message = from.text();
  ending.hint = from.text();
  ending.place = from.text();
  return ending;
}

/// What a worker does until no input is left.
void work_on_inputs(std::size_t count, std::size_t at_a_time, SharedCounter& next,
                    const InputWork& inputs, Descriptor& to_parent) {
  constexpr std::size_t piece = 1 << 16;
  Packer packer;
  const auto flush = [&] { to_parent.write(packer.take()); };
  for (std::size_t begin = next.take(at_a_time); begin < count; begin = next.take(at_a_time)) {
    for (std::size_t i = begin; i < std::min(begin + at_a_time, count); ++i) {
      const Ending ending = inputs.work(i, [&](std::string_view message) {
        pack_frame(packer, i, Frame::message, message);
        if (packer.bytes().size() >= piece) flush();
      });
      pack_frame(packer, i, Frame::ending, packed(ending));
      if (ends_all(ending.status)) return flush();
    }
    flush();
  }
}

/// What has come from one worker.
struct Worker {
  explicit Worker(Child process) : child(std::move(process)) {}

  Child child;
  std::string bytes;
  /// The last input it told of.
  std::size_t input = 0;
  bool done = false;
};

struct Waiting {
  Spool sent;
  Ending ending;
  bool ended = false;
};

class Workers {
 public:
  Workers(std::size_t count, std::size_t jobs, const InputWork& inputs) {
    const std::size_t at_a_time = std::clamp<std::size_t>(count / (jobs * 16), 1, most_at_a_time);
    for (std::size_t i = 0; i < std::min(jobs, count); ++i) {
      workers_.emplace_back(Child(ChildSignals::handled, [&, at_a_time](Descriptor& to_parent) {
        for (Worker& before : workers_) before.child.leave();
        work_on_inputs(count, at_a_time, next_input_, inputs, to_parent);
      }));
    }
  }
  ~Workers() {
    for (Worker& worker : workers_) worker.child.end();  // all at a time
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Waits until the workers have ended, after the last input.
  void finish() {
    for (Worker& worker : workers_) {
      while (!worker.done) hear(worker);
    }
  }

  /// Waits until all of input i is there, or nobody is left who could have it.
  Waiting take(std::size_t i) {
    while (!waiting_[i].ended && listen(i)) {
    }
    Waiting taken = std::move(waiting_[i]);
    waiting_.erase(i);
    if (!taken.ended) taken = {Spool(), end_of_worker_, true};
    return taken;
  }

 private:
  SharedCounter next_input_;
  std::vector<Worker> workers_;
  std::map<std::size_t, Waiting> waiting_;
  /// What is said of the inputs that a worker took with it.
  Ending end_of_worker_ = ending_before_done("its worker process ended before its work was done");

  /// Hears whoever has something to say; workers far ahead of input `next` have to wait. They tell
  /// of inputs in order, so none of them has `next`.
  /// @returns whether anybody may still tell of it
  bool listen(std::size_t next) {
    std::vector<pollfd> files;
    std::vector<Worker*> heard;
    for (Worker& worker : workers_) {
      if (worker.done || worker.input > next + most_ahead) continue;
      files.push_back({worker.child.from().number(), POLLIN, 0});
      heard.push_back(&worker);
    }
    if (files.empty()) return false;
    if (poll(files.data(), files.size(), -1) < 0) {
      if (errno != EINTR) throw IoError("worker process", std::strerror(errno));
      check_stop();
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (files[i].revents != 0) hear(*heard[i]);
    }
    return true;
  }

  void hear(Worker& worker) {
    std::array<char, 1 << 16> piece;
    const std::size_t size = worker.child.from().read(piece.data(), piece.size());
    if (size == 0) return end(worker);
    worker.bytes.append(piece.data(), size);
    take_frames(worker);
  }

  void end(Worker& worker) {
    worker.done = true;
    const int status = worker.child.status();
    if (status == 0 && worker.bytes.empty()) return;
    if (status <= 128) return;
    end_of_worker_ = ending_by(status - 128);
  }

  void take_frames(Worker& worker) {
    constexpr std::size_t head = sizeof(std::size_t) + sizeof(Frame) + sizeof(std::uint64_t);
    std::size_t done = 0;
    while (worker.bytes.size() - done >= head) {
      Unpacker from(std::string_view(worker.bytes).substr(done));
      const auto input = from.value<std::size_t>();
      const auto frame = from.value<Frame>();
      const auto size = from.value<std::uint64_t>();
      if (worker.bytes.size() - done - head < size) break;
      take_frame(input, frame, std::string_view(worker.bytes).substr(done + head, size));
      worker.input = input;
      done += head + size;
    }
    worker.bytes.erase(0, done);
  }

  void take_frame(std::size_t input, Frame frame, std::string_view content) {
    Waiting& waiting = waiting_[input];
    if (frame == Frame::message) return waiting.sent.add(content);
    waiting.ending = ending_from(content);
    waiting.ended = true;
  }
};

}  // namespace

void inputs_in_turn(std::size_t count, const InputWork& inputs) {
  for (std::size_t i = 0; i < count; ++i) {
    Spool sent;
    const Ending ending = inputs.work(i, [&](std::string_view message) { sent.add(message); });
    if (!inputs.take(i, sent, ending)) return;
  }
}

void inputs_in_parallel(std::size_t count, std::size_t jobs, const InputWork& inputs) {
  Workers workers(count, jobs, inputs);
  for (std::size_t i = 0; i < count; ++i) {
    Waiting waiting = workers.take(i);
    if (!inputs.take(i, waiting.sent, waiting.ending)) return;
  }
  workers.finish();
}

}  // namespace attngraph

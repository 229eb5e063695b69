#include "core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "core/process/held_signals.hpp"

namespace attngraph {
namespace {

std::size_t threads_allowed = 1;
thread_local std::size_t index_of_this_thread = 0;
thread_local bool working = false;

/// This thread takes part in a loop: another within it would wait for threads that are busy.
class Working {
 public:
  Working() { working = true; }
  ~Working() { working = false; }
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;
};

/// Threads that wait for the next loop to share.
class Crew {
 public:
  explicit Crew(std::size_t helpers) {
    // The first thread gets them: it may be waiting for whoever takes what it writes.
    const HeldSignals held;
    try {
      for (std::size_t i = 0; i < helpers; ++i) {
        threads_.emplace_back([this, i] {
          index_of_this_thread = i + 1;
          serve();
        });
      }
    } catch (const std::system_error&) {
      // Those that there are do the work.
    }
  }
  ~Crew() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    begin_.notify_all();
    for (auto& thread : threads_) thread.join();
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void run(std::size_t count, const std::function<void(std::size_t)>& work) {
    {
      const std::lock_guard lock(mutex_);
      work_ = &work;
      count_ = count;
      next_ = 0;
      failed_at_ = count;
      busy_ = threads_.size();
      ++loop_;
    }
    begin_.notify_all();
    take_part();
    std::unique_lock lock(mutex_);
    end_.wait(lock, [this] { return busy_ == 0; });
    if (failed_at_ < count) std::rethrow_exception(failure_);
  }

 private:
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable begin_;
  std::condition_variable end_;
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::size_t count_ = 0;
  std::atomic<std::size_t> next_ = 0;
  std::size_t busy_ = 0;
  std::size_t loop_ = 0;
  std::size_t failed_at_ = 0;
  std::exception_ptr failure_;
  bool ending_ = false;

  void take_part() {
    const Working here;
    for (std::size_t i = next_++; i < count_; i = next_++) {
      try {
        (*work_)(i);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (i < failed_at_) {
          failed_at_ = i;
          failure_ = std::current_exception();
        }
        next_ = count_;
      }
    }
  }

  void serve() {
    std::size_t seen = 0;
    std::unique_lock lock(mutex_);
    while (true) {
      begin_.wait(lock, [&] { return ending_ || loop_ != seen; });
      if (ending_) return;
      seen = loop_;
      lock.unlock();
      take_part();
      lock.lock();
      if (--busy_ == 0) end_.notify_one();
    }
  }
};

std::unique_ptr<Crew> crew;

/// One loop of parallel_in_order.
class OrderedLoop {
 public:
  OrderedLoop(std::size_t count, const std::function<void(std::size_t)>& work,
              const std::function<void(std::size_t)>& finish)
      : end_(count), work_(work), finish_(finish), ready_(results_in_flight(), 0) {}

  /// What every thread does; `finishing` for the one that finishes, too.
  void take_part(bool finishing) {
    std::unique_lock lock(mutex_);
    while (finished_ < end_) {
      if (finishing && ready_[finished_ % ready_.size()]) {
        finish_next(lock);
      } else if (next_ < end_ && next_ < finished_ + ready_.size()) {
        work_on_next(lock);
      } else if (!finishing && next_ >= end_) {
        return;
      } else {
        changed_.wait(lock);
      }
    }
  }

  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t end_;  // comes down to the first that failed
  const std::function<void(std::size_t)>& work_;
  const std::function<void(std::size_t)>& finish_;
  std::vector<char> ready_;
  std::size_t next_ = 0;
  std::size_t finished_ = 0;
  std::exception_ptr failure_;

  /// @returns whether it was done
  bool attempt(std::unique_lock<std::mutex>& lock, const std::function<void(std::size_t)>& call,
               std::size_t i) {
    lock.unlock();
    std::exception_ptr failure;
    try {
      call(i);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure && i < end_) {
      end_ = i;
      failure_ = failure;
    }
    return !failure;
  }

  void finish_next(std::unique_lock<std::mutex>& lock) {
    if (!attempt(lock, finish_, finished_)) return changed_.notify_all();
    ready_[finished_ % ready_.size()] = 0;
    ++finished_;
    changed_.notify_all();
  }

  void work_on_next(std::unique_lock<std::mutex>& lock) {
    const std::size_t i = next_++;
    if (attempt(lock, work_, i)) ready_[i % ready_.size()] = 1;
    changed_.notify_all();
  }
};

}  // namespace

void set_worker_threads(std::size_t count) {
  threads_allowed = std::max<std::size_t>(1, count);
  crew.reset();
}

std::size_t worker_threads() { return threads_allowed; }

void abandon_threads() {
  threads_allowed = 1;
  working = false;
  static_cast<void>(crew.release());  // joining threads that do not exist would wait for ever
}

std::size_t worker_index() { return index_of_this_thread; }

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (threads_allowed == 1 || count < 2 || working) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  if (!crew) crew = std::make_unique<Crew>(threads_allowed - 1);
  crew->run(count, work);
}

std::size_t results_in_flight() { return threads_allowed == 1 ? 1 : 2 * threads_allowed + 1; }

void parallel_in_order(std::size_t count, const std::function<void(std::size_t)>& work,
                       const std::function<void(std::size_t)>& finish) {
  if (threads_allowed == 1 || count < 2 || working) {
    for (std::size_t i = 0; i < count; ++i) {
      work(i);
      finish(i);
    }
    return;
  }
  OrderedLoop loop(count, work, finish);
  parallel_for(threads_allowed, [&](std::size_t) { loop.take_part(worker_index() == 0); });
  loop.take_part(true);  // others may have done all the work before this thread began
  loop.rethrow_failure();
}

}  // namespace attngraph

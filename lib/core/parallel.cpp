#include "core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace attngraph {
namespace {

std::size_t threads_allowed = 1;

/// Threads that wait for the next loop to share.
class Crew {
 public:
  explicit Crew(std::size_t helpers) {
    for (std::size_t i = 0; i < helpers; ++i) threads_.emplace_back([this] { serve(); });
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

}  // namespace

void set_worker_threads(std::size_t count) {
  threads_allowed = std::max<std::size_t>(1, count);
  crew.reset();
}

std::size_t worker_threads() { return threads_allowed; }

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (threads_allowed == 1 || count < 2) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  if (!crew) crew = std::make_unique<Crew>(threads_allowed - 1);
  crew->run(count, work);
}

}  // namespace attngraph

// What this machine can do at most, measured beside everything else. Prints one number.
//   limits triad THREADS         bytes per second of a[i] = b[i] + s * c[i]
//   limits fma32|fma64 THREADS   floating-point operations per second in registers
//   limits sum|log FILE THREADS  seconds to read the float32 numbers of an .npy file, adding them
//   up
//                                or w log w (one std::log in double each)
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

/// Seconds of `work(thread)` on all threads at once, the best of `runs`.
template <typename Work>
double best_seconds(int threads, int runs, const Work& work) {
  double best = 1e300;
  for (int run = 0; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> pool;
    for (int t = 1; t < threads; ++t) pool.emplace_back(work, t);
    work(0);
    for (auto& thread : pool) thread.join();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::min(best, seconds.count());
  }
  return best;
}

double triad(int threads) {
  const std::size_t size = std::size_t{1} << 26;
  std::vector<double> a(size, 1), b(size, 2), c(size, 3);
  const double seconds = best_seconds(threads, 7, [&](int thread) {
    const std::size_t begin = size * thread / threads, end = size * (thread + 1) / threads;
    double* out = a.data();
    const double *left = b.data(), *right = c.data();
    for (std::size_t i = begin; i < end; ++i) out[i] = left[i] + 1.5 * right[i];
  });
  return 3.0 * sizeof(double) * static_cast<double>(size) / seconds;
}

template <typename Scalar>
double fma_rate(int threads) {
  typedef Scalar Lanes __attribute__((vector_size(64)));
  constexpr int chains = 12, steps = 20'000'000;
  std::vector<Scalar> sums(threads);
  const double seconds = best_seconds(threads, 9, [&](int thread) {
    Lanes x[chains], factor, term;
    for (std::size_t i = 0; i < sizeof(Lanes) / sizeof(Scalar); ++i) {
      factor[i] = Scalar(0.999);
      term[i] = Scalar(thread) + Scalar(1e-3);
    }
    for (auto& lanes : x) lanes = term;
    for (int step = 0; step < steps; ++step) {
      for (auto& lanes : x) lanes = lanes * factor + term;
    }
    for (const auto& lanes : x) sums[thread] += lanes[0];
  });
  if (sums[0] == Scalar(-1)) std::puts("");
  const double lanes = sizeof(Lanes) / sizeof(Scalar);
  return 2.0 * lanes * chains * steps * threads / seconds;
}

double file_seconds(const char* path, int threads, bool logarithms) {
  const int file = open(path, O_RDONLY);
  struct stat status {};
  if (file < 0 || fstat(file, &status) != 0) std::exit(1);
  const auto length = static_cast<std::size_t>(status.st_size);
  std::vector<double> sums(threads);
  const double seconds = best_seconds(1, 5, [&](int) {
    void* data = mmap(nullptr, length, PROT_READ, MAP_PRIVATE, file, 0);
    const auto* bytes = static_cast<const unsigned char*>(data);
    const std::size_t header = 10 + bytes[8] + 256u * bytes[9];
    const auto* numbers = reinterpret_cast<const float*>(bytes + header);
    const std::size_t size = (length - header) / sizeof(float);
    best_seconds(threads, 1, [&](int thread) {
      double sum = 0;
      for (std::size_t i = size * thread / threads; i < size * (thread + 1) / threads; ++i) {
        const double w = numbers[i];
        sum += !logarithms ? w : w > 0 ? w * std::log(w) : 0;
      }
      sums[thread] = sum;
    });
    munmap(data, length);
  });
  if (sums[0] == 1.5) std::puts("");
  return seconds;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string what = argv[1];
  const int threads = std::atoi(argv[argc - 1]);
  double result = 0;
  if (what == "triad") result = triad(threads);
  if (what == "fma32") result = fma_rate<float>(threads);
  if (what == "fma64") result = fma_rate<double>(threads);
  if (what == "sum" || what == "log") result = file_seconds(argv[2], threads, what == "log");
  std::printf("%.9g\n", result);
}

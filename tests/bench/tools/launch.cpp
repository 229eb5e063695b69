// Runs a command and says what it took: launch RESULT COMMAND [ARGUMENT...]
// RESULT gets "seconds peak_KiB exit_status". A program of its own, because Linux counts the memory
// of whoever forks into the peak of the child: this one is small.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::FILE* result = std::fopen(argv[1], "w");
  if (!result) return 1;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::fprintf(result, "%.6f %ld %d\n", seconds.count(), usage.ru_maxrss, code);
  return std::fclose(result) == 0 ? 0 : 1;
}

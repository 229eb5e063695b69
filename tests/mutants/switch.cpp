// The switch of tests/mutants: MUTANT=17 makes mutant 17 the one that runs. Where MUTANTS_REACHED
// names a file, each mutant that a process comes by leaves a byte in it, also those of its
// children.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

bool attngraph_mutant(int number) noexcept;

namespace {

constexpr int most_mutants = 4096;

int chosen_mutant() {
  const char* number = std::getenv("MUTANT");
  return number != nullptr ? std::atoi(number) : 0;
}

volatile unsigned char* reached_mutants() {
  const char* path = std::getenv("MUTANTS_REACHED");
  const int file = path != nullptr ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return nullptr;
  void* bytes = mmap(nullptr, most_mutants, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  return bytes != MAP_FAILED ? static_cast<unsigned char*>(bytes) : nullptr;
}

const int chosen = chosen_mutant();
volatile unsigned char* const reached = reached_mutants();

}  // namespace

bool attngraph_mutant(int number) noexcept {
  if (reached != nullptr && number < most_mutants) reached[number] = 1;
  return number == chosen;
}

// What libFuzzer calls. An option that it leaves alone names the target:
//   build-fuzz/tests/fuzz/fuzz_readers --target=npz scratch tests/fuzz/corpus/npz
#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/parted.hpp"
#include "fuzz/target.hpp"

using namespace attngraph::test;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t largest_size);

namespace {

const Target* chosen = nullptr;

std::string text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

void mutate(std::string& part, std::size_t largest_size) {
  const std::size_t size = part.size();
  part.resize(std::max(largest_size, size));
  auto* data = reinterpret_cast<std::uint8_t*>(part.data());
  part.resize(LLVMFuzzerMutate(data, size, part.size()));
}

}  // namespace

/// Less is kept of each allocation than a person would want who looks for a mistake: run the input
/// that was found again with ASAN_OPTIONS=malloc_context_size=30.
extern "C" const char* __asan_default_options() {
  return "malloc_context_size=0:quarantine_size_mb=16:detect_stack_use_after_return=0";
}

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  // Large buffers are kept for the next input: fresh ones cost more than what is asked.
  mallopt(M_MMAP_THRESHOLD, 1 << 25);
  mallopt(M_TRIM_THRESHOLD, 1 << 28);
  constexpr std::string_view option = "--target=";
  for (const std::string_view word : std::span(*arguments, static_cast<std::size_t>(*count))) {
    for (const Target& target : targets()) {
      if (word.starts_with(option) && word.substr(option.size()) == target.name) chosen = &target;
    }
  }
  if (chosen != nullptr) return 0;
  for (const Target& target : targets()) std::fprintf(stderr, "--target=%s\n", target.name.data());
  std::_Exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen->use(text(data, size));
  return 0;
}

/// One time in eight bytes are changed at random; else a part of a file, which is made anew, or
/// what the target finds alike.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t largest_size, unsigned seed) {
  std::string other;
  if (seed % 8 == 0) return LLVMFuzzerMutate(data, size, largest_size);
  if (chosen->alike != nullptr) {
    if (seed % 2 == 0) other = chosen->alike(text(data, size), seed / 8);
  } else if (auto file = parted(text(data, size))) {
    mutate(file->parts[seed / 8 % file->parts.size()], largest_size);
    other = whole(*file);
  }
  if (other.empty() || other.size() > largest_size) {
    return LLVMFuzzerMutate(data, size, largest_size);
  }
  std::memcpy(data, other.data(), other.size());
  return other.size();
}

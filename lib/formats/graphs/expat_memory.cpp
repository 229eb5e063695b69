#include "formats/graphs/expat_memory.hpp"

#include <malloc.h>

#include <cstdlib>

namespace attngraph {
namespace {

/// expat hands its functions of memory nothing of ours.
thread_local std::size_t left = 0;

void count(void* taken) {
  left -= malloc_usable_size(taken) < left ? malloc_usable_size(taken) : left;
}

void* take(std::size_t bytes) {
  void* taken = bytes > left ? nullptr : std::malloc(bytes);
  count(taken);
  return taken;
}

void give(void* taken) {
  left += malloc_usable_size(taken);
  std::free(taken);
}

void* take_other(void* taken, std::size_t bytes) {
  const std::size_t before = malloc_usable_size(taken);
  if (bytes > before && bytes - before > left) return nullptr;
  void* other = std::realloc(taken, bytes);
  if (other == nullptr) return nullptr;
  left += before;
  count(other);
  return other;
}

}  // namespace

const XML_Memory_Handling_Suite& expat_memory() {
  static const XML_Memory_Handling_Suite suite{take, take_other, give};
  return suite;
}

void allow_expat(std::size_t bytes) { left = bytes; }

}  // namespace attngraph

#include "formats/graphs/expat_memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>

namespace attngraph {
namespace {

thread_local std::size_t left = 0;

void count(void* taken) { left -= std::min(left, malloc_usable_size(taken)); }

}  // namespace

void allow_expat(std::size_t bytes) { left = bytes; }

void* take_for_expat(std::size_t bytes) {
  void* taken = bytes > left ? nullptr : std::malloc(bytes);
  count(taken);
  return taken;
}

void* take_other_for_expat(void* taken, std::size_t bytes) {
  const std::size_t before = malloc_usable_size(taken);
  if (bytes > before && bytes - before > left) return nullptr;
  void* other = std::realloc(taken, bytes);
  if (other == nullptr) return nullptr;
  left += before;
  count(other);
  return other;
}

void give_back_of_expat(void* taken) {
  left += malloc_usable_size(taken);
  std::free(taken);
}

}  // namespace attngraph

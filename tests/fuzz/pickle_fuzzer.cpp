#include <cstddef>
#include <cstdint>

#include "read_all.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  attngraph::test::use_pickle(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}

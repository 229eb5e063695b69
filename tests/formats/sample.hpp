#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "formats/read_dump.hpp"

namespace attngraph::test {

/// The dump of a text or of bytes that stand in a test.
inline Dump dump_of(std::string bytes, const Limits& limits = {}) {
  return read_dump(Bytes::from(std::move(bytes)), "a", {limits});
}

/// The same, with what is asked of its edges.
inline Dump edges_of(std::string bytes, const EdgeOptions& edges) {
  return read_dump(Bytes::from(std::move(bytes)), "a", {{}, {}, {}, edges});
}

/// A file of the source tree.
inline std::string file_text(const std::string& path) {
  std::ifstream in(std::string(ATTNGRAPH_ROOT) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// `hex` as bytes: `93 4e 55` (blanks are skipped).
inline std::string bytes_of(std::string_view hex) {
  std::string bytes;
  int digits = 0;
  int value = 0;
  for (const char c : hex) {
    if (c == ' ') continue;
    value = value * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    if (++digits % 2 != 0) continue;
    bytes += static_cast<char>(value);
    value = 0;
  }
  return bytes;
}

}  // namespace attngraph::test

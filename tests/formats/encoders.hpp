#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph::test {

/// `value` as `size` bytes, the lowest first.
std::string little(std::uint64_t value, std::size_t size);

/// The bytes of numbers, in this machine's order (little-endian).
template <typename T>
std::string raw(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// An NPY file written by the book: `shape` as Python writes a tuple, such as `(2, 2)`.
std::string npy_file(std::string_view descr, std::string_view shape, std::string_view data,
                     int version = 1, bool fortran = false);

struct ZipEntry {
  std::string name;
  std::string content;
  bool deflate = false;
  /// Sizes in Zip64 fields, as numpy.savez writes the local header.
  bool zip64 = false;
  /// Sizes behind the content, as a writer without seek puts them.
  bool descriptor = false;
  /// Other extra fields, in front of the Zip64 ones.
  std::string extra = {};
};

std::string zip_file(const std::vector<ZipEntry>& entries, bool zip64_end = false);

/// A pickle of protocol 2 with this body, and a text in one.
inline std::string pickled(const std::string& body) { return "\x80\x02" + body + "."; }
inline std::string pickled_text(std::string_view value) {
  return "X" + little(value.size(), 4) + std::string(value);
}

/// A safetensors file of this header, padded to 8 bytes with blanks.
std::string safetensors_file(std::string header, std::string_view data);

}  // namespace attngraph::test

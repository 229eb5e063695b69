#pragma once

#include <optional>
#include <string>
#include <vector>

namespace attngraph::test {

/// A file in which lengths and checksums follow from its parts. A fuzzer that changed its bytes
/// would see little more than wrong checksums; it changes a part, and the file is made anew.
struct Parted {
  enum class Kind { npy, safetensors, zip, gzip };
  Kind kind = Kind::npy;
  /// NPY: version, header, numbers. safetensors: header, data. gzip: what is packed. ZIP, of each
  /// member: how it is packed, its name, and what an NPY file in it has in front of the numbers;
  /// then its content.
  std::vector<std::string> parts;
};

/// Nothing where the bytes are no sound file of these kinds.
std::optional<Parted> parted(const std::string& bytes);

/// The file of these parts.
std::string whole(const Parted& file);

}  // namespace attngraph::test

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/error.hpp"
#include "formats/rules.hpp"

namespace attngraph {

using Span = std::span<const std::byte>;

inline std::uint64_t u16(Span bytes, std::size_t at) {
  return little_endian<std::uint16_t>(bytes, at);
}
inline std::uint64_t u32(Span bytes, std::size_t at) {
  return little_endian<std::uint32_t>(bytes, at);
}
inline std::uint64_t u64(Span bytes, std::size_t at) {
  return little_endian<std::uint64_t>(bytes, at);
}

/// `count` bytes at `offset`, or nothing where they are not all inside.
inline std::optional<Span> part(Span bytes, std::uint64_t offset, std::uint64_t count) {
  if (offset > bytes.size() || count > bytes.size() - offset) return std::nullopt;
  return bytes.subspan(offset, count);
}

[[noreturn]] inline void refuse_archive(const std::string& where, const std::string& problem) {
  throw InputError(where, problem, "the archive is damaged; save it again with numpy.savez");
}

/// Where the central directory of an archive lies and how many members it lists.
struct ZipDirectory {
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

/// What the end record of an archive, and the Zip64 one where there is one, say of the directory,
/// which lies just before them.
/// @throws InputError where there is none, the two contradict each other, or the archive is split
ZipDirectory zip_directory(Span archive, const std::string& where);

}  // namespace attngraph

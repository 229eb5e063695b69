#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tensor/tensor.hpp"

namespace attngraph {

/// One member of a ZIP archive as its central directory and its local header agree on it.
struct ZipMember {
  std::string name;
  /// Deflated; stored otherwise.
  bool deflated = false;
  std::uint32_t crc = 0;
  /// Bytes in the archive, and of the content.
  std::size_t packed_size = 0;
  std::size_t size = 0;
  /// Where the packed bytes begin.
  std::size_t offset = 0;
};

/// The members of an archive in the order of its directory, Zip64 included. Stricter than common
/// tools, so that no two programs can read different things from one file. The format: APPNOTE.TXT
/// 6.3, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
/// @throws InputError where the directory is incomplete or contradicts the local headers, members
///   overlap or lie outside, two have one name, or one is encrypted or packed by another method
std::vector<ZipMember> zip_members(std::span<const std::byte> archive, const std::string& where);

/// The content of a member: in place where it is stored, inflated otherwise.
/// @throws InputError where it does not inflate to its size or has another checksum
Bytes zip_content(const Bytes& archive, const ZipMember& member, const std::string& where);

}  // namespace attngraph

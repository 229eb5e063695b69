#include "formats/arrays/zip_archive.hpp"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// Deflate codes at best 258 bytes in 2 bits, so a member that claims more is lying.
constexpr std::size_t largest_ratio = 1032;

Bytes inflated(std::span<const std::byte> packed, std::size_t size, const std::string& where) {
  if (size / largest_ratio > packed.size()) {
    throw InputError(where, counted(packed.size(), "deflated byte") + " cannot hold the stated " +
                                std::to_string(size));
  }
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflater(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!inflater) throw std::bad_alloc();
  const std::shared_ptr<std::byte[]> content(new std::byte[size]);
  std::size_t consumed = 0;
  std::size_t produced = 0;
  const auto result = libdeflate_deflate_decompress_ex(inflater.get(), packed.data(), packed.size(),
                                                       content.get(), size, &consumed, &produced);
  if (result != LIBDEFLATE_SUCCESS || consumed != packed.size() || produced != size) {
    throw InputError(where, "does not inflate to the stated " + counted(size, "byte"),
                     "the archive is damaged; save it again");
  }
  return {content, {content.get(), size}};
}

/// CRC-32 of pieces on all threads, put together in order.
std::uint32_t checksum(const Bytes& content) {
  constexpr std::size_t piece_size = std::size_t{1} << 20;
  const std::size_t size = content.data.size();
  std::vector<std::uint32_t> checksums((size + piece_size - 1) / piece_size);
  const auto piece = [&](std::size_t i) {
    const std::size_t begin = i * piece_size;
    return content.data.subspan(begin, std::min(piece_size, size - begin));
  };
  parallel_for(checksums.size(), [&](std::size_t i) {
    checksums[i] = libdeflate_crc32(0, piece(i).data(), piece(i).size());
    Bytes{content.owner, piece(i), content.mapped}.give_pages_back();
  });
  uLong whole = 0;
  for (std::size_t i = 0; i < checksums.size(); ++i) {
    whole = crc32_combine(whole, checksums[i], static_cast<z_off_t>(piece(i).size()));
  }
  return static_cast<std::uint32_t>(whole);
}

}  // namespace

Bytes zip_content(const Bytes& archive, const ZipMember& member, const std::string& where) {
  const auto packed = archive.data.subspan(member.offset, member.packed_size);
  Bytes content = member.deflated ? inflated(packed, member.size, where)
                                  : Bytes{archive.owner, packed, archive.mapped};
  if (checksum(content) != member.crc) {
    throw InputError(where, "has another checksum (CRC-32) than the archive states",
                     "the archive is damaged; copy or save it again");
  }
  return content;
}

}  // namespace attngraph

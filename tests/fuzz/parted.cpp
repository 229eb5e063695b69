#include "fuzz/parted.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/error.hpp"
#include "formats/arrays/zip_archive.hpp"
#include "formats/encoders.hpp"
#include "formats/gzip.hpp"
#include "formats/rules.hpp"
#include "fuzz/read_all.hpp"

namespace attngraph::test {
namespace {

constexpr std::string_view npy_mark = "\x93NUMPY";
constexpr std::string_view zip_mark = "PK\x03\x04";
constexpr std::size_t member_parts = 4;

std::uint64_t number_at(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// Bytes that give the length of a header of NPY of that version.
std::size_t length_size(char version) { return version == 1 ? 2 : 4; }

/// What stands before the numbers of an NPY file; 0 where it is none.
std::size_t npy_front(const std::string& bytes) {
  if (!bytes.starts_with(npy_mark) || bytes.size() < 12) return 0;
  const std::size_t size = length_size(bytes[6]);
  const std::uint64_t length = number_at(bytes, 8, size);
  return length <= bytes.size() - 8 - size ? 8 + size + static_cast<std::size_t>(length) : 0;
}

std::string npy_whole(const std::string& version, const std::string& header,
                      const std::string& numbers) {
  const char major = version.empty() ? '\1' : version[0];
  return std::string(npy_mark) + major + '\0' + little(header.size(), length_size(major)) + header +
         numbers;
}

std::vector<std::string> npy_parts(const std::string& bytes, std::size_t front) {
  const std::size_t header = 8 + length_size(bytes[6]);
  return {bytes.substr(6, 1), bytes.substr(header, front - header), bytes.substr(front)};
}

std::vector<std::string> safetensors_parts(const std::string& bytes) {
  const std::uint64_t length = number_at(bytes, 0, 8);
  if (length > bytes.size() - 8) return {};
  return {bytes.substr(8, length), bytes.substr(8 + length)};
}

/// How a member of an archive is packed, as a part: one letter, of which bits are taken.
struct Packing {
  bool deflate, zip64, descriptor;

  explicit Packing(const std::string& part)
      : deflate(bit(part, 1)), zip64(bit(part, 2)), descriptor(bit(part, 4)) {}

 private:
  static bool bit(const std::string& part, int mask) {
    return !part.empty() && (part[0] & mask) != 0;
  }
};

std::vector<std::string> zip_parts(const std::string& bytes) {
  const Bytes archive = Bytes::from(bytes);
  std::vector<std::string> parts;
  for (const ZipMember& member : zip_members(archive.data, "fuzz")) {
    if (member.size > fuzz_limits().memory) return {};
    const std::string content(text_of(zip_content(archive, member, "fuzz").data));
    const std::size_t front = npy_front(content);
    parts.insert(parts.end(), {member.deflated ? "A" : "@", member.name, "", content});
    if (front == 0) continue;
    const auto array = npy_parts(content, front);
    parts.end()[-2] = array[0] + array[1];
    parts.end()[-1] = array[2];
  }
  return parts;
}

std::string zip_whole(const std::vector<std::string>& parts) {
  std::vector<ZipEntry> entries;
  for (std::size_t i = 0; i + member_parts <= parts.size(); i += member_parts) {
    const Packing packing(parts[i]);
    const std::string& front = parts[i + 2];
    const std::string content =
        front.empty() ? parts[i + 3] : npy_whole(front.substr(0, 1), front.substr(1), parts[i + 3]);
    entries.push_back({parts[i + 1], content, packing.deflate, packing.zip64, packing.descriptor});
  }
  return zip_file(entries);
}

std::string gzip_whole(const std::string& content) {
  static auto* const compressor = libdeflate_alloc_compressor(1);
  std::string packed(libdeflate_gzip_compress_bound(compressor, content.size()), '\0');
  packed.resize(libdeflate_gzip_compress(compressor, content.data(), content.size(), packed.data(),
                                         packed.size()));
  return packed;
}

Parted parts_of(const std::string& bytes) {
  const auto view = std::as_bytes(std::span(bytes));
  if (const std::size_t front = npy_front(bytes); front > 0) {
    return {Parted::Kind::npy, npy_parts(bytes, front)};
  }
  if (bytes.starts_with(zip_mark)) return {Parted::Kind::zip, zip_parts(bytes)};
  if (bytes.size() > 8 && bytes[8] == '{') {
    return {Parted::Kind::safetensors, safetensors_parts(bytes)};
  }
  if (is_gzip(view)) {
    return {Parted::Kind::gzip,
            {std::string(text_of(gunzipped(view, "fuzz", fuzz_limits()).data))}};
  }
  return {};
}

}  // namespace

std::optional<Parted> parted(const std::string& bytes) {
  try {
    Parted file = parts_of(bytes);
    if (!file.parts.empty()) return file;
  } catch (const Error&) {
    // damaged already
  }
  return std::nullopt;
}

std::string whole(const Parted& file) {
  switch (file.kind) {
    case Parted::Kind::npy:
      return npy_whole(file.parts[0], file.parts[1], file.parts[2]);
    case Parted::Kind::safetensors:
      return little(file.parts[0].size(), 8) + file.parts[0] + file.parts[1];
    case Parted::Kind::zip:
      return zip_whole(file.parts);
    case Parted::Kind::gzip:
      return gzip_whole(file.parts[0]);
  }
  return {};
}

}  // namespace attngraph::test

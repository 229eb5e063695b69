// A ZIP archive of one stored member, written in one pass: bit 3 of the flags says that checksum
// and sizes follow the data in a descriptor. Zip64 records are written only where a size needs
// them. Layout after APPNOTE.TXT 6.3, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

#include "writers/arrays/npz_writer.hpp"

#include <libdeflate.h>

namespace attngraph {
namespace {

constexpr std::uint64_t flags = 0x0008;
constexpr std::uint64_t saturated = 0xffffffff;
constexpr std::uint64_t first_of_january_1980 = 0x21;  // the same bytes for the same answer
constexpr std::size_t local_header_size = 30;
constexpr std::size_t alignment = 64;
/// Directory, descriptor and end records together stay below this.
constexpr std::uint64_t overhead = 1 << 12;

/// Appends the low `bytes` bytes of `value`, the lowest first.
void append_integer(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

/// Version needed, flags, method stored, time and date, as both headers begin.
void append_common(std::string& out, bool zip64) {
  append_integer(out, zip64 ? 45 : 20, 2);
  append_integer(out, flags, 2);
  append_integer(out, 0, 2);
  append_integer(out, 0, 2);
  append_integer(out, first_of_january_1980, 2);
}

/// Two sizes in a Zip64 extra field.
std::string sizes64(std::uint64_t size) {
  std::string field;
  append_integer(field, 1, 2);
  append_integer(field, 16, 2);
  append_integer(field, size, 8);
  append_integer(field, size, 8);
  return field;
}

/// The Zip64 end record and its locator, for a directory of one entry at `offset`.
void append_end64(std::string& out, std::uint64_t directory_size, std::uint64_t offset) {
  out += "PK\x06\x06";
  append_integer(out, 44, 8);
  append_integer(out, 3 << 8 | 45, 2);
  append_integer(out, 45, 2);
  append_integer(out, 0, 8);
  append_integer(out, 1, 8);
  append_integer(out, 1, 8);
  append_integer(out, directory_size, 8);
  append_integer(out, offset, 8);
  out += "PK\x06\x07";
  append_integer(out, 0, 4);
  append_integer(out, offset + directory_size, 8);
  append_integer(out, 1, 4);
}

}  // namespace

void NpzWriter::begin_array(const MatrixSeries& series, std::size_t size) {
  name_ = (series.value_column.name == "weight" ? "attention" : series.value_column.name) + ".npy";
  size_ = size;
  zip64_ = size_ + overhead >= saturated;
  std::string extra = zip64_ ? sizes64(0) : std::string();
  const std::size_t unpadded = local_header_size + name_.size() + extra.size() + 4;
  const std::size_t padding = (alignment - unpadded % alignment) % alignment;
  append_integer(extra, 0xd935, 2);  // the field that zipalign pads with
  append_integer(extra, padding, 2);
  extra.append(padding, '\0');
  std::string& out = buffer_.text();
  out += "PK\x03\x04";
  append_common(out, zip64_);
  append_integer(out, 0, 4);
  append_integer(out, zip64_ ? saturated : 0, 4);
  append_integer(out, zip64_ ? saturated : 0, 4);
  append_integer(out, name_.size(), 2);
  append_integer(out, extra.size(), 2);
  out += name_ + extra;
  local_size_ = local_header_size + name_.size() + extra.size();
}

void NpzWriter::append(std::string_view bytes) {
  checksum_ = libdeflate_crc32(checksum_, bytes.data(), bytes.size());
  NpyWriter::append(bytes);
}

/// The entry of the member in the central directory.
std::string NpzWriter::directory_entry() const {
  const std::string extra = zip64_ ? sizes64(size_) : std::string();
  std::string entry = "PK\x01\x02";
  append_integer(entry, 3 << 8 | (zip64_ ? 45 : 20), 2);  // made on Unix
  append_common(entry, zip64_);
  append_integer(entry, checksum_, 4);
  append_integer(entry, zip64_ ? saturated : size_, 4);
  append_integer(entry, zip64_ ? saturated : size_, 4);
  append_integer(entry, name_.size(), 2);
  append_integer(entry, extra.size(), 2);
  append_integer(entry, 0, 6);  // no comment, first disk, binary
  append_integer(entry, std::uint64_t{0100644} << 16, 4);
  append_integer(entry, 0, 4);  // where the member begins
  return entry + name_ + extra;
}

void NpzWriter::append_end() {
  std::string& out = buffer_.text();
  const int width = zip64_ ? 8 : 4;
  out += "PK\x07\x08";
  append_integer(out, checksum_, 4);
  append_integer(out, size_, width);
  append_integer(out, size_, width);
  const std::uint64_t offset = local_size_ + size_ + 8 + 2 * static_cast<std::uint64_t>(width);
  const std::string entry = directory_entry();
  out += entry;
  if (zip64_) append_end64(out, entry.size(), offset);
  out += "PK\x05\x06";
  append_integer(out, 0, 4);
  append_integer(out, 1, 2);
  append_integer(out, 1, 2);
  append_integer(out, entry.size(), 4);
  append_integer(out, zip64_ ? saturated : offset, 4);
  append_integer(out, 0, 2);
}

void NpzWriter::finish() {
  if (size_ > 0) append_end();
  NpyWriter::finish();
}

}  // namespace attngraph

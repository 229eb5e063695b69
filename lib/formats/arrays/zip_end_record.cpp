#include <algorithm>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "formats/arrays/zip_fields.hpp"

namespace attngraph {
namespace {

constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::uint32_t end64_signature = 0x06064b50;
constexpr std::uint32_t locator64_signature = 0x07064b50;

constexpr std::size_t end_size = 22;
constexpr std::size_t end64_size = 56;
constexpr std::size_t locator64_size = 20;

constexpr std::uint64_t saturated16 = 0xffff;
constexpr std::uint64_t saturated32 = 0xffffffff;

/// Where the end record begins whose comment reaches just to the end of the archive.
std::size_t end_record(Span archive, const std::string& where) {
  const std::size_t longest = std::min(archive.size(), end_size + saturated16);
  for (std::size_t back = end_size; back <= longest; ++back) {
    const std::size_t at = archive.size() - back;
    if (u32(archive, at) == end_signature && u16(archive, at + 20) == back - end_size) return at;
  }
  for (std::size_t back = end_size + 1; back <= longest; ++back) {
    const std::size_t at = archive.size() - back;
    const std::size_t size = end_size + u16(archive, at + 20);
    if (u32(archive, at) != end_signature || size >= back) continue;
    throw InputError(where, counted(back - size, "byte") + " behind the end of the ZIP archive",
                     "it was written to again or copied wrongly; save or copy it again");
  }
  throw InputError(where, "the end of the ZIP archive is missing", cut_off_hint);
}

/// The Zip64 end record, where a locator says that there is one; moves `end` to its begin.
std::optional<ZipDirectory> directory64(Span archive, std::size_t& end, const std::string& where) {
  if (end < locator64_size) return std::nullopt;
  const Span locator = archive.subspan(end - locator64_size, locator64_size);
  if (u32(locator, 0) != locator64_signature) return std::nullopt;
  const std::uint64_t offset = u64(locator, 8);
  const auto record = part(archive, offset, end64_size);
  if (u32(locator, 4) != 0 || u32(locator, 16) != 1 || !record ||
      offset > end - locator64_size - 12 || u32(*record, 0) != end64_signature ||
      u64(*record, 4) < end64_size - 12 || u64(*record, 4) != end - locator64_size - offset - 12) {
    refuse_archive(where, "the Zip64 end record is not where its locator says");
  }
  if (u32(*record, 16) != 0 || u32(*record, 20) != 0 || u64(*record, 24) != u64(*record, 32)) {
    refuse_archive(where, "the archive is split into several files, expected one");
  }
  end = offset;
  return ZipDirectory{u64(*record, 32), u64(*record, 40), u64(*record, 48)};
}

}  // namespace

ZipDirectory zip_directory(Span archive, const std::string& where) {
  std::size_t end = end_record(archive, where);
  const Span record = archive.subspan(end, end_size);
  const ZipDirectory small{u16(record, 10), u32(record, 12), u32(record, 16)};
  const auto large = directory64(archive, end, where);
  const ZipDirectory found = large.value_or(small);
  const auto differs = [](std::uint64_t in_small, std::uint64_t in_large, std::uint64_t saturated) {
    return in_small != saturated && in_small != in_large;
  };
  if (large && (differs(small.entries, large->entries, saturated16) ||
                differs(small.size, large->size, saturated32) ||
                differs(small.offset, large->offset, saturated32))) {
    refuse_archive(where, "the two end records of the archive contradict each other");
  }
  if (!large && (u16(record, 4) != 0 || u16(record, 6) != 0 || u16(record, 8) != small.entries)) {
    refuse_archive(where, "the archive is split into several files, expected one");
  }
  const auto behind = checked_add(found.offset, found.size);
  if (!behind || *behind != end) {
    refuse_archive(where, "the central directory does not end where the end record begins");
  }
  return found;
}

}  // namespace attngraph

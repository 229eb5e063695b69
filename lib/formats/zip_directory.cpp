#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "formats/rules.hpp"
#include "formats/zip_archive.hpp"

namespace attngraph {
namespace {

using Span = std::span<const std::byte>;

constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint32_t central_signature = 0x02014b50;
constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::uint32_t end64_signature = 0x06064b50;
constexpr std::uint32_t locator64_signature = 0x07064b50;
constexpr std::uint32_t descriptor_signature = 0x08074b50;

constexpr std::size_t local_size = 30;
constexpr std::size_t central_size = 46;
constexpr std::size_t end_size = 22;
constexpr std::size_t end64_size = 56;
constexpr std::size_t locator64_size = 20;

constexpr std::uint64_t saturated16 = 0xffff;
constexpr std::uint64_t saturated32 = 0xffffffff;
constexpr unsigned encrypted_flags = 0x0001 | 0x0040 | 0x2000;
constexpr unsigned descriptor_flag = 0x0008;

std::uint64_t u16(Span bytes, std::size_t at) { return little_endian<std::uint16_t>(bytes, at); }
std::uint64_t u32(Span bytes, std::size_t at) { return little_endian<std::uint32_t>(bytes, at); }
std::uint64_t u64(Span bytes, std::size_t at) { return little_endian<std::uint64_t>(bytes, at); }

/// `count` bytes at `offset`, or nothing where they are not all inside.
std::optional<Span> part(Span bytes, std::uint64_t offset, std::uint64_t count) {
  if (offset > bytes.size() || count > bytes.size() - offset) return std::nullopt;
  return bytes.subspan(offset, count);
}

[[noreturn]] void refuse(const std::string& where, const std::string& problem) {
  throw InputError(where, problem, "the archive is damaged; save it again with numpy.savez");
}

/// Where the central directory lies and how many members it lists.
struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

/// Where the end record begins whose comment reaches just to the end of the archive.
std::size_t end_record(Span archive, const std::string& where) {
  const std::size_t longest = std::min(archive.size(), end_size + saturated16);
  for (std::size_t back = end_size; back <= longest; ++back) {
    const std::size_t at = archive.size() - back;
    if (u32(archive, at) == end_signature && u16(archive, at + 20) == back - end_size) return at;
  }
  throw InputError(where, "the end of the ZIP archive is missing", cut_off_hint);
}

/// The Zip64 end record, where a locator says that there is one; moves `end` to its begin.
std::optional<Directory> directory64(Span archive, std::size_t& end, const std::string& where) {
  if (end < locator64_size) return std::nullopt;
  const Span locator = archive.subspan(end - locator64_size, locator64_size);
  if (u32(locator, 0) != locator64_signature) return std::nullopt;
  const std::uint64_t offset = u64(locator, 8);
  const auto record = part(archive, offset, end64_size);
  if (u32(locator, 4) != 0 || u32(locator, 16) != 1 || !record ||
      offset > end - locator64_size - 12 || u32(*record, 0) != end64_signature ||
      u64(*record, 4) < end64_size - 12 || u64(*record, 4) != end - locator64_size - offset - 12) {
    refuse(where, "the Zip64 end record is not where its locator says");
  }
  if (u32(*record, 16) != 0 || u32(*record, 20) != 0 || u64(*record, 24) != u64(*record, 32)) {
    refuse(where, "the archive is split into several files, expected one");
  }
  end = offset;
  return Directory{u64(*record, 32), u64(*record, 40), u64(*record, 48)};
}

Directory directory(Span archive, const std::string& where) {
  std::size_t end = end_record(archive, where);
  const Span record = archive.subspan(end, end_size);
  const Directory small{u16(record, 10), u32(record, 12), u32(record, 16)};
  const auto large = directory64(archive, end, where);
  const Directory found = large.value_or(small);
  const auto differs = [](std::uint64_t in_small, std::uint64_t in_large, std::uint64_t saturated) {
    return in_small != saturated && in_small != in_large;
  };
  if (large && (differs(small.entries, large->entries, saturated16) ||
                differs(small.size, large->size, saturated32) ||
                differs(small.offset, large->offset, saturated32))) {
    refuse(where, "the two end records of the archive contradict each other");
  }
  if (!large && (u16(record, 4) != 0 || u16(record, 6) != 0 || u16(record, 8) != small.entries)) {
    refuse(where, "the archive is split into several files, expected one");
  }
  const auto behind = checked_add(found.offset, found.size);
  if (!behind || *behind != end) {
    refuse(where, "the central directory does not end where the end record begins");
  }
  return found;
}

/// Sizes and place of a member as a header states them, perhaps in its Zip64 extra field.
struct Extent {
  std::uint64_t size;
  std::uint64_t packed_size;
  std::uint64_t offset;
};

/// Puts the 64-bit numbers of the extra field in place of the saturated ones.
void widen(Extent& extent, Span extra, const std::string& where) {
  while (extra.size() >= 4) {
    const std::uint64_t id = u16(extra, 0);
    const auto body = part(extra, 4, u16(extra, 2));
    if (!body) refuse(where, "an extra field leaves its header");
    std::size_t at = 0;
    for (std::uint64_t* number : {&extent.size, &extent.packed_size, &extent.offset}) {
      if (id != 1 || *number != saturated32) continue;
      if (at + 8 > body->size()) refuse(where, "the Zip64 field is too short");
      *number = u64(*body, at);
      at += 8;
    }
    if (id == 1) return;
    extra = extra.subspan(4 + body->size());
  }
}

/// Holds the local header against the directory's entry.
/// @returns where the member ends
std::uint64_t check_local_header(Span archive, Span central, const Extent& extent,
                                 ZipMember& member, const std::string& where) {
  const auto header = part(archive, extent.offset, local_size);
  if (!header || u32(*header, 0) != local_signature) refuse(where, "the local header is missing");
  const std::uint64_t name_size = u16(*header, 26);
  const std::uint64_t extra_size = u16(*header, 28);
  const auto name = part(archive, extent.offset + local_size, name_size);
  const auto extra = part(archive, extent.offset + local_size + name_size, extra_size);
  if (!name || !extra) refuse(where, "the local header is cut off");
  Extent local{u32(*header, 22), u32(*header, 18), 0};
  const bool zip64 = local.size == saturated32 || local.packed_size == saturated32;
  if (zip64) widen(local, *extra, where);
  const bool descriptor = (u16(*header, 6) & descriptor_flag) != 0;
  const auto same = [&](std::uint64_t here, std::uint64_t there) {
    return here == there || (descriptor && here == 0);
  };
  if (u16(*header, 6) != u16(central, 8) || u16(*header, 8) != u16(central, 10) ||
      text_of(*name) != member.name || !same(u32(*header, 14), member.crc) ||
      !same(local.size, extent.size) || !same(local.packed_size, extent.packed_size)) {
    refuse(where, "the local header says otherwise than the central directory");
  }
  member.offset = extent.offset + local_size + name_size + extra_size;
  const auto content = part(archive, member.offset, extent.packed_size);
  if (!content) refuse(where, "the content leaves the archive");
  const std::uint64_t end = member.offset + content->size();
  if (!descriptor) return end;
  const std::uint64_t width = zip64 ? 8 : 4;
  const auto behind = part(archive, end, 8 + 2 * width);
  const auto number = [&](std::size_t at) { return zip64 ? u64(*behind, at) : u32(*behind, at); };
  if (!behind || u32(*behind, 0) != descriptor_signature || u32(*behind, 4) != member.crc ||
      number(8) != extent.packed_size || number(8 + width) != extent.size) {
    refuse(where, "the data descriptor says otherwise than the central directory");
  }
  return end + behind->size();
}

/// The bytes that a member takes, its headers included.
struct Range {
  std::uint64_t begin;
  std::uint64_t end;
};

/// The member at the begin of `entries`, which it is cut off from.
ZipMember next_member(Span archive, Span& entries, Range& range, const std::string& source) {
  const auto fixed = part(entries, 0, central_size);
  if (!fixed || u32(*fixed, 0) != central_signature) {
    refuse(source, "the central directory is damaged");
  }
  const Span central = *fixed;
  const std::uint64_t name_size = u16(central, 28);
  const std::uint64_t extra_size = u16(central, 30);
  const auto name = part(entries, central_size, name_size);
  const auto extra = part(entries, central_size + name_size, extra_size);
  const std::uint64_t entry_size = central_size + name_size + extra_size + u16(central, 32);
  if (!name || !extra || entry_size > entries.size()) {
    refuse(source, "the central directory is damaged");
  }
  ZipMember member;
  member.name = text_of(*name);
  if (invalid_utf8(member.name) != std::string::npos ||
      member.name.find('\0') != std::string::npos) {
    refuse(source, "the name of a member is not text");
  }
  const std::string where = source + ": " + member.name;
  const std::uint64_t method = u16(central, 10);
  if ((u16(central, 8) & encrypted_flags) != 0) {
    throw InputError(where, "is encrypted", "save the archive without a password");
  }
  if (method != 0 && method != 8) {
    throw InputError(
        where, "is packed by method " + std::to_string(method) + ", expected stored or deflated",
        "save it again with numpy.savez or numpy.savez_compressed");
  }
  Extent extent{u32(central, 24), u32(central, 20), u32(central, 42)};
  widen(extent, *extra, where);
  if (u16(central, 34) != 0) refuse(where, "lies in another file of a split archive");
  member.deflated = method == 8;
  member.crc = static_cast<std::uint32_t>(u32(central, 16));
  member.size = extent.size;
  member.packed_size = extent.packed_size;
  if (!member.deflated && member.size != member.packed_size) {
    refuse(where, "is stored, but its two sizes differ");
  }
  range = {extent.offset, check_local_header(archive, central, extent, member, where)};
  entries = entries.subspan(entry_size);
  return member;
}

}  // namespace

std::vector<ZipMember> zip_members(std::span<const std::byte> archive, const std::string& where) {
  if (archive.size() < end_size) {
    throw InputError(where, "the end of the ZIP archive is missing", cut_off_hint);
  }
  const Directory found = directory(archive, where);
  const Span before = archive.first(found.offset);
  Span entries = archive.subspan(found.offset, found.size);
  std::vector<ZipMember> members;
  std::vector<Range> ranges;
  std::unordered_set<std::string> names;
  while (!entries.empty()) {
    Range range{};
    members.push_back(next_member(before, entries, range, where));
    ranges.push_back(range);
    if (!names.insert(members.back().name).second) {
      refuse(where, "the member " + in_quotes(members.back().name) + " occurs twice");
    }
  }
  if (members.size() != found.entries) {
    refuse(where, "the central directory lists " + counted(members.size(), "member") +
                      ", expected " + std::to_string(found.entries));
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].begin < ranges[i - 1].end) refuse(where, "two members overlap");
  }
  return members;
}

}  // namespace attngraph

#include <algorithm>
#include <unordered_set>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "core/text/text.hpp"
#include "formats/arrays/zip_archive.hpp"
#include "formats/arrays/zip_fields.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint32_t central_signature = 0x02014b50;
constexpr std::uint32_t descriptor_signature = 0x08074b50;

constexpr std::size_t local_size = 30;
constexpr std::size_t central_size = 46;

constexpr std::uint64_t saturated32 = 0xffffffff;
constexpr unsigned encrypted_flags = 0x0001 | 0x0040 | 0x2000;
constexpr unsigned patch_flag = 0x0020;
/// 6.3, the newest that is specified; a higher one says that the rest cannot be trusted.
constexpr unsigned newest_version = 63;
constexpr unsigned descriptor_flag = 0x0008;

constexpr const char* save_again = "save it again with numpy.savez or numpy.savez_compressed";

/// @param needed the field of a header; its upper byte names the system
void require_version(std::uint64_t needed, const std::string& where) {
  const std::uint64_t version = needed & 0xff;
  if (version <= newest_version) return;
  const auto text = [](std::uint64_t tenths) {
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  };
  throw InputError(
      where,
      "needs version " + text(version) + " of ZIP, expected " + text(newest_version) + " at most",
      save_again);
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
    if (!body) refuse_archive(where, "an extra field leaves its header");
    std::size_t at = 0;
    for (std::uint64_t* number : {&extent.size, &extent.packed_size, &extent.offset}) {
      if (id != 1 || *number != saturated32) continue;
      if (at + 8 > body->size()) refuse_archive(where, "the Zip64 field is too short");
      *number = u64(*body, at);
      at += 8;
    }
    if (id == 1) return;
    extra = extra.subspan(4 + body->size());
  }
}

/// The end of the descriptor that a writer without seek puts behind a member at `begin`, with sizes
/// of 4 or 8 bytes.
std::uint64_t descriptor_end(Span archive, std::uint64_t begin, const Extent& extent,
                             std::uint32_t crc, const std::string& where) {
  for (const std::size_t width : {4, 8}) {
    const auto descriptor = part(archive, begin, 8 + 2 * width);
    if (!descriptor) break;
    const auto number = [&](std::size_t at) {
      return width == 8 ? u64(*descriptor, at) : u32(*descriptor, at);
    };
    if (u32(*descriptor, 0) == descriptor_signature && u32(*descriptor, 4) == crc &&
        number(8) == extent.packed_size && number(8 + width) == extent.size) {
      return begin + descriptor->size();
    }
  }
  refuse_archive(where, "the data descriptor says otherwise than the central directory");
}

/// Holds the local header against the directory's entry.
/// @returns where the member ends
std::uint64_t check_local_header(Span archive, Span central, const Extent& extent,
                                 ZipMember& member, const std::string& where) {
  const auto header = part(archive, extent.offset, local_size);
  if (!header || u32(*header, 0) != local_signature)
    refuse_archive(where, "the local header is missing");
  const std::uint64_t name_size = u16(*header, 26);
  const std::uint64_t extra_size = u16(*header, 28);
  const auto name = part(archive, extent.offset + local_size, name_size);
  const auto extra = part(archive, extent.offset + local_size + name_size, extra_size);
  if (!name || !extra) refuse_archive(where, "the local header is cut off");
  Extent local{u32(*header, 22), u32(*header, 18), 0};
  widen(local, *extra, where);
  const bool descriptor = (u16(*header, 6) & descriptor_flag) != 0;
  const auto same = [&](std::uint64_t here, std::uint64_t there) {
    return here == there || (descriptor && here == 0);
  };
  if (u16(*header, 6) != u16(central, 8) || u16(*header, 8) != u16(central, 10) ||
      text_of(*name) != member.name || !same(u32(*header, 14), member.crc) ||
      !same(local.size, extent.size) || !same(local.packed_size, extent.packed_size)) {
    refuse_archive(where, "the local header says otherwise than the central directory");
  }
  require_version(u16(*header, 4), where);
  member.offset = extent.offset + local_size + name_size + extra_size;
  const auto content = part(archive, member.offset, extent.packed_size);
  if (!content) refuse_archive(where, "the content leaves the archive");
  const std::uint64_t end = member.offset + content->size();
  if (!descriptor) return end;
  return descriptor_end(archive, end, extent, member.crc, where);
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
    refuse_archive(source, "the central directory is damaged");
  }
  const Span central = *fixed;
  const std::uint64_t name_size = u16(central, 28);
  const std::uint64_t extra_size = u16(central, 30);
  const auto name = part(entries, central_size, name_size);
  const auto extra = part(entries, central_size + name_size, extra_size);
  const std::uint64_t entry_size = central_size + name_size + extra_size + u16(central, 32);
  if (!name || !extra || entry_size > entries.size()) {
    refuse_archive(source, "the central directory is damaged");
  }
  ZipMember member;
  member.name = text_of(*name);
  if (invalid_utf8(member.name) != std::string::npos ||
      member.name.find('\0') != std::string::npos) {
    refuse_archive(source, "the name of a member is not text");
  }
  const std::string where = within(source, member.name);
  const std::uint64_t method = u16(central, 10);
  if ((u16(central, 8) & encrypted_flags) != 0) {
    throw InputError(where, "is encrypted", "save the archive without a password");
  }
  if (method != 0 && method != 8) {
    throw InputError(
        where, "is packed by method " + std::to_string(method) + ", expected stored or deflated",
        save_again);
  }
  if ((u16(central, 8) & patch_flag) != 0) {
    throw InputError(where, "is a patch to another member, expected its whole content", save_again);
  }
  require_version(u16(central, 6), where);
  Extent extent{u32(central, 24), u32(central, 20), u32(central, 42)};
  widen(extent, *extra, where);
  if (u16(central, 34) != 0) refuse_archive(where, "lies in another file of a split archive");
  member.deflated = method == 8;
  member.crc = static_cast<std::uint32_t>(u32(central, 16));
  member.size = extent.size;
  member.packed_size = extent.packed_size;
  if (!member.deflated && member.size != member.packed_size) {
    refuse_archive(where, "is stored, but its two sizes differ");
  }
  range = {extent.offset, check_local_header(archive, central, extent, member, where)};
  entries = entries.subspan(entry_size);
  return member;
}

}  // namespace

std::vector<ZipMember> zip_members(std::span<const std::byte> archive, const std::string& where) {
  const ZipDirectory found = zip_directory(archive, where);
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
      refuse_archive(where, "the member " + in_quotes(members.back().name) + " occurs twice");
    }
  }
  if (members.size() != found.entries) {
    refuse_archive(where, "the central directory lists " + counted(members.size(), "member") +
                              ", expected " + std::to_string(found.entries));
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].begin < ranges[i - 1].end) refuse_archive(where, "two members overlap");
  }
  return members;
}

}  // namespace attngraph

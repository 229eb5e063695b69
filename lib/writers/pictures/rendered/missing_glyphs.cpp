// fontconfig's program lists the characters of every font, as ranges: `20-7e a0-36f …`.

#include "writers/pictures/rendered/missing_glyphs.hpp"

#include <charconv>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/process/program.hpp"
#include "core/text/text.hpp"

namespace attngraph {
namespace {

/// Every font for text has what comes before: Latin, Greek, Cyrillic.
constexpr char32_t first_in_question = 0x530;

using Ranges = std::vector<std::pair<unsigned, unsigned>>;

std::set<char32_t> characters_in_question(std::string_view text) {
  std::set<char32_t> found;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      text.remove_prefix(1);
      continue;
    }
    const char32_t c = take_character(text);
    if (c >= first_in_question && character_width(c) > 0) found.insert(c);
  }
  return found;
}

Ranges ranges_of(const std::string& list) {
  Ranges ranges;
  const char* at = list.data();
  const char* const end = at + list.size();
  while (at < end) {
    unsigned first = 0;
    auto read = std::from_chars(at, end, first, 16);
    if (read.ptr == at) {
      ++at;
      continue;
    }
    unsigned last = first;
    if (read.ptr < end && *read.ptr == '-') read = std::from_chars(read.ptr + 1, end, last, 16);
    ranges.emplace_back(first, last);
    at = read.ptr;
  }
  return ranges;
}

std::string package_with(char32_t c) {
  const bool east_asian = (c >= 0x1100 && c < 0x1200) || (c >= 0x2e80 && c < 0xa4d0) ||
                          (c >= 0xac00 && c < 0xd7b0) || (c >= 0xf900 && c < 0xfb00) ||
                          (c >= 0xff00 && c < 0xfff0) || (c >= 0x20000 && c < 0x40000);
  if (east_asian) return "fonts-noto-cjk";
  return c >= 0x1f000 ? "fonts-symbola" : "fonts-noto-core";
}

}  // namespace

std::string missing_glyphs(const std::string& svg) {
  std::set<char32_t> left = characters_in_question(svg);
  if (left.empty()) return {};
  try {
    const ProgramEnd fonts = run_program({{"fc-list", "--format", "%{charset}\n"}, {}}, "");
    if (fonts.output.empty()) return {};
    for (const auto& [first, last] : ranges_of(fonts.output)) {
      left.erase(left.lower_bound(first), left.upper_bound(last));
    }
  } catch (const IoError&) {
    return {};
  }
  if (left.empty()) return {};
  std::string first;
  append_utf8(first, *left.begin());
  return "no font here has " + std::to_string(left.size()) + " of the characters, such as " +
         first + ": they are boxes; the package " + package_with(*left.begin()) +
         " has fonts for them";
}

}  // namespace attngraph

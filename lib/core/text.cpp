#include "core/text.hpp"

#include <array>
#include <cstdint>

namespace attngraph {
namespace {

constexpr std::string_view ellipsis = "…";

/// Bytes of the character whose first byte is `lead`; 0 where none begins so.
std::size_t sequence_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};

/// Characters that show nothing, or change how their neighbours are shown.
bool is_invisible(char32_t c) {
  return (c >= 0x80 && c < 0xa0) || c == 0xad || c == 0x061c || c == 0x180e || c == 0x200b ||
         c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
         (c >= 0xe0000 && c < 0xe0100);
}

void append_escape(std::string& out, char32_t c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\x";
      out += digits[c >> 4 & 15];
      out += digits[c & 15];
  }
}

void append_code_point(std::string& out, char32_t c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += "<U+";
  for (int shift = c > 0xffff ? 16 : 12; shift >= 0; shift -= 4) out += digits[c >> shift & 15];
  out += '>';
}

}  // namespace

char32_t take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::size_t length = sequence_length(byte(0));
  char32_t character = length == 1 ? byte(0) : byte(0) & (0x7fu >> length);
  bool valid = length > 0 && length <= text.size();
  for (std::size_t i = 1; valid && i < length; ++i) {
    valid = (byte(i) & 0xc0) == 0x80;
    character = character << 6 | (byte(i) & 0x3fu);
  }
  const bool surrogate = character >= 0xd800 && character < 0xe000;
  if (!valid || character < smallest[length] || surrogate || character > 0x10ffff) {
    text.remove_prefix(1);
    return replacement_character;
  }
  text.remove_prefix(length);
  return character;
}

void append_utf8(std::string& out, char32_t c) {
  const auto byte = [&](char32_t bits) { out += static_cast<char>(bits); };
  const auto follower = [&](int shift) { byte(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xc0 | c >> 6);
    follower(0);
  } else if (c < 0x10000) {
    byte(0xe0 | c >> 12);
    follower(6);
    follower(0);
  } else {
    byte(0xf0 | c >> 18);
    follower(12);
    follower(6);
    follower(0);
  }
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) append_utf8(out, take_character(text));
  return out;
}

std::string visible_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = take_character(text);
    if (c < 0x20 || c == 0x7f) {
      append_escape(out, c);
    } else if (is_invisible(c)) {
      append_code_point(out, c);
    } else {
      append_utf8(out, c);
    }
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += character_width(take_character(text));
  return width;
}

std::string truncated(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  std::size_t kept = 0;  // bytes that leave a column for the ellipsis
  for (std::string_view rest = text; !rest.empty();) {
    width += character_width(take_character(rest));
    if (width > columns) return std::string(text.substr(0, kept)) + std::string(ellipsis);
    if (width + 1 <= columns) kept = text.size() - rest.size();
  }
  return std::string(text);
}

std::string shown_label(std::string_view text, std::size_t columns) {
  // A character has at most 4 bytes; marks without width beyond that are no label either.
  const bool cut = text.size() > 16 * columns;
  std::string visible = visible_text(text.substr(0, 16 * columns));
  if (cut) visible += ellipsis;
  return truncated(visible, columns);
}

}  // namespace attngraph

#include "core/text/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fnmatch.h>
#include <utf8proc.h>

namespace attngraph {
namespace {

constexpr std::string_view ellipsis = "…";

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// What asks for the picture of the character before it, which is wide.
constexpr char32_t emoji_selector = 0xfe0f;

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

/// `text` with a second backslash where the first would look like the beginning of an escape.
std::string unambiguous(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    const bool escape = text[i] == '\\' && i + 1 < text.size() &&
                        std::string_view("nrtx\\").find(text[i + 1]) != std::string_view::npos;
    if (escape) out += '\\';
  }
  return out;
}

}  // namespace

char32_t take_character(std::string_view& text) {
  utf8proc_int32_t character = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &character);
  text.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 1);
  return length > 0 ? static_cast<char32_t>(character) : replacement_character;
}

bool is_character(std::uint32_t code) {
  return code <= 0x10ffff && utf8proc_codepoint_valid(static_cast<utf8proc_int32_t>(code));
}

std::size_t invalid_utf8(std::string_view text) {
  std::string_view rest = text;
  while (true) {
    const auto beyond_ascii = std::find_if_not(rest.begin(), rest.end(), is_ascii);
    rest.remove_prefix(static_cast<std::size_t>(beyond_ascii - rest.begin()));
    if (rest.empty()) return std::string_view::npos;
    const std::size_t before = rest.size();
    // A replacement character that stands there has three bytes.
    if (take_character(rest) == replacement_character && before - rest.size() == 1) {
      return text.size() - before;
    }
  }
}

void append_utf8(std::string& out, char32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
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

std::size_t character_width(char32_t c) {
  return static_cast<std::size_t>(utf8proc_charwidth(static_cast<utf8proc_int32_t>(c)));
}

std::string_view take_cluster(std::string_view& text, std::size_t& columns) {
  const std::string_view begin = text;
  char32_t last = take_character(text);
  columns = character_width(last);
  utf8proc_int32_t state = 0;
  while (!text.empty() && !(is_ascii(begin[0]) && is_ascii(text[0]))) {
    std::string_view rest = text;
    const char32_t next = take_character(rest);
    if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last),
                                         static_cast<utf8proc_int32_t>(next), &state)) {
      break;
    }
    columns =
        next == emoji_selector ? 2 : std::min<std::size_t>(columns + character_width(next), 2);
    text = rest;
    last = next;
  }
  return begin.substr(0, begin.size() - text.size());
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t columns = 0; !text.empty(); width += columns) take_cluster(text, columns);
  return width;
}

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string truncated(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  std::size_t kept = 0;  // bytes that leave a column for the ellipsis
  for (std::string_view rest = text; !rest.empty();) {
    std::size_t taken = 0;
    take_cluster(rest, taken);
    width += taken;
    if (width > columns) return std::string(text.substr(0, kept)) + std::string(ellipsis);
    if (width + 1 <= columns) kept = text.size() - rest.size();
  }
  return std::string(text);
}

std::string cut_in_the_middle(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  const std::size_t end_columns = columns > 0 ? (columns - 1) / 2 : 0;
  // The end is what is left when as much as possible has been passed by.
  std::string_view end = text;
  std::size_t width = display_width(text);
  for (std::size_t taken = 0; width > end_columns; width -= taken) take_cluster(end, taken);
  return truncated(text, columns - width) + std::string(end);
}

std::string shown_label(std::string_view text, std::size_t columns) {
  if (!text.empty() && text.find_first_not_of(' ') == std::string_view::npos) {
    std::string spaces;
    for (std::size_t i = 0; i < std::min(text.size(), columns); ++i) spaces += "␣";
    return spaces;
  }
  // A character has at most 4 bytes; marks without width beyond that are no label either.
  const std::size_t most = 16 * std::min(columns, text.size());
  if (text.size() <= most) return cut_in_the_middle(visible_text(unambiguous(text)), columns);
  std::string ends(text.substr(0, most / 2));
  ends += ellipsis;
  ends += text.substr(text.size() - most / 2);
  return cut_in_the_middle(visible_text(unambiguous(ends)), columns);
}

bool name_fits(const std::string& pattern, const std::string& name) {
  return pattern == name || fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

}  // namespace attngraph

#include "formats/plain_bytes.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/file_kind.hpp"
#include "formats/gzip.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view utf8_mark = "\xef\xbb\xbf";

/// How a text is written, by the mark at its begin.
struct Encoding {
  const char* name;
  std::string_view mark;
  /// Bytes of a unit.
  std::size_t width;
  bool big;
};

// UTF-32 first: the mark of UTF-16 begins like it.
constexpr Encoding encodings[] = {{"UTF-32", "\xff\xfe\0\0"sv, 4, false},
                                  {"UTF-32", "\0\0\xfe\xff"sv, 4, true},
                                  {"UTF-16", "\xff\xfe"sv, 2, false},
                                  {"UTF-16", "\xfe\xff"sv, 2, true}};

const Encoding* encoding_of(std::string_view text) {
  for (const Encoding& encoding : encodings) {
    if (text.starts_with(encoding.mark)) return &encoding;
  }
  return nullptr;
}

/// The encoding that a text without a mark seems to have: its first two characters are ASCII, each
/// with NULs beside it. Nothing else that is read begins so.
const Encoding* unmarked_encoding_of(std::string_view text) {
  constexpr std::size_t characters = 2;
  const auto is_ascii_unit = [&](const Encoding& encoding, std::size_t i) {
    const std::string_view unit = text.substr(i * encoding.width, encoding.width);
    const std::size_t place = encoding.big ? encoding.width - 1 : 0;
    const bool letter = (unit[place] >= ' ' && unit[place] <= '~') || unit[place] == '\n' ||
                        unit[place] == '\r' || unit[place] == '\t';
    return letter && std::count(unit.begin(), unit.end(), '\0') ==
                         static_cast<std::ptrdiff_t>(encoding.width - 1);
  };
  for (const Encoding& encoding : encodings) {
    bool all = text.size() >= characters * encoding.width;
    for (std::size_t i = 0; all && i < characters; ++i) all = is_ascii_unit(encoding, i);
    if (all) return &encoding;
  }
  return nullptr;
}

/// A mark says how the text is written, and XML may say it otherwise.
void check_declaration(std::string_view text, const std::string& source) {
  constexpr std::size_t longest = 256;
  if (!text.starts_with("<?xml")) return;
  const std::string declaration = lower_case(text.substr(0, std::min(text.find("?>"), longest)));
  const std::size_t encoding = declaration.find("encoding");
  if (encoding == declaration.npos || declaration.find("utf", encoding) != declaration.npos) return;
  throw InputError(source + ": line 1",
                   "the declaration names another encoding than the mark in front of it",
                   "save it as UTF-8");
}

class Units {
 public:
  Units(std::span<const std::byte> bytes, const Encoding& encoding, const std::string& source)
      : bytes_(bytes), encoding_(encoding), source_(source) {}

  std::string utf8() {
    std::string text;
    text.reserve(bytes_.size() / 2 * 3);
    for (at_ = encoding_.mark.size(); at_ < bytes_.size();) {
      char32_t code = next();
      if (code >= 0xd800 && code < 0xdc00 && encoding_.width == 2) code = pair(code);
      if (!is_character(code)) refuse("holds half a character");
      append_utf8(text, code);
    }
    return text;
  }

 private:
  std::span<const std::byte> bytes_;
  const Encoding& encoding_;
  const std::string& source_;
  std::size_t at_ = 0;

  [[noreturn]] void refuse(const char* problem) const {
    throw InputError(source_ + ": byte " + std::to_string(at_),
                     std::string("the text is ") + encoding_.name + " and " + problem,
                     "save it as UTF-8");
  }

  char32_t next() {
    if (bytes_.size() - at_ < encoding_.width) refuse("ends within a character");
    char32_t unit = 0;
    for (std::size_t i = 0; i < encoding_.width; ++i) {
      const std::size_t from = encoding_.big ? i : encoding_.width - 1 - i;
      unit = unit << 8 | std::to_integer<char32_t>(bytes_[at_ + from]);
    }
    at_ += encoding_.width;
    return unit;
  }

  char32_t pair(char32_t high) {
    if (at_ == bytes_.size()) refuse("ends within a character");
    const char32_t low = next();
    if (low < 0xdc00 || low >= 0xe000) refuse("holds half a character");
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
  }
};

}  // namespace

bool is_plain(std::span<const std::byte> begin) {
  const std::string_view text = text_of(begin);
  return !is_gzip(begin) && encoding_of(text) == nullptr && !text.starts_with(utf8_mark) &&
         unmarked_encoding_of(text) == nullptr;
}

Bytes plain_bytes(Bytes bytes, const std::string& source, const Limits& limits) {
  if (is_safetensors(bytes.data)) return bytes;  // its length can look like any mark
  if (is_gzip(bytes.data)) bytes = gunzipped(bytes.data, source, limits);
  const std::string_view text = text_of(bytes.data);
  if (text.starts_with(utf8_mark)) {
    bytes.data = bytes.data.subspan(utf8_mark.size());
    if (begins_as_arrays(bytes.data)) {
      throw InputError(source, "begins with the mark of UTF-8 text, and goes on as no text",
                       "it was saved again as text, which damages numbers: take the file itself");
    }
    check_declaration(text_of(bytes.data), source);
    return bytes;
  }
  if (const Encoding* unmarked = unmarked_encoding_of(text)) {
    throw InputError(source, std::string("is ") + unmarked->name + " text without its mark",
                     "save it as UTF-8");
  }
  const Encoding* encoding = encoding_of(text);
  if (encoding == nullptr) return bytes;
  // 2 bytes are 3 at most
  require_memory(held_bytes(bytes) + bytes.data.size() / 2 * 3, limits, source);
  std::string converted = Units(bytes.data, *encoding, source).utf8();
  check_declaration(converted, source);
  return Bytes::from(std::move(converted));
}

void check_text_begin(std::span<const std::byte> begin, const std::string& source) {
  if (!is_plain(begin)) return;
  constexpr std::size_t longest_character = 4;  // the last one may be cut
  const std::string_view text = text_of(begin);
  const auto place = [&](std::size_t byte) { return source + ": byte " + std::to_string(byte); };
  if (const std::size_t nul = text.find('\0'); nul != text.npos) {
    throw InputError(place(nul), "is NUL, expected text");
  }
  const std::size_t wrong = invalid_utf8(text);
  if (wrong < text.size() - std::min(text.size(), longest_character)) {
    throw InputError(place(wrong), "is not UTF-8, expected text", "save it as UTF-8");
  }
}

}  // namespace attngraph

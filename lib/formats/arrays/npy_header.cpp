#include <cassert>
#include <charconv>
#include <optional>
#include <string_view>

#include "core/error.hpp"
#include "formats/arrays/npy.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t magic_size = 6;
constexpr std::size_t longest_header = 65536;
constexpr const char* resave_hint = "save it again with numpy.save";

/// Reads the one literal that NumPy writes, `{'descr': '<f4', 'fortran_order': False, 'shape':
/// (3, 4), }`. Nothing is evaluated.
class HeaderText {
 public:
  HeaderText(std::string_view text, const std::string& where) : text_(text), where_(where) {}

  void read_into(NpyHeader& header) {
    expect('{');
    while (!accept('}')) {
      read_entry(header);
      if (accept('}')) break;
      expect(',');
    }
    if (peek()) fail("only blanks behind the closing '}'");
    require(has_descr_, "descr");
    require(has_order_, "fortran_order");
    require(has_shape_, "shape");
  }

 private:
  std::string_view text_;
  const std::string& where_;
  std::size_t position_ = 0;
  bool has_descr_ = false;
  bool has_order_ = false;
  bool has_shape_ = false;

  [[noreturn]] void fail(const std::string& expected) {
    const auto next = peek();
    const std::string found = next ? in_quotes(std::string_view(&*next, 1)) : "the end";
    throw InputError(where_,
                     "found " + found + " at character " + std::to_string(position_ + 1) +
                         ", expected " + expected,
                     resave_hint);
  }

  void require(bool has, const char* key) {
    if (!has) throw InputError(where_, std::string("'") + key + "' is missing", resave_hint);
  }

  /// The next character that is not blank, which it moves to.
  std::optional<char> peek() {
    position_ = text_.find_first_not_of(" \t\r\n", position_);
    if (position_ == std::string_view::npos) position_ = text_.size();
    return position_ < text_.size() ? std::optional(text_[position_]) : std::nullopt;
  }

  bool accept(char wanted) {
    if (peek() != wanted) return false;
    ++position_;
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) fail(in_quotes(std::string_view(&wanted, 1)));
  }

  void read_entry(NpyHeader& header) {
    const std::string key = quoted_text("a key in quotes");
    bool& has = key == "descr"           ? has_descr_
                : key == "fortran_order" ? has_order_
                : key == "shape"         ? has_shape_
                                         : unknown(key);
    if (has) throw InputError(where_, "the key " + in_quotes(key) + " occurs twice", resave_hint);
    has = true;
    expect(':');
    if (key == "descr") {
      header.descr = descr();
    } else if (key == "shape") {
      header.shape = shape();
    } else {
      header.fortran_order = boolean();
    }
  }

  [[noreturn]] bool& unknown(const std::string& key) {
    throw InputError(
        where_,
        "has a key " + in_quotes(key) + ", expected only 'descr', 'fortran_order' and 'shape'",
        resave_hint);
  }

  std::string quoted_text(const char* expected) {
    const auto mark = peek();
    if (mark != '\'' && mark != '"') fail(expected);
    const std::size_t end = text_.find(*mark, position_ + 1);
    if (end == std::string_view::npos) fail("a closing quote");
    const auto content = text_.substr(position_ + 1, end - position_ - 1);
    if (content.find('\\') != std::string_view::npos) fail("text without backslashes");
    position_ = end + 1;
    return std::string(content);
  }

  std::string descr() {
    if (peek() == '[') return records();
    return quoted_text("a number type in quotes");
  }

  /// The fields of records, as they stand.
  std::string records() {
    const std::size_t begin = position_;
    std::size_t depth = 0;
    do {
      const auto next = peek();
      if (!next) fail("']'");
      if (*next == '\'' || *next == '"') {
        quoted_text("a text in quotes");
      } else {
        if (*next == '[') ++depth;
        if (*next == ']') --depth;
        ++position_;
      }
    } while (depth > 0);
    return std::string(text_.substr(begin, position_ - begin));
  }

  bool boolean() {
    peek();
    for (const std::string_view word : {"True", "False"}) {
      if (!text_.substr(position_).starts_with(word)) continue;
      position_ += word.size();
      return word == "True";
    }
    fail("True or False");
  }

  Shape shape() {
    Shape lengths;
    expect('(');
    while (!accept(')')) {
      lengths.push_back(length());
      if (lengths.size() > 1 && accept(')')) break;
      expect(',');
    }
    return lengths;
  }

  std::size_t length() {
    const auto first = peek();
    if (!first || *first < '0' || *first > '9') fail("a whole number");
    const char* begin = text_.data() + position_;
    std::size_t value = 0;
    const auto result = std::from_chars(begin, text_.data() + text_.size(), value);
    if (result.ec != std::errc()) fail("a number that fits into 64 bits");
    position_ = static_cast<std::size_t>(result.ptr - text_.data());
    if (*first == '0' && result.ptr != begin + 1) fail("a number without leading zeros");
    return value;
  }
};

}  // namespace

NpyHeader npy_header(std::span<const std::byte> bytes, const std::string& where) {
  const std::string place = where + ": header";
  if (bytes.empty()) throw InputError(where, "is empty, expected an NPY array");
  assert(text_of(bytes).starts_with(std::string_view("\x93NUMPY").substr(0, bytes.size())));
  const auto require = [&](std::size_t size) {
    if (bytes.size() >= size) return;
    throw InputError(place,
                     counted(bytes.size(), "byte") + ", expected at least " + std::to_string(size),
                     cut_off_hint);
  };
  require(magic_size + 2);
  NpyHeader header;
  header.version = std::to_integer<int>(bytes[magic_size]);
  const int minor = std::to_integer<int>(bytes[magic_size + 1]);
  if (header.version < 1 || header.version > 3 || minor != 0) {
    throw InputError(place,
                     "version " + std::to_string(header.version) + "." + std::to_string(minor) +
                         ", expected 1.0, 2.0 or 3.0",
                     resave_hint);
  }
  const std::size_t text_begin = magic_size + 2 + (header.version == 1 ? 2u : 4u);
  require(text_begin);
  const std::size_t length = header.version == 1 ? little_endian<std::uint16_t>(bytes, 8)
                                                 : little_endian<std::uint32_t>(bytes, 8);
  if (length > longest_header) {
    throw InputError(place, counted(length, "byte") + " long, expected at most 65536", resave_hint);
  }
  require(text_begin + length);
  HeaderText(text_of(bytes.subspan(text_begin, length)), place).read_into(header);
  header.data_offset = text_begin + length;
  return header;
}

}  // namespace attngraph

#include "formats/rules.hpp"

#include <algorithm>
#include <utility>

#include "core/checked.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_dimensions = 8;
constexpr std::size_t longest_quote = 60;

/// Length of the UTF-8 sequence that begins at `i`; 0 where none does (RFC 3629, section 4).
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
  };
  const auto tail = [&](std::size_t at) { return (byte(at) & 0xc0u) == 0x80u; };
  const unsigned lead = byte(i);
  const unsigned second = byte(i + 1);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return tail(i + 1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const bool overlong = lead == 0xe0 && second < 0xa0;
    const bool surrogate = lead == 0xed && second > 0x9f;
    return tail(i + 1) && tail(i + 2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const bool overlong = lead == 0xf0 && second < 0x90;
    const bool too_large = lead == 0xf4 && second > 0x8f;
    return tail(i + 1) && tail(i + 2) && tail(i + 3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string in_quotes(std::string_view text) {
  if (text.size() <= longest_quote) return "'" + std::string(text) + "'";
  std::size_t end = longest_quote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;
  return "'" + std::string(text.substr(0, end)) + "…'";
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::size_t invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

bool append_utf8(std::string& out, std::uint32_t code) {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto tail = [&](unsigned shift) { put(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    put(0xf0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
  return true;
}

std::size_t shape_bytes(const Shape& shape, Dtype dtype, const std::string& where) {
  if (shape.size() > most_dimensions) {
    throw InputError(where, std::to_string(shape.size()) + " dimensions, expected at most 8");
  }
  if (std::find(shape.begin(), shape.end(), 0u) != shape.end()) {
    throw InputError(where, "shape " + shape_text(shape) + " has a dimension of length 0",
                     "there are no numbers in it; save an array that has some");
  }
  const auto numbers = checked_product(shape);
  const auto bytes = numbers ? checked_multiply(*numbers, dtype_size(dtype)) : std::nullopt;
  if (!bytes || !std::in_range<std::ptrdiff_t>(*bytes)) {
    throw InputError(where, "shape " + shape_text(shape) + " is larger than any memory");
  }
  return *bytes;
}

void require_memory(std::size_t bytes, const Limits& limits, const std::string& where) {
  if (bytes <= limits.memory) return;
  throw LimitError(
      where,
      "needs " + counted(bytes, "byte") + " of memory, more than --max-memory " +
          std::to_string(limits.memory),
      "raise --max-memory, or save it as .npy or .safetensors, which are read in place");
}

void require_label(std::string_view label, const Limits& limits, const std::string& where) {
  if (label.size() > limits.label) {
    throw LimitError(where,
                     "a label of " + counted(label.size(), "byte") + ", longer than --max-label " +
                         std::to_string(limits.label),
                     "raise --max-label, or check that these are the tokens");
  }
  const std::size_t bad = invalid_utf8(label);
  if (bad != std::string_view::npos) {
    throw InputError(where, "byte " + std::to_string(bad + 1) + " of the label is not UTF-8",
                     "save the labels as UTF-8");
  }
}

std::string integer_note(Dtype dtype) {
  if (is_floating(dtype)) return {};
  return std::string(dtype_name(dtype)) + " values read as numbers";
}

}  // namespace attngraph

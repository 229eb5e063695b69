#include "formats/rules.hpp"

#include <algorithm>
#include <utility>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_dimensions = 8;
constexpr std::size_t widest_quote = 60;

}  // namespace

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string in_quotes(std::string_view text) { return "'" + truncated(text, widest_quote) + "'"; }

std::string in_quotes(std::span<const std::string> texts) {
  constexpr std::size_t most = 16;
  std::string list;
  for (const std::string& text : texts.first(std::min(most, texts.size()))) {
    list += (list.empty() ? "" : ", ") + in_quotes(text);
  }
  return texts.size() > most ? list + " and " + std::to_string(texts.size() - most) + " more"
                             : list;
}

std::size_t shape_bytes(const Shape& shape, Dtype dtype, const std::string& where) {
  if (shape.size() > most_dimensions) {
    throw InputError(where, std::to_string(shape.size()) + " dimensions, expected at most 8");
  }
  if (std::find(shape.begin(), shape.end(), 0u) != shape.end()) {
    throw InputError(where, "shape " + shape_text(shape) + " has a dimension of length 0",
                     "there are no numbers in it: fused attention (flash, SDPA) returns no "
                     "weights; ask for eager attention, or dump query and key");
  }
  const auto numbers = checked_product(shape);
  const auto bytes = numbers ? checked_multiply(*numbers, dtype_size(dtype)) : std::nullopt;
  if (!bytes || !std::in_range<std::ptrdiff_t>(*bytes)) {
    throw InputError(where, "shape " + shape_text(shape) + " is larger than any memory");
  }
  return *bytes;
}

void require_memory(std::size_t bytes, const Limits& limits, const std::string& where,
                    const char* hint) {
  if (bytes <= limits.memory) return;
  throw LimitError(where,
                   "needs " + counted(bytes, "byte") + " of memory, more than $max-memory " +
                       std::to_string(limits.memory),
                   hint);
}

std::size_t held_bytes(const Bytes& bytes) { return bytes.mapped > 0 ? 0 : bytes.data.size(); }

bool begins_half_pair(std::string_view bytes) {
  const auto in = [&](std::size_t i, int first, int last) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    return first <= byte && byte <= last;
  };
  return bytes.size() > 2 && in(0, 0xed, 0xed) && in(1, 0xa0, 0xbf) && in(2, 0x80, 0xbf);
}

void require_label(std::string_view label, const Limits& limits, const std::string& where) {
  if (label.size() > limits.label) {
    throw LimitError(where,
                     "a label of " + counted(label.size(), "byte") + ", longer than $max-label " +
                         std::to_string(limits.label),
                     "raise $max-label, or check that these are the tokens");
  }
  const std::size_t bad = invalid_utf8(label);
  if (bad == std::string_view::npos) return;
  const std::string place = "byte " + std::to_string(bad + 1) + " of the label is ";
  if (begins_half_pair(label.substr(bad))) {
    throw InputError(where, place + "half a surrogate pair, expected a character",
                     "mend it: text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')");
  }
  throw InputError(where, place + "not UTF-8", "save the labels as UTF-8");
}

std::string integer_note(Dtype dtype, const ReadOptions& options) {
  const auto& other = options.dtype;
  const bool bits = other && is_floating(*other) && dtype_size(*other) == dtype_size(dtype);
  if (is_floating(dtype) || bits) return {};
  return std::string(dtype_name(dtype)) + " values read as numbers";
}

}  // namespace attngraph

#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "core/limits.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "formats/read_options.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// What every cut-off file needs.
inline constexpr const char* cut_off_hint = "the file was cut off; copy or save it again";

/// What a model that computed fused attention needs.
inline constexpr const char* fused_hint =
    "fused attention returns no weights: ask the library for eager attention, or dump Q and K";

/// `bytes` as characters.
std::string_view text_of(std::span<const std::byte> bytes);

/// The little-endian number at `offset`, which the caller knows to lie inside.
template <typename UInt>
UInt little_endian(std::span<const std::byte> bytes, std::size_t offset) {
  UInt value = 0;
  for (std::size_t i = 0; i < sizeof(UInt); ++i) {
    value = static_cast<UInt>(
        value | static_cast<UInt>(std::to_integer<UInt>(bytes[offset + i]) << (8 * i)));
  }
  return value;
}

/// `text` in quotes, cut to a length that an error can show.
std::string in_quotes(std::string_view text);

/// The first of them in quotes, and how many more there are.
std::string in_quotes(std::span<const std::string> texts);

/// The number that is the whole text; nothing where it is not one, or does not fit.
template <typename Number>
std::optional<Number> parsed(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

/// Bytes of a tensor of this shape.
/// @throws InputError for more than 8 dimensions, one of length 0, or a size beyond all memory
std::size_t shape_bytes(const Shape& shape, Dtype dtype, const std::string& where);

/// What makes arrays take less memory.
inline constexpr const char* less_memory_hint =
    "raise $max-memory, or save it as .npy or .safetensors, which are read in place";

/// @throws LimitError where `bytes` exceed `limits.memory`
void require_memory(std::size_t bytes, const Limits& limits, const std::string& where,
                    const char* hint = less_memory_hint);

/// What bytes take of memory: those of a mapped file nothing.
std::size_t held_bytes(const Bytes& bytes);

/// Whether bytes that are not UTF-8 begin as Python writes one half of a surrogate pair.
bool begins_half_pair(std::string_view bytes);

/// @throws InputError for a label that is not UTF-8, LimitError for one beyond `limits.label`
void require_label(std::string_view label, const Limits& limits, const std::string& where);

/// What to say of numbers that are not floating-point; empty for those that are, and for those that
/// will be read as such.
std::string integer_note(Dtype dtype, const ReadOptions& options);

}  // namespace attngraph

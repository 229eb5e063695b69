#include "writers/page/page_parts.hpp"

#include <libdeflate.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <new>

namespace attngraph {
namespace {

void append_word(std::string& out, std::uint32_t word) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(word >> shift & 0xff);
}

void append_gap(std::string& out, std::uint32_t gap) {
  while (gap >= 0x80) {
    out += static_cast<char>((gap & 0x7f) | 0x80);
    gap >>= 7;
  }
  out += static_cast<char>(gap);
}

}  // namespace

std::string numbers_part(std::span<const float> numbers) {
  std::string part;
  part.reserve(4 * numbers.size());
  for (const float number : numbers) append_word(part, std::bit_cast<std::uint32_t>(number));
  return part;
}

std::string head_part(const PageHead& head, const WeightCodes& codes) {
  std::string part, high, gaps;
  part.reserve(8 * head.counts.size() + 3 * head.keys.size());
  for (const std::uint32_t count : head.counts) append_word(part, count);
  part += numbers_part(head.omitted);
  for (const float weight : head.weights) {
    const std::uint16_t code = codes.code(weight);
    part += static_cast<char>(code & 0xff);
    high += static_cast<char>(code >> 8);
  }
  std::size_t entry = 0;
  for (const std::uint32_t count : head.counts) {
    std::uint32_t next = 0;
    for (std::uint32_t i = 0; i < count; ++i, ++entry) {
      append_gap(gaps, head.keys[entry] - next);
      next = head.keys[entry] + 1;
    }
  }
  return part + high + gaps;
}

std::string packed(std::string_view part) {
  constexpr int level = 6;
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  std::string bytes(libdeflate_zlib_compress_bound(compressor.get(), part.size()), '\0');
  bytes.resize(libdeflate_zlib_compress(compressor.get(), part.data(), part.size(), bytes.data(),
                                        bytes.size()));
  return base64(bytes);
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool there = i + k <= bytes.size();
      text += there ? letters[three >> (18 - 6 * k) & 0x3f] : '=';
    }
  }
  return text;
}

}  // namespace attngraph

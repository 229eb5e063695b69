#pragma once

#include <array>
#include <cstdint>

namespace attngraph {

inline constexpr long glyph_columns = 5;
inline constexpr long glyph_rows = 9;
/// From one character to the next.
inline constexpr long glyph_advance = 6;
/// Rows above the middle of a line.
inline constexpr long glyph_middle = 4;

/// A row is a number whose lowest five bits are its dots, the highest on the left; seven rows stand
/// on the baseline, two below it.
using Glyph = std::array<std::uint8_t, glyph_rows>;

/// The dots of a character: printable ASCII and the marks that tokenizers put in words; a box for
/// everything else.
const Glyph& glyph_of(char32_t character);

}  // namespace attngraph

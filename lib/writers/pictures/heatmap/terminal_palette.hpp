#pragma once

#include <array>
#include <string>

#include "writers/pictures/canvas/color_map.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// A colour map as a terminal shows it: each colour as an escape sequence.
class TerminalPalette {
 public:
  TerminalPalette(const ColorMap& map, Color depth);

  /// Behind the characters that follow. @param share 0 … 1
  std::string ground(double share) const { return escape(48, share); }
  /// Of the characters that follow.
  std::string ink(double share) const { return escape(38, share); }
  /// Of characters that stand out from ground(share).
  std::string contrasting_ink(double share) const;

 private:
  static constexpr std::size_t steps = 64;

  const ColorMap& map_;
  Color depth_;
  /// Of a terminal's 256 colours: one for each step, as even in lightness as they allow.
  std::array<int, steps> indices_{};

  std::string escape(int what, double share) const;
};

}  // namespace attngraph

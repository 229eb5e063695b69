#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace attngraph {

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  bool operator==(const Rgb&) const = default;
};

/// `#1f4e79`
std::string hex_text(Rgb color);

/// Black or white, whichever stands out from `background`.
Rgb contrast_color(Rgb background);

/// Colours for shares from 0 to 1, by straight lines between evenly spaced anchors. `viridis`
/// and `cividis` grow evenly in lightness for every kind of colour vision (Nuñez, Anderton and
/// Renslow 2018); `gray` runs from white to black, as ink on paper.
class ColorMap {
 public:
  /// @throws ArgumentError for another name
  explicit ColorMap(const std::string& name);

  /// Shares outside are taken for the nearest end.
  Rgb operator()(double share) const;

 private:
  std::span<const std::uint32_t> anchors_;
};

}  // namespace attngraph

// A further kind of picture is a struct in report/answer/picture.hpp, a room here that draws it,
// and a line below.

#include "writers/pictures/picture_svg.hpp"

#include <variant>

#include "report/answer/picture.hpp"
#include "writers/pictures/barcode/barcode_drawing.hpp"
#include "writers/pictures/bars/bars_drawing.hpp"
#include "writers/pictures/curves/curves_drawing.hpp"
#include "writers/pictures/heatmap/heatmap_drawing.hpp"

namespace attngraph {
namespace {

struct Draw {
  const Picture& picture;
  const PictureSettings& settings;

  std::string operator()(const HeatMap& map) const { return heatmap_svg(picture, map, settings); }
  std::string operator()(const Bars& bars) const { return bars_svg(picture, bars, settings); }
  std::string operator()(const Curves& curves) const {
    return curves_svg(picture, curves, settings);
  }
  std::string operator()(const Barcode& barcode) const {
    return barcode_svg(picture, barcode, settings);
  }
};

}  // namespace

std::string picture_svg(const Picture& picture, const PictureSettings& settings) {
  return std::visit(Draw{picture, settings}, picture.content);
}

}  // namespace attngraph

#pragma once

#include <string>
#include <vector>

#include "writers/pictures/canvas/header.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"
#include "writers/pictures/graph/legend.hpp"

namespace attngraph {

struct Drawing;
struct Scene;

/// What stands around a scene: title and remarks above, the legend below.
class Frame {
 public:
  /// @param scene must live as long as this
  /// @param source the name of a file; may be empty
  Frame(const Drawing& graph, const Scene& scene, const std::string& source);

  double width() const { return width_; }
  double height() const;
  /// Where the scene begins.
  double left() const;
  double top() const;
  /// Of the whole, with its source.
  const std::string& title() const { return title_; }

  void draw(SvgCanvas& canvas) const;

 private:
  const Scene& scene_;
  Header header_;
  std::string title_;
  std::vector<LegendEntry> legend_;
  double legend_height_ = 0;
  double width_ = 0;
};

}  // namespace attngraph

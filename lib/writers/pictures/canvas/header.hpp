#pragma once

#include <string>
#include <vector>

namespace attngraph {

class SvgCanvas;

/// What stands above a picture: a title, and below it, smaller, what else there is to say.
struct Header {
  /// For who cannot see the picture, on one line.
  std::string title;
  std::vector<std::string> title_lines;
  std::vector<std::string> lines;

  /// What it takes from the top edge, with room below.
  double height() const;
  void draw(SvgCanvas& canvas) const;
};

/// As many of the details on a line as `width` holds; a single longer one is broken between words,
/// and so is the title.
/// @param details empty ones are left out
Header header_of(const std::string& title, const std::vector<std::string>& details, double width);

/// What a fixed-width text of this font height takes.
double text_length(const std::string& text, double size);

}  // namespace attngraph

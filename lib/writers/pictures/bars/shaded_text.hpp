#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

class SvgCanvas;

/// Tokens in reading order, broken into lines as wide as there is room, each on a ground that is
/// the darker the larger its value.
class ShadedText {
 public:
  /// @param labels must live as long as this
  ShadedText(const std::vector<std::string>& labels, double width);

  double height() const;
  /// @param largest the value of the darkest ground
  /// @param name of a value, for what is shown where the pointer rests
  void draw(const std::vector<double>& values, double largest, const std::string& name, double x,
            double y, SvgCanvas& canvas) const;

 private:
  struct Box {
    double x;
    double y;
    double width;
    std::string text;
  };
  const std::vector<std::string>& labels_;
  std::vector<Box> boxes_;
};

}  // namespace attngraph

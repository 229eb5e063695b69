#include "report/drawn/ratio_picture.hpp"

#include <variant>

namespace attngraph {

void RatioPicture::picture(const Picture& picture) {
  Picture ratio = picture;
  ratio.title += ", " + what_;
  if (auto* map = std::get_if<HeatMap>(&ratio.content)) map->value_name += sign_;
  if (auto* bars = std::get_if<Bars>(&ratio.content)) {
    for (BarGroup& group : bars->groups) group.value_name += sign_;
  }
  to_.picture(ratio);
}

}  // namespace attngraph

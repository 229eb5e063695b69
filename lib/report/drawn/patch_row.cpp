#include "report/drawn/patch_row.hpp"

#include <utility>

#include "report/answer/sink.hpp"

namespace attngraph {

PatchRow::PatchRow(std::size_t tokens, const std::vector<std::string>& labels,
                   const PatchPicture& request, Sink& sink)
    : grid_(patch_grid(tokens, labels, request.grid)), image_(request.image) {
  sink.note(grid_text(grid_));
}

void PatchRow::frame(HeatMap& map) const {
  map.rows = grid_.height;
  map.columns = grid_.width;
  map.row_axis = "Patch row";
  map.column_axis = "Patch column";
  map.row_labels.clear();
  map.column_labels.clear();
  map.image = image_;
}

Panel PatchRow::panel(std::string title, std::span<const double> row) const {
  Panel panel{std::move(title), {}};
  for (const double value : row.subspan(grid_.prefix, grid_.height * grid_.width)) {
    panel.values.push_back(static_cast<float>(value));
  }
  return panel;
}

Picture PatchRow::picture(std::string title, std::string value_name,
                          std::vector<Panel> panels) const {
  HeatMap map;
  frame(map);
  map.value_name = std::move(value_name);
  map.panels_per_row = panels.size();
  map.panels = std::move(panels);
  fit_range(map);
  Picture picture;
  picture.title = std::move(title);
  picture.content = std::move(map);
  return picture;
}

}  // namespace attngraph

#include "report/parts/patch_row.hpp"

#include <utility>

#include "report/answer/sink.hpp"

namespace attngraph {

PatchRow::PatchRow(std::size_t tokens, const std::vector<std::string>& labels,
                   const PatchGridRequest& request, Sink& sink)
    : grid_(patch_grid(tokens, labels, request)) {
  sink.note(grid_text(grid_));
}

void PatchRow::frame(Picture& picture) const {
  picture.rows = grid_.height;
  picture.columns = grid_.width;
  picture.row_axis = "Patch row";
  picture.column_axis = "Patch column";
  picture.row_labels.clear();
  picture.column_labels.clear();
}

Panel PatchRow::panel(std::string title, std::span<const double> row) const {
  Panel panel{std::move(title), {}};
  for (const double value : row.subspan(grid_.prefix, grid_.height * grid_.width)) {
    panel.values.push_back(static_cast<float>(value));
  }
  return panel;
}

Picture PatchRow::picture(std::string title, std::vector<Panel> panels) const {
  Picture picture;
  frame(picture);
  picture.title = std::move(title);
  picture.panels_per_row = panels.size();
  picture.panels = std::move(panels);
  fit_range(picture);
  return picture;
}

}  // namespace attngraph

#include "writers/rows/chart_writer.hpp"

#include <string>
#include <variant>

#include "core/text/text.hpp"
#include "writers/pictures/picture_text.hpp"

namespace attngraph {

void ChartWriter::begin_input(const std::string& name) {
  finish_bars();
  Writer::begin_input(name);
  input_ = name;
}

/// What is asked: the command with its flags, such as one that makes ratios of the numbers.
std::string ChartWriter::title() const {
  std::string title = settings_.command;
  for (const auto& [name, value] : settings_.parameters) {
    const bool* const flag = std::get_if<bool>(&value);
    if (flag && *flag) title += settings_.wording(" $" + name);
  }
  return title;
}

void ChartWriter::begin_rows(const Schema& schema) {
  finish_bars();
  bars_.emplace(*this, title());
  bars_->begin_rows(schema);
}

void ChartWriter::begin_matrices(const MatrixSeries& series) {
  finish_bars();
  bars_.emplace(*this, title());
  bars_->begin_matrices(series);
}

void ChartWriter::picture(const Picture& picture) {
  if (has_pictures_) buffer_.text() += "\n";
  has_pictures_ = true;
  if (settings_.file_column) buffer_.text() += visible_text(input_) + "\n";
  buffer_.text() += picture_text(picture, settings_, messages());
  buffer_.flush_if_full();
}

void ChartWriter::finish_bars() {
  if (bars_) bars_->finish();
  bars_.reset();
}

void ChartWriter::finish() {
  finish_bars();
  buffer_.flush();
}

}  // namespace attngraph

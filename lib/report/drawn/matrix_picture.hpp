#pragma once

#include <string>

#include "report/answer/passing_sink.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

/// Makes a heat map of matrices, a panel for each, and hands it on as a picture.
class MatrixPicture : public PassingSink {
 public:
  MatrixPicture(Sink& to, std::string title) : PassingSink(to), title_(std::move(title)) {}

  Form form() const override { return Form::matrices; }
  void begin_matrices(const MatrixSeries& series) override;
  /// A whole matrix, or the next rows of one.
  /// @throws LimitError where cells become too many for one picture
  void matrix(const MatrixPlace& place, MatrixView values) override;
  /// The answer is over: hands the picture on.
  void finish();

 private:
  std::string title_;
  MatrixSeries series_;
  HeatMap map_;
};

}  // namespace attngraph

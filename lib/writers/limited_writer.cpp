#include "writers/limited_writer.hpp"

#include "core/error.hpp"

namespace attngraph {

void LimitedWriter::refuse(const std::string& what, const std::string& hint) const {
  throw ArgumentError(
      "$format", std::string(format_name(format_)) + " cannot hold this answer: " + what, hint);
}

void LimitedWriter::begin_rows(const Schema&) {
  refuse("it is rows of named columns", "write csv, json or a table");
}
void LimitedWriter::rows(const Chunk&) { refuse("it is rows", ""); }

void LimitedWriter::begin_matrices(const MatrixSeries&) {
  refuse("it is a matrix", "write npy, npz, csv or json");
}
void LimitedWriter::matrix(const MatrixPlace&, MatrixView) { refuse("it is a matrix", ""); }

void LimitedWriter::graph(const DrawnGraph&) {
  refuse("it is a graph", "write dot, graphml, svg or csv");
}

void LimitedWriter::picture(const Picture&) {
  refuse("it is a picture", "write svg or png, or leave $format out to see it in the terminal");
}

void LimitedWriter::count_one(const std::string& what) {
  const std::string format(format_name(format_));
  if (holds_one_) {
    throw ArgumentError(
        "$out", "one " + format + " file holds one " + what + ", this answer has several",
        "choose one, or write each to its own file: $out 'out-{stem}." + format +
            "' for inputs, $out 'out-{layer}-{head}." + format + "' for graphs and pictures");
  }
  holds_one_ = true;
}

}  // namespace attngraph

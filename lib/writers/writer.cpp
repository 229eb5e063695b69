#include "writers/writer.hpp"

#include "core/error.hpp"
#include "writers/formats.hpp"

namespace attngraph {

Form Writer::form() const { return format_.forms.front(); }

void Writer::refuse(const std::string& what, Form form) const {
  throw ArgumentError("$format",
                      std::string(format_.name) + " cannot hold this answer: it is " + what,
                      "write " + names_of(formats_of({form})));
}

void Writer::begin_rows(const Schema&) { refuse("rows of named columns", Form::rows); }
void Writer::rows(const Chunk&) { refuse("rows of named columns", Form::rows); }
void Writer::begin_matrices(const MatrixSeries&) { refuse("a matrix", Form::matrices); }
void Writer::matrix(const MatrixPlace&, MatrixView) { refuse("a matrix", Form::matrices); }
void Writer::graph(const Drawing&) { refuse("a graph", Form::drawing); }
void Writer::picture(const Picture&) { refuse("a picture", Form::picture); }
void Writer::page(const Page&) { refuse("a page", Form::page); }

void Writer::count_one(const std::string& what) {
  const std::string name(format_.name);
  if (holds_one_) {
    throw ArgumentError(
        "$out", "one " + name + " file holds one " + what + ", this answer has several",
        "choose one, or write each to its own file: $out 'out-{stem}." + name +
            "' for inputs, $out 'out-{layer}-{head}." + name + "' for graphs and pictures");
  }
  holds_one_ = true;
}

}  // namespace attngraph

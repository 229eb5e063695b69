#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace attngraph {

/// The type of all values of a column. `real32` prints as the shortest float32, `real` as the
/// shortest float64.
enum class ColumnType { integer, real, real32, text };

/// Real numbers, as exact as what they come from.
constexpr ColumnType real_type(bool single_precision) {
  return single_precision ? ColumnType::real32 : ColumnType::real;
}

/// The type of a label that is an index, or has a name in place of one.
constexpr ColumnType label_type(bool named) {
  return named ? ColumnType::text : ColumnType::integer;
}

/// Whether an input can fill a column that others fill, such as one about tokens. One that it
/// cannot fill is left out, or stays empty where the answers to several inputs make one.
enum class Known : bool { no, yes };

/// A word that may stand in a column, and what it says.
struct WordMeaning {
  std::string_view word, meaning;
};

/// A column of an answer, or a number about the whole of it.
struct Column {
  std::string name;
  ColumnType type = ColumnType::real;
  Known known = Known::yes;
  /// One sentence: what a value says. Shown by help, by `explain` and in JSON. Like the texts below
  /// it lives as long as the program.
  std::string_view about = {};
  /// A table that has no room leaves out the columns of the highest rank first; 0 always stays.
  int rank = 1;
  /// The index column that this one names the tokens of; a table shows it right behind that.
  std::string label_of = {};
  /// How a value is found, where the sentence does not say it, and whose measure it is.
  std::string_view formula = {};
  std::string_view paper = {};
  /// What may stand in a column of words, where that needs to be explained.
  std::span<const WordMeaning> words = {};

  /// The same with another type, or where an input may not fill it.
  Column of_type(ColumnType other) const;
  Column where(Known filled) const;
};

using Schema = std::vector<Column>;

/// What stands for the values of a column that is not known.
struct Unknown {
  std::size_t rows = 0;
  std::size_t size() const { return rows; }
  bool operator==(const Unknown&) const = default;
};

/// The values of one column; the alternative matches the ColumnType in the schema.
using Values = std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<float>,
                            std::vector<std::string>, Unknown>;

/// Some rows of the answer, by columns of equal length.
using Chunk = std::vector<Values>;

/// Rows in a chunk.
std::size_t row_count(const Chunk& chunk);

/// What a series of matrices is and how its entries are called in rows of text.
struct MatrixSeries {
  /// Shape of the whole series in an array file: [layers, heads, queries, keys] without the axes
  /// that the series does not have.
  std::vector<std::size_t> shape;
  /// The leading columns, one for each place of MatrixPlace: `layer`, `head`; `batch`.
  Schema place_columns;
  /// The row index, the column index and the value, whose type is that of the series.
  Column row_column, column_column, value_column;
  /// The labels of its rows and of its columns, and the columns that hold them: those without a
  /// name are left out, `label` stands behind the column index, others stand at the end.
  Column row_label, column_label;
  std::vector<std::string> row_labels, column_labels;
  /// Print and store values as float32.
  bool single_precision = false;
  /// Rows of text leave out entries that are exactly zero.
  bool skip_zeros = false;
};

/// Where a matrix stands in its series: the values of the place columns.
using MatrixPlace = std::vector<std::variant<std::int64_t, std::string>>;

/// A row-major matrix that somebody else owns, or some of its rows; just one of the pointers is
/// set.
struct MatrixView {
  std::size_t rows = 0;
  std::size_t columns = 0;
  const double* doubles = nullptr;
  const float* floats = nullptr;
  /// Where the rows stand in the matrix.
  std::size_t first_row = 0;

  double operator[](std::size_t i) const { return doubles ? doubles[i] : floats[i]; }
};

struct Drawing;
struct Page;
struct Picture;

/// What an answer is made of when it leaves: rows; arrays of numbers; a graph, as a drawing that
/// leaves edges out so that one can look at it, or whole for another program; a picture; a page to
/// click through.
enum class Form { rows, matrices, drawing, whole_graph, picture, page };

/// Whether a person looks at it: a format such as SVG holds drawings and pictures, and a report has
/// one of them.
constexpr bool is_seen(Form form) { return form == Form::drawing || form == Form::picture; }

/// Where a report puts its answer: rows in chunks, or matrices, head by head, so that an answer
/// needs the memory of one head. Also what is said beside the answer: notes and progress.
/// A report uses begin_rows and rows, or begin_matrices and matrix, or graph, or picture, or page.
class Sink {
 public:
  virtual ~Sink() = default;

  /// The form that it takes, for a report that has several.
  virtual Form form() const { return Form::rows; }

  virtual void begin_rows(const Schema& schema) = 0;
  virtual void rows(const Chunk& chunk) = 0;
  /// A number about the whole answer; shown under a table and in JSON, not in CSV.
  virtual void summary(const Column& number, double value) = 0;

  virtual void begin_matrices(const MatrixSeries& series) = 0;
  /// A matrix of the series, or the next rows of it: a large one may come in bands.
  virtual void matrix(const MatrixPlace& place, MatrixView values) = 0;

  virtual void graph(const Drawing& graph) = 0;
  virtual void picture(const Picture& picture) = 0;
  virtual void page(const Page&) {}

  /// Something the reader should know: what was assumed, what was left out.
  virtual void note(const std::string& text) = 0;
  /// A parameter that was chosen for the user, for the JSON `parameters`.
  virtual void parameter(const std::string& name, const std::string& value) = 0;
  /// Tells how far long work is; throws Interrupted where the user asked to stop.
  virtual void progress(std::size_t done, std::size_t total) = 0;
};

}  // namespace attngraph

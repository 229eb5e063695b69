#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/text/wording.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

struct Format;

/// Colours that the terminal shows.
enum class Color { none, palette256, truecolor };

/// Columns of a label in tables and pictures; longer ones are cut.
inline constexpr std::size_t label_limit = 40;

/// Who hears what is said beside a result.
class Messages {
 public:
  virtual ~Messages() = default;

  virtual void note(const std::string& text) = 0;
  /// May throw Interrupted.
  virtual void progress(std::size_t done, std::size_t total) = 0;
};

/// Nothing where a parameter has no value.
using ParameterValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct WriterSettings {
  /// For JSON: the program's version, the command, its inputs and its parameters in order.
  std::string version;
  std::string command;
  std::vector<std::string> inputs;
  std::vector<std::pair<std::string, ParameterValue>> parameters;
  /// Rows that a table shows; nothing for all.
  std::optional<std::size_t> table_rows;
  /// Significant digits of the numbers in a table; nothing for all that they have.
  std::optional<int> digits = 4;
  /// The user chose them: columns are left out before digits are.
  bool digits_stay = false;
  /// The column by which rows are sorted, which a table never leaves out; empty for none.
  std::string sorted_by;
  /// Columns of the terminal that a table may take; nothing for as many as it wants.
  std::optional<std::size_t> table_width;
  /// Columns of the terminal that a label in a table may take at most.
  std::size_t table_label = label_limit;
  /// A first column `file` with the input that begin_input named; columns that an input cannot fill
  /// are there all the same, and empty.
  bool file_column = false;
  Color color = Color::none;
  /// CSV and TSV: text that a spreadsheet would take for a formula gets a `'` in front.
  bool spreadsheet_safe = false;
  /// Columns of the terminal, for pictures of characters.
  std::size_t width = 80;
  /// CSS pixels that a drawing or picture is wide; 0: as wide as suits it.
  std::size_t picture_width = 0;
  /// Drawings over 1 GiB are written, too (`force`).
  bool large_drawings = false;
  /// For what a table says about itself.
  Wording wording = as_it_stands;
};

/// An input that was not answered, for the answer to the others.
struct FailedInput {
  std::string name;
  int status = 0;
  std::string message;
  std::string hint;
};

/// A Sink that writes one format, and hands notes and progress on. Refuses every kind of answer but
/// those that its format holds, which a writer overrides. Several inputs may go through it one
/// after the other, where the format joins.
class Writer : public Sink {
 public:
  Writer(const Format& format, Messages& messages) : format_(format), messages_(messages) {}

  Form form() const override;

  /// What comes now is the answer for this input.
  virtual void begin_input(const std::string&) {}
  /// An input that has no answer, for formats that have a place to say so.
  virtual void failed(const FailedInput&) {}
  /// Writes what is left; the Output is still to be finished.
  /// @throws IoError, ArgumentError where the format cannot hold the answer
  virtual void finish() = 0;

  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void summary(const Column&, double) override {}
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  void graph(const Drawing& graph) override;
  void picture(const Picture& picture) override;
  void page(const Page& page) override;
  void note(const std::string& text) override { messages_.note(text); }
  void parameter(const std::string&, const std::string&) override {}
  void progress(std::size_t done, std::size_t total) override { messages_.progress(done, total); }

 protected:
  Messages& messages() { return messages_; }
  /// Refuses a second graph, picture or array where the file holds one.
  void count_one(const std::string& what);

 private:
  const Format& format_;
  Messages& messages_;
  bool holds_one_ = false;

  [[noreturn]] void refuse(const std::string& what, Form form) const;
};

}  // namespace attngraph

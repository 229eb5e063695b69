#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/wording.hpp"
#include "report/answer/sink.hpp"
#include "writers/format.hpp"

namespace attngraph {

class Output;

/// Colours that the terminal shows.
enum class Color { none, palette256, truecolor };

/// Who hears what is said beside a result.
class Messages {
 public:
  virtual ~Messages() = default;

  virtual void note(const std::string& text) = 0;
  /// May throw Interrupted.
  virtual void progress(std::size_t done, std::size_t total) = 0;
};

using ParameterValue = std::variant<bool, std::int64_t, double, std::string>;

struct WriterSettings {
  /// For JSON: the command, its inputs and its parameters in order.
  std::string command;
  std::vector<std::string> inputs;
  std::vector<std::pair<std::string, ParameterValue>> parameters;
  /// Rows that a table shows; nothing for all.
  std::optional<std::size_t> table_rows = 50;
  /// A first column `file` with the input that begin_input named.
  bool file_column = false;
  /// The first line of CSV and TSV names the columns.
  bool header_line = true;
  Color color = Color::none;
  /// CSV and TSV: text that a spreadsheet would take for a formula gets a `'` in front.
  bool spreadsheet_safe = false;
  /// Columns of the terminal, for pictures of characters.
  std::size_t width = 80;
  /// Drawings over 1 GiB are written, too (`force`).
  bool large_drawings = false;
  /// Columns of a label in tables and pictures; longer ones are cut.
  std::size_t label_width = 40;
  /// For what a table says about itself.
  Wording wording = as_it_stands;
};

/// A Sink that writes one format. Several inputs may go through it one after the other, where the
/// format holds several.
class Writer : public Sink {
 public:
  /// What comes now is the answer for this input.
  virtual void begin_input(const std::string& name) = 0;
  /// Writes what is left; the Output is still to be finished.
  /// @throws IoError, ArgumentError where the format cannot hold the answer
  virtual void finish() = 0;
};

/// The writer of `format` into `output`. All three references must outlive it.
/// @throws ArgumentError where the format has no writer
std::unique_ptr<Writer> make_sink(Format format, Output& output, const WriterSettings& settings,
                                  Messages& messages);

}  // namespace attngraph

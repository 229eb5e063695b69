#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// The records of a CSV text (RFC 4180) with any separator, one after the other. Lines may end in
/// LF, CR or both, and the last one need not end. Blanks around a field are no part of it, unless
/// they stand in quotes.
class CsvRecords {
 public:
  CsvRecords(std::string_view text, char separator, const std::string& where)
      : rest_(text), separator_(separator), where_(where) {}

  /// The next record; false where there is none.
  /// @throws InputError for a quote that does not belong where it is, or is never closed, and for
  ///   more fields than any table has
  bool next();

  /// Whether the current record is a blank line with nothing but such behind it.
  bool at_end() const;

  /// Blanks around fields of this column are part of them from here on. Where tabs separate, so are
  /// quotes, and `\t`, `\n`, `\r` and `\\` stand for what they name, as attngraph writes labels.
  void take_exact(std::size_t column);

  /// The fields of the current record, valid until the next one.
  const std::vector<std::string_view>& fields() const { return fields_; }
  /// `a.csv: line 3`, the first line of the current record.
  std::string place() const { return where_ + ": line " + std::to_string(line_); }

 private:
  std::string_view rest_;
  char separator_;
  const std::string& where_;
  std::size_t line_ = 0;
  std::size_t lines_before_ = 0;
  std::vector<std::string_view> fields_;
  std::vector<bool> exact_;
  /// A field of the current record stood in quotes: an empty text is no blank line.
  bool quoted_ = false;
  /// Fields that are not as they stand in the text; fields_ views them, so they must not move.
  std::deque<std::string> changed_;

  std::string_view field();
  std::string_view plain_field();
  std::string_view quoted_field();
  std::string_view escaped_field();
  bool at_line_end() const;
  void skip_blanks();
  bool end_of_record();
};

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// The records of a CSV text (RFC 4180), one after the other. Lines may end in LF alone, and the
/// last one need not end.
class CsvRecords {
 public:
  CsvRecords(std::string_view text, const std::string& where) : rest_(text), where_(where) {}

  /// The next record; false where there is none.
  /// @throws InputError for a quote that does not belong where it is, or is never closed
  bool next();

  /// The fields of the current record, valid until the next one.
  const std::vector<std::string_view>& fields() const { return fields_; }
  /// The first line of the current record, from 1 on.
  std::size_t line() const { return line_; }
  /// `a.csv: line 3`, the first line of the current record.
  std::string place() const { return where_ + ": line " + std::to_string(line_); }

 private:
  std::string_view rest_;
  const std::string& where_;
  std::size_t line_ = 0;
  std::size_t lines_before_ = 0;
  std::vector<std::string_view> fields_;
  /// Quoted fields that had doubled quotes, without the doubling; fields_ views them, so they must
  /// not move.
  std::deque<std::string> unescaped_;

  std::string_view plain_field();
  std::string_view quoted_field();
  bool end_of_record();
};

}  // namespace attngraph

#include "formats/graphs/csv_records.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace attngraph {

bool CsvRecords::next() {
  fields_.clear();
  unescaped_.clear();
  if (rest_.empty()) return false;
  line_ = ++lines_before_;
  do {
    fields_.push_back(rest_.starts_with('"') ? quoted_field() : plain_field());
  } while (!end_of_record());
  return true;
}

/// Moves behind the comma, or behind the end of the record and says so.
bool CsvRecords::end_of_record() {
  if (rest_.empty()) return true;
  const bool ends = rest_.front() != ',';
  rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
  return ends;
}

std::string_view CsvRecords::plain_field() {
  const std::size_t end = std::min(rest_.find_first_of(",\n\""), rest_.size());
  if (end < rest_.size() && rest_[end] == '"') {
    throw InputError(place(), "a quote inside a field that does not begin with one",
                     "put the whole field into quotes and double the quotes inside");
  }
  const bool before_line_end = end > 0 && end < rest_.size() && rest_[end] == '\n';
  const std::size_t size = before_line_end && rest_[end - 1] == '\r' ? end - 1 : end;
  const std::string_view field = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return field;
}

std::string_view CsvRecords::quoted_field() {
  std::string_view raw = rest_.substr(1);
  std::size_t end = raw.find('"');
  bool has_doubled = false;
  while (end != raw.npos && raw.substr(end + 1).starts_with('"')) {
    has_doubled = true;
    end = raw.find('"', end + 2);
  }
  if (end == raw.npos) throw InputError(place(), "a quoted field that never ends");
  rest_ = raw.substr(end + 1);
  raw = raw.substr(0, end);
  lines_before_ += static_cast<std::size_t>(std::count(raw.begin(), raw.end(), '\n'));
  if (!rest_.empty() && !rest_.starts_with(',') && !rest_.starts_with('\n') &&
      !rest_.starts_with("\r\n")) {
    throw InputError(place(), "text behind the closing quote of a field");
  }
  if (!has_doubled) return raw;
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if (raw[i] == '"') ++i;
  }
  return unescaped_.emplace_back(std::move(text));
}

}  // namespace attngraph

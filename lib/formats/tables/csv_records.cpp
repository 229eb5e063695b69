#include "formats/tables/csv_records.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// No table that is read has so many columns.
constexpr std::size_t most_fields = 65536;

std::size_t line_ends(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\n' && i > 0 && text[i - 1] == '\r';
    count += (text[i] == '\n' || text[i] == '\r') && !pair;
  }
  return count;
}

}  // namespace

bool CsvRecords::next() {
  fields_.clear();
  changed_.clear();
  quoted_ = false;
  if (rest_.empty()) return false;
  line_ = ++lines_before_;
  do {
    if (fields_.size() == most_fields) {
      throw InputError(place(), "more than " + std::to_string(most_fields) + " fields",
                       "is it a table with one line for each edge or label?");
    }
    fields_.push_back(field());
  } while (!end_of_record());
  return true;
}

bool CsvRecords::at_end() const {
  return fields_.size() == 1 && fields_.front().empty() && !quoted_ &&
         rest_.find_first_not_of(" \t\r\n") == rest_.npos;
}

void CsvRecords::take_exact(std::size_t column) {
  exact_.resize(std::max(exact_.size(), column + 1));
  exact_[column] = true;
}

bool CsvRecords::at_line_end() const {
  return rest_.empty() || rest_.front() == '\n' || rest_.front() == '\r';
}

void CsvRecords::skip_blanks() {
  while (!rest_.empty() && rest_.front() != separator_ &&
         (rest_.front() == ' ' || rest_.front() == '\t')) {
    rest_.remove_prefix(1);
  }
}

/// Moves behind the separator, or behind the end of the record and says so.
bool CsvRecords::end_of_record() {
  if (rest_.empty()) return true;
  const bool ends = at_line_end();
  rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
  return ends;
}

std::string_view CsvRecords::field() {
  const bool exact = fields_.size() < exact_.size() && exact_[fields_.size()];
  if (exact && separator_ == '\t') return escaped_field();
  if (!exact) skip_blanks();
  if (rest_.starts_with('"')) return quoted_field();
  const std::string_view text = plain_field();
  return exact ? text : text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view CsvRecords::plain_field() {
  const char ends[] = {separator_, '\n', '\r', '"', '\0'};
  const std::size_t end = std::min(rest_.find_first_of(ends), rest_.size());
  if (end < rest_.size() && rest_[end] == '"') {
    throw InputError(place(), "a quote inside a field that does not begin with one",
                     "put the whole field into quotes and double the quotes inside");
  }
  const std::string_view text = rest_.substr(0, end);
  if (text.find('\0') != text.npos) {
    throw InputError(place(), "a NUL character outside quotes", "is it a text file, in UTF-8?");
  }
  rest_.remove_prefix(end);
  return text;
}

std::string_view CsvRecords::quoted_field() {
  quoted_ = true;
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
  lines_before_ += line_ends(raw);
  skip_blanks();
  if (!at_line_end() && rest_.front() != separator_) {
    throw InputError(place(), "text behind the closing quote of a field");
  }
  if (!has_doubled) return raw;
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if (raw[i] == '"') ++i;
  }
  return changed_.emplace_back(std::move(text));
}

std::string_view CsvRecords::escaped_field() {
  const char ends[] = {separator_, '\n', '\r', '\0'};
  const std::string_view raw = rest_.substr(0, rest_.find_first_of(ends));
  rest_.remove_prefix(raw.size());
  if (raw.find('\\') == raw.npos) return raw;
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char next = i + 1 < raw.size() ? raw[i + 1] : '\0';
    const char meant = next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : next;
    const bool escape = raw[i] == '\\' && (meant != next || next == '\\');
    text += escape ? meant : raw[i];
    i += escape;
  }
  return changed_.emplace_back(std::move(text));
}

}  // namespace attngraph

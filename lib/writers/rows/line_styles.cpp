#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/text/number_text.hpp"
#include "writers/rows/json_text.hpp"
#include "writers/rows/line_writer.hpp"

namespace attngraph {
namespace {

/// Whether a spreadsheet may take `text` for a formula; some do that of wide characters, too.
bool begins_formula(std::string_view text) {
  constexpr std::array<std::string_view, 11> signs{
      "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  return std::any_of(signs.begin(), signs.end(),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

/// CSV and TSV: a header line, values with a separator between them.
class SeparatedStyle : public LineStyle {
 public:
  SeparatedStyle(char separator, bool spreadsheet_safe)
      : separator_(separator), spreadsheet_safe_(spreadsheet_safe) {}

  std::string header(const Schema& schema) const override {
    std::string line;
    for (std::size_t i = 0; i < schema.size(); ++i) {
      line += lead(i, schema[i].name);
      append_text(line, schema[i].name);
    }
    return line + "\n";
  }

  std::string lead(std::size_t index, const std::string&) const override {
    return index == 0 ? std::string() : std::string(1, separator_);
  }

  std::string_view row_end() const override { return "\n"; }

  void append_not_finite(std::string& out, double value) const override {
    if (!std::isnan(value)) append_number(out, value);
  }

  void append_unknown(std::string&) const override {}

  void append_text(std::string& out, std::string_view value) const override {
    const bool formula = spreadsheet_safe_ && begins_formula(value);
    append_quoted(out, formula ? "'" + std::string(value) : value);
  }

 private:
  char separator_;
  bool spreadsheet_safe_;

  virtual void append_quoted(std::string& out, std::string_view value) const = 0;
};

class CsvStyle : public SeparatedStyle {
 public:
  explicit CsvStyle(bool spreadsheet_safe) : SeparatedStyle(',', spreadsheet_safe) {}

 private:
  void append_quoted(std::string& out, std::string_view value) const override {
    if (value.find_first_of(std::string_view(",\"\r\n\0", 5)) == std::string_view::npos &&
        !padded(value)) {
      out += value;
      return;
    }
    out += '"';
    for (const char c : value) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }

  /// Some readers strip blanks that are not quoted.
  static bool padded(std::string_view value) {
    return !value.empty() && (value.front() == ' ' || value.back() == ' ');
  }
};

class TsvStyle : public SeparatedStyle {
 public:
  explicit TsvStyle(bool spreadsheet_safe) : SeparatedStyle('\t', spreadsheet_safe) {}

 private:
  void append_quoted(std::string& out, std::string_view value) const override {
    for (const char c : value) {
      switch (c) {
        case '\t':
          out += "\\t";
          break;
        case '\n':
          out += "\\n";
          break;
        case '\r':
          out += "\\r";
          break;
        case '\\':
          out += "\\\\";
          break;
        default:
          out += c;
      }
    }
  }
};

class JsonStyle : public LineStyle {
 public:
  JsonStyle(std::string separator, std::string end)
      : separator_(std::move(separator)), row_end_("}" + std::move(end)) {}

  std::string header(const Schema&) const override { return {}; }

  std::string lead(std::size_t index, const std::string& name) const override {
    std::string text = index == 0 ? "{" : ",";
    append_json_text(text, name);
    return text + ":";
  }

  std::string_view row_end() const override { return row_end_; }
  std::string_view between_rows() const override { return separator_; }
  bool names_every_value() const override { return true; }

  void append_text(std::string& out, std::string_view value) const override {
    append_json_text(out, value);
  }
  void append_not_finite(std::string& out, double) const override { append_unknown(out); }
  void append_unknown(std::string& out) const override { out += "null"; }

 private:
  std::string separator_;
  std::string row_end_;
};

}  // namespace

std::unique_ptr<LineStyle> csv_style(const WriterSettings& settings) {
  return std::make_unique<CsvStyle>(settings.spreadsheet_safe);
}

std::unique_ptr<LineStyle> tsv_style(const WriterSettings& settings) {
  return std::make_unique<TsvStyle>(settings.spreadsheet_safe);
}

std::unique_ptr<LineStyle> jsonl_style(const WriterSettings&) { return json_style("", "\n"); }

std::unique_ptr<LineStyle> json_style(std::string separator, std::string end) {
  return std::make_unique<JsonStyle>(std::move(separator), std::move(end));
}

}  // namespace attngraph

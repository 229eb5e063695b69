#include "formats/edges/edge_csv.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/edges/edge_rows.hpp"
#include "formats/rules.hpp"
#include "formats/tables/csv_records.hpp"

namespace attngraph {
namespace {

constexpr std::size_t longest_header = 4096;

/// The names of the first line, as far as it can be a header.
std::vector<std::string_view> header_names(std::string_view line, char separator) {
  std::vector<std::string_view> names;
  while (true) {
    const std::size_t end = std::min(line.find(separator), line.size());
    std::string_view name = without_blanks(line.substr(0, end));
    if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) {
      name = without_blanks(name.substr(1, name.size() - 2));
    }
    names.push_back(name);
    if (end == line.size()) return names;
    line.remove_prefix(end + 1);
  }
}

/// The separator with which the first line names edges, the one with the most names.
std::optional<char> separator_of(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  const std::string_view line =
      text.substr(0, std::min<std::size_t>(text.find_first_of("\r\n"), longest_header));
  std::optional<char> best;
  std::size_t most = 0;
  for (const char separator : {',', ';', '\t'}) {
    const auto names = header_names(line, separator);
    if (!(are_of_edge_table(names) || name_an_end(names)) || names.size() <= most) continue;
    best = separator;
    most = names.size();
  }
  return best;
}

bool is_blank(const std::vector<std::string_view>& fields) {
  return fields.size() == 1 && fields.front().empty();
}

/// What ends lines in CR CR LF is Python's csv, where the file ends them too.
const char* blank_hint(std::string_view text) {
  return text.find("\r\r\n") == text.npos
             ? "leave blank lines out"
             : "lines end in \\r\\r\\n: open the file that csv writes to with newline=''";
}

/// Nothing where ids turned out to be names.
std::optional<Dump> read_as(Ids ids, std::string_view text, const std::string& source,
                            const Limits& limits, const EdgeOptions& options) {
  const char separator = separator_of(text).value_or(',');
  CsvRecords records(text, separator, source);
  while (records.next() && is_blank(records.fields())) {
  }
  EdgeColumns columns(records.fields(), options.edge_weight, records.place());
  // Columns of labels are read by rules of their own, and nothing takes their place.
  if (ids == Ids::numbers && !columns.has_some_labels()) {
    CsvRecords first = records;
    if (first.next()) columns.take_indices(first.fields());
  }
  const std::size_t width = columns.width();
  for (const EdgeColumn label : {EdgeColumn::source_label, EdgeColumn::target_label}) {
    if (columns.has(label)) records.take_exact(*columns.position(label));
  }
  EdgeRows rows(std::move(columns), separator == ';' ? DecimalMark::comma : DecimalMark::point, ids,
                source, limits, options);
  const std::function<std::string()> place = [&] { return records.place(); };
  while (records.next()) {
    check_stop();
    if (records.at_end()) break;
    if (records.fields().size() != width) {
      throw InputError(records.place(),
                       counted(records.fields().size(), "field") + ", expected " +
                           std::to_string(width) + " as in the header",
                       is_blank(records.fields()) ? blank_hint(text) : "");
    }
    if (!rows.add(records.fields(), place)) return std::nullopt;
  }
  Dump dump;
  rows.finish(dump);
  return dump;
}

}  // namespace

bool begins_like_edge_csv(std::string_view text) { return separator_of(text).has_value(); }

Dump read_edge_csv(const Bytes& bytes, const std::string& source, const Limits& limits,
                   const EdgeOptions& options) {
  const std::string_view text = text_of(bytes.data);
  auto dump = read_as(Ids::numbers, text, source, limits, options);
  if (!dump) dump = read_as(Ids::names, text, source, limits, options);
  dump->source = source;
  dump->format = "CSV edges";
  return *std::move(dump);
}

}  // namespace attngraph

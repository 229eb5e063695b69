#include "formats/labels/segment_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "core/error.hpp"
#include "formats/plain_bytes.hpp"
#include "formats/rules.hpp"
#include "formats/tables/csv_records.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {
namespace {

constexpr const char* hint = "write a line name,first,last, then one for each segment: system,0,5";

using Fields = std::vector<std::string_view>;
/// Where name, first and last stand in a record.
using Places = std::array<std::size_t, 3>;

std::optional<std::size_t> index_of(std::string_view text) {
  std::size_t index = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, index);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return index;
}

std::optional<Places> named_places(const Fields& header) {
  Places places{};
  for (std::size_t i = 0; i < places.size(); ++i) {
    constexpr std::array<std::string_view, 3> names{"name", "first", "last"};
    const auto found = std::find(header.begin(), header.end(), names[i]);
    if (found == header.end()) return std::nullopt;
    places[i] = static_cast<std::size_t>(found - header.begin());
  }
  return places;
}

NamedRange range_of(const CsvRecords& records, const Places& places, std::size_t width) {
  const Fields& fields = records.fields();
  if (fields.size() != width) {
    throw InputError(
        records.place(),
        "has " + std::to_string(fields.size()) + " fields, expected " + std::to_string(width),
        hint);
  }
  const auto first = index_of(fields[places[1]]), last = index_of(fields[places[2]]);
  if (!first || !last || *first > *last) {
    throw InputError(records.place(),
                     "'" + std::string(fields[places[1]]) + "' to '" +
                         std::string(fields[places[2]]) + "' is no range of tokens",
                     hint);
  }
  return {std::string(fields[places[0]]), *first, *last};
}

}  // namespace

std::vector<NamedRange> read_segments(Bytes bytes, const std::string& source,
                                      const Limits& limits) {
  bytes = plain_bytes(std::move(bytes), source, limits);
  const std::string_view text = text_of(bytes.data);
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  CsvRecords records(text, line.find('\t') == std::string_view::npos ? ',' : '\t', source);
  Places places{0, 1, 2};
  std::size_t width = 3;
  std::vector<NamedRange> ranges;
  TakenMemory taken(source, limits, held_bytes(bytes));
  while (records.next() && !records.at_end()) {
    const Fields& fields = records.fields();
    if (const auto named = ranges.empty() ? named_places(fields) : std::nullopt) {
      places = *named;
      width = fields.size();
    } else {
      ranges.push_back(range_of(records, places, width));
      taken.add(3 * sizeof(NamedRange) + ranges.back().name.size());
    }
  }
  if (ranges.empty()) throw InputError(source, "names no segment", hint);
  return ranges;
}

}  // namespace attngraph

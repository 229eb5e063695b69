#include "output/several/relay.hpp"

#include <stdexcept>
#include <variant>

#include "core/stop.hpp"
#include "output/several/packed_members.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

enum class Kind : char { schema, rows, summary, series, matrix, picture, note, parameter };

/// Texts that live as long as the program do so in a forked worker at the same place.
void pack(Packer& to, const Column& column) {
  to.text(column.name);
  to.value(column.type);
  to.value(column.known);
  to.value(column.rank);
  to.text(column.label_of);
  for (const auto text : {column.about, column.formula, column.paper}) to.value(text);
  to.value(column.words);
}

Column column_from(Unpacker& from) {
  Column column;
  column.name = from.text();
  column.type = from.value<ColumnType>();
  column.known = from.value<Known>();
  column.rank = from.value<int>();
  column.label_of = from.text();
  for (auto* text : {&column.about, &column.formula, &column.paper}) {
    *text = from.value<std::string_view>();
  }
  column.words = from.value<std::span<const WordMeaning>>();
  return column;
}

void pack(Packer& to, const Schema& schema) {
  to.value(std::uint64_t{schema.size()});
  for (const Column& column : schema) pack(to, column);
}

Schema schema_from(Unpacker& from) {
  Schema schema(from.value<std::uint64_t>());
  for (Column& column : schema) column = column_from(from);
  return schema;
}

struct PackValues {
  Packer& to;
  void operator()(const Unknown& unknown) const { to.value(unknown); }
  template <typename Cells>
  void operator()(const Cells& cells) const {
    to.list(cells);
  }
};

Values values_from(Unpacker& from) {
  switch (from.value<char>()) {
    case 0:
      return from.list<std::int64_t>();
    case 1:
      return from.list<double>();
    case 2:
      return from.list<float>();
    case 3:
      return from.list<std::string>();
    default:
      return from.value<Unknown>();
  }
}

Chunk chunk_from(Unpacker& from) {
  Chunk chunk(from.value<std::uint64_t>());
  for (Values& values : chunk) values = values_from(from);
  return chunk;
}

/// The columns of a series that do not say where a matrix stands, in one order for both ways.
template <typename Series, typename Visit>
void for_each_column(Series& series, const Visit& visit) {
  for (auto* column : {&series.row_column, &series.column_column, &series.value_column,
                       &series.row_label, &series.column_label}) {
    visit(*column);
  }
}

void pack(Packer& to, const MatrixSeries& series) {
  to.list(series.shape);
  pack(to, series.place_columns);
  for_each_column(series, [&](const Column& column) { pack(to, column); });
  to.list(series.row_labels);
  to.list(series.column_labels);
  to.value(series.single_precision);
  to.value(series.skip_zeros);
}

MatrixSeries series_from(Unpacker& from) {
  MatrixSeries series;
  series.shape = from.list<std::size_t>();
  series.place_columns = schema_from(from);
  for_each_column(series, [&](Column& column) { column = column_from(from); });
  series.row_labels = from.list<std::string>();
  series.column_labels = from.list<std::string>();
  series.single_precision = from.value<bool>();
  series.skip_zeros = from.value<bool>();
  return series;
}

using Place = MatrixPlace::value_type;

void pack(Packer& to, const Place& place) {
  to.value(static_cast<char>(place.index()));
  if (const auto* index = std::get_if<std::int64_t>(&place)) return to.value(*index);
  to.text(std::get<std::string>(place));
}

Place place_from(Unpacker& from) {
  if (from.value<char>() == 0) return from.value<std::int64_t>();
  return from.text();
}

void pack(Packer& to, const MatrixPlace& place, const MatrixView& view) {
  to.value(std::uint64_t{place.size()});
  for (const Place& one : place) pack(to, one);
  to.value(view.rows);
  to.value(view.columns);
  to.value(view.first_row);
  to.value(view.doubles != nullptr);
  const std::size_t count = view.rows * view.columns;
  view.doubles != nullptr ? to.values(view.doubles, count) : to.values(view.floats, count);
}

void replay_matrix(Unpacker& from, Sink& sink) {
  MatrixPlace place(from.value<std::uint64_t>());
  for (Place& one : place) one = place_from(from);
  MatrixView view;
  view.rows = from.value<std::size_t>();
  view.columns = from.value<std::size_t>();
  view.first_row = from.value<std::size_t>();
  if (from.value<bool>()) {
    const auto numbers = from.list<double>();
    view.doubles = numbers.data();
    return sink.matrix(place, view);
  }
  const auto numbers = from.list<float>();
  view.floats = numbers.data();
  sink.matrix(place, view);
}

}  // namespace

void Relay::send() { send_(packer_.take()); }

void Relay::begin_rows(const Schema& schema) {
  packer_.value(Kind::schema);
  pack(packer_, schema);
  send();
}

void Relay::rows(const Chunk& chunk) {
  packer_.value(Kind::rows);
  packer_.value(std::uint64_t{chunk.size()});
  for (const Values& values : chunk) {
    packer_.value(static_cast<char>(values.index()));
    std::visit(PackValues{packer_}, values);
  }
  send();
}

void Relay::summary(const Column& number, double value) {
  packer_.value(Kind::summary);
  pack(packer_, number);
  packer_.value(value);
  send();
}

void Relay::begin_matrices(const MatrixSeries& series) {
  packer_.value(Kind::series);
  pack(packer_, series);
  send();
}

void Relay::matrix(const MatrixPlace& place, MatrixView values) {
  packer_.value(Kind::matrix);
  pack(packer_, place, values);
  send();
}

void Relay::graph(const Drawing&) {
  throw std::logic_error("the graphs of several inputs are sent to one file");
}

void Relay::page(const Page&) {
  throw std::logic_error("the pages of several inputs are sent to one file");
}

void Relay::picture(const Picture& picture) {
  packer_.value(Kind::picture);
  Members<Picture>::pack(packer_, picture);
  send();
}

void Relay::note(const std::string& text) {
  packer_.value(Kind::note);
  packer_.text(text);
  send();
}

void Relay::parameter(const std::string& name, const std::string& value) {
  packer_.value(Kind::parameter);
  packer_.text(name);
  packer_.text(value);
  send();
}

void Relay::progress(std::size_t, std::size_t) { check_stop(); }

void replay(std::string_view message, Sink* sink, Messages& messages) {
  Unpacker from(message);
  const auto kind = from.value<Kind>();
  if (kind == Kind::note) return messages.note(from.text());
  if (sink == nullptr) return;
  switch (kind) {
    case Kind::schema:
      return sink->begin_rows(schema_from(from));
    case Kind::rows:
      return sink->rows(chunk_from(from));
    case Kind::series:
      return sink->begin_matrices(series_from(from));
    case Kind::matrix:
      return replay_matrix(from, *sink);
    case Kind::picture:
      return sink->picture(Members<Picture>::unpack(from));
    case Kind::summary: {
      const Column number = column_from(from);
      return sink->summary(number, from.value<double>());
    }
    case Kind::parameter: {
      const std::string name = from.text();
      return sink->parameter(name, from.text());
    }
    case Kind::note:
      break;
  }
}

}  // namespace attngraph

#include "report/answer/column_place.hpp"

#include "core/error.hpp"

namespace attngraph {

std::size_t column_place(const std::string& name, const Schema& schema, const std::string& field) {
  std::string names;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (schema[i].name == name) return i;
    names += (i == 0 ? "" : ", ") + schema[i].name;
  }
  throw ArgumentError(field, "there is no column '" + name + "'", "columns are " + names);
}

std::size_t filled_column_place(const std::string& name, const Schema& schema,
                                const std::string& field) {
  const std::size_t place = column_place(name, schema, field);
  if (schema[place].known == Known::yes) return place;
  throw ArgumentError(field, "this input has nothing for the column '" + name + "'",
                      name + ": " + std::string(schema[place].about));
}

}  // namespace attngraph

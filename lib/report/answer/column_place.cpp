#include "report/answer/column_place.hpp"

#include <vector>

#include "core/error.hpp"
#include "core/text/near_word.hpp"

namespace attngraph {

std::size_t column_place(const std::string& name, const Schema& schema, const std::string& field) {
  std::string list;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (schema[i].name == name) return i;
    list += (i == 0 ? "" : ", ") + schema[i].name;
    names.push_back(schema[i].name);
  }
  throw ArgumentError(field, "there is no column '" + name + "'",
                      did_you_mean(name, names, "columns are " + list));
}

std::size_t filled_column_place(const std::string& name, const Schema& schema,
                                const std::string& field) {
  const std::size_t place = column_place(name, schema, field);
  if (schema[place].known == Known::yes) return place;
  throw ArgumentError(field, "this input has nothing for the column '" + name + "'",
                      name + ": " + std::string(schema[place].about));
}

}  // namespace attngraph

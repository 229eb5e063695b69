#include "report/answer/chosen_columns.hpp"

#include <algorithm>

#include "report/answer/column_place.hpp"

namespace attngraph {

void ChosenColumns::begin_rows(const Schema& schema) {
  chosen_.clear();
  Schema shown;
  for (const std::string& name : names_) {
    const std::size_t i = column_place(name, schema, "$columns");
    if (std::find(chosen_.begin(), chosen_.end(), i) != chosen_.end()) continue;
    chosen_.push_back(i);
    shown.push_back(schema[i]);
    shown.back().known = Known::yes;
    shown.back().rank = 0;
    shown.back().label_of.clear();
  }
  to_.begin_rows(shown);
}

void ChosenColumns::rows(const Chunk& chunk) {
  Chunk shown;
  for (const std::size_t i : chosen_) shown.push_back(chunk[i]);
  to_.rows(shown);
}

}  // namespace attngraph

#pragma once

#include <string>
#include <vector>

#include "report/answer/picture.hpp"

namespace attngraph {

/// A row of an answer as bars are made of it.
struct KeyedRow {
  /// What says which row it is: a text for each key, and what it is called.
  std::vector<std::string> keys;
  std::vector<std::string> names;
  /// One for each measure.
  std::vector<double> values;
};

/// Bars made of rows, and what is said beside them.
struct BarsOfRows {
  Bars bars;
  std::vector<std::string> details;
};

/// Bars over what rows differ in: every value is in just one bar. Keys that all rows share are said
/// beside the picture. Rows of several layers and heads have a group for each, and so have those of
/// several outputs, where each group has the same bars; else a bar has the names of all its keys.
/// @param keys names of the key columns, `measures` of what is measured
/// @throws LimitError where groups become too many for one picture
BarsOfRows bars_of_rows(const std::vector<KeyedRow>& rows, const std::vector<std::string>& keys,
                        const std::vector<std::string>& measures);

}  // namespace attngraph

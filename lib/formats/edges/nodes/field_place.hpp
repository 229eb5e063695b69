#pragma once

#include <functional>
#include <string>

namespace attngraph {

/// Where a field of a row stands; made into a text for an error alone.
struct FieldPlace {
  const std::function<std::string()>& row;
  const std::string& column;

  std::string text() const { return row() + ": " + column; }
};

}  // namespace attngraph

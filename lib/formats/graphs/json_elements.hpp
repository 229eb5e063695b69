#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/edges/edge_data.hpp"

namespace attngraph {

/// What becomes of a list.
enum class JsonList {
  /// Its elements are told, which must be objects.
  read,
  /// Its plain values are the names of columns.
  names,
  /// Its elements are told, which must be lists of values in the order of those names.
  rows,
  skip,
  /// Nothing more is read.
  stop
};

/// Takes what stands in a JSON object that lists objects. Each other function says whether to read
/// on.
class JsonListener {
 public:
  virtual ~JsonListener() = default;
  /// A list under a key of the outermost object begins.
  virtual JsonList list(std::string_view key) = 0;
  /// A value under a key of the outermost object that is neither list nor object.
  virtual bool value(std::string_view key, const std::string& text) = 0;
  /// The same of an object under a key of the outermost object.
  virtual bool member(std::string_view, std::string_view, const std::string&) { return true; }
  /// An object, or a row, of the list `key`, which is to be read: its values as text, numbers
  /// exact. Objects in them are left out, and a list of plain values stands there as `(1, 2)`.
  virtual bool element(std::string_view, const std::vector<EdgeDatum>&) { return true; }
  /// An object under a key of the outermost object begins.
  virtual bool object(std::string_view) { return true; }
  /// A list under a key of such an object begins.
  virtual bool list_of(std::string_view, std::string_view) { return true; }
  /// An object in an element of the list `key` begins, which is left out.
  virtual bool object_of(std::string_view, std::string_view) { return true; }
  /// The outermost object ended.
  virtual bool end() { return true; }
};

/// Reads one JSON object.
/// @param lines_before of the file, for an error
/// @throws InputError with line and column for what is no JSON, is nested deeper than 64, or has a
///   key twice in one object
void read_json_elements(std::string_view text, const std::string& where, std::size_t lines_before,
                        JsonListener& listener);

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/labels/counting.hpp"

namespace attngraph {

/// What a column of that name says: the places of the tokens; places or texts; perhaps places, of a
/// frame that was sorted, perhaps ids or what was left of others.
enum class Says { places, places_or_texts, perhaps_places };

/// Which tokens the rows of a CSV are, as one of its columns says.
struct IndexColumn {
  std::string name;
  Says says = Says::places;
  std::size_t index = 0;
  std::vector<std::size_t> numbers = {};
  /// The first row that has no whole number here; empty where all have.
  std::string wrong = {};

  bool is_whole() const { return wrong.empty(); }
  /// @param at the field that is of this column
  /// @param place of the row
  void add(const std::vector<std::string_view>& fields, std::size_t at, const std::string& place);

  /// Whether the numbers are 0 … n-1, or 1 … n, each once.
  Counting counting() const { return attngraph::counting(numbers); }
  std::size_t first_number() const;
};

/// A column that may hold labels where that of the tokens holds nothing but numbers (`token,word`).
struct OtherLabels {
  std::size_t index = 0;
  Says numbers_say = Says::perhaps_places;
};

/// Which column of a CSV holds labels, and which may say of what tokens.
struct LabelColumn {
  char separator = ',';
  std::size_t index = 0;
  std::vector<IndexColumn> orders;
  /// Those of which no name says that they could be places.
  std::vector<IndexColumn> unknown = {};
  std::optional<OtherLabels> other = {};
  /// What the user should know where these are the labels.
  std::string note = {};
};

/// By the header: the column of that name; without a name the first line names a column of labels
/// among others, or, in a file called .csv or .tsv, alone. Nothing where there is no header.
/// @throws InputError where the columns are others than the one named
std::optional<LabelColumn> label_column(std::string_view header, const std::string& source,
                                        const std::string& name);

}  // namespace attngraph

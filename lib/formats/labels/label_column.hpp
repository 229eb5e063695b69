#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// Which tokens the rows of a CSV are, as one of its columns says.
struct IndexColumn {
  std::string_view name;
  std::size_t index = 0;
  std::vector<std::size_t> numbers;
  bool is_whole = true;

  /// @param at the field that is of this column
  void add(const std::vector<std::string_view>& fields, std::size_t at);

  /// Whether the numbers are 0 … n-1, or 1 … n, each once.
  bool is_order() const;
  std::size_t first_number() const;
};

/// Which column of a CSV holds labels, and which may say of what tokens.
struct LabelColumn {
  char separator = ',';
  std::size_t index = 0;
  std::vector<IndexColumn> orders;
  /// Another that may hold them, where this one holds nothing but numbers (`token,word`).
  std::optional<std::size_t> other = {};
};

/// By the header: the column of that name; without a name the first line names a column of labels
/// among others, or, in a file called .csv or .tsv, alone. Nothing where there is no header.
/// @throws InputError where the columns are others than the one named
std::optional<LabelColumn> label_column(std::string_view header, const std::string& source,
                                        const std::string& name);

}  // namespace attngraph

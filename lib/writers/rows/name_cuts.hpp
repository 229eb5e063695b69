#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// Cuts names, as of files, so that no two of them look the same: in the middle where that tells
/// them apart, else what all of them begin or end with goes first.
class NameCuts {
 public:
  /// @param names those that are to differ; some may be given twice
  explicit NameCuts(std::vector<std::string> names);

  /// The fewest columns of a terminal, not below `least`, in which they differ.
  std::size_t narrowest(std::size_t least) const;
  /// From now on names take at most so many columns.
  void set_columns(std::size_t columns);
  /// A name as it is shown.
  std::string operator()(std::string_view name) const;

 private:
  enum class Cut { middle, ends };

  std::vector<std::string> names_;
  /// Bytes of the shown names that all of them begin and end with.
  std::size_t begin_ = 0, end_ = 0;
  std::size_t columns_;
  Cut cut_ = Cut::middle;

  std::string cut_to(const std::string& shown, std::size_t columns, Cut cut) const;
  bool differ(std::size_t columns, Cut cut) const;
};

}  // namespace attngraph

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// A choice of layers or heads as the user writes it: `0,3-5,-1`; negative numbers count from the
/// end, an empty list chooses all.
class IndexList {
 public:
  IndexList() = default;

  /// @throws ArgumentError naming `option` where the text is not such a list
  static IndexList parse(std::string_view text, const std::string& option);

  bool empty() const { return ranges_.empty(); }

  /// The indices below `size`, ascending, each once; all of them for an empty list.
  /// @throws ArgumentError naming `option` where an index is outside
  std::vector<std::size_t> resolve(std::size_t size, const std::string& option) const;

  /// Those of the ascending `indices` that the list chooses, counted up to the last of them; all
  /// for an empty list. There may be gaps as wide as numbers go, in lists of edges.
  /// @throws ArgumentError naming `option` where an index is outside
  std::vector<std::size_t> chosen_of(const std::vector<std::size_t>& indices,
                                     const std::string& option) const;

 private:
  struct Range {
    long first;
    long last;
  };
  std::vector<Range> absolute(std::size_t size, const std::string& option) const;

  std::vector<Range> ranges_;
};

}  // namespace attngraph

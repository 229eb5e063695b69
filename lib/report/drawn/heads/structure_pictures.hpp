#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "metrics/structure/head_structure.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

class Attention;

/// Bars over the kinds of triads, a group for each head. Triples with no edge or one, which are
/// most of all, are left out.
class TriadBars {
 public:
  TriadBars();

  /// @param census as triad_census gives it
  /// @throws LimitError where heads become too many for one picture
  void add(const std::string& head, const std::vector<double>& census);
  Picture picture();

 private:
  Bars bars_;
};

/// The weights of one head as a heat map, its tokens in the order of their communities, whose
/// numbers stand before their labels.
Picture community_picture(const Attention& attention, std::size_t l, std::size_t h,
                          const std::vector<TokenGroups>& groups);

}  // namespace attngraph

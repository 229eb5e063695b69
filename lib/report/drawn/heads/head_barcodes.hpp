#pragma once

#include <cstddef>
#include <vector>

#include "metrics/topology/persistence_bar.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

class Attention;

/// The bars of heads as a picture, a panel for each head.
class HeadBarcodes {
 public:
  /// @param dimension up to which there are bars
  HeadBarcodes(const Attention& attention, std::size_t dimension);

  /// @throws LimitError where heads become too many for one picture
  void add(std::size_t l, std::size_t h, const std::vector<PersistenceBar>& bars);
  Picture picture() &&;

 private:
  const Attention& attention_;
  Barcode barcode_;
};

}  // namespace attngraph

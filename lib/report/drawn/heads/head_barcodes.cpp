#include "report/drawn/heads/head_barcodes.hpp"

#include <string>
#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/drawn/heads/head_map.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_panels = 12;

}  // namespace

HeadBarcodes::HeadBarcodes(const Attention& attention, std::size_t dimension)
    : attention_(attention) {
  barcode_.axis = "distance 1 - max(A, Aᵀ)";
  barcode_.kinds = {"H0: parts of the tokens"};
  if (dimension > 0) barcode_.kinds.emplace_back("H1: loops");
}

void HeadBarcodes::add(std::size_t l, std::size_t h, const std::vector<PersistenceBar>& bars) {
  if (barcode_.panels.size() == most_panels) {
    throw LimitError("", "over " + std::to_string(most_panels) + " heads in one picture",
                     "choose fewer heads with $layer and $head");
  }
  BarcodePanel panel{short_head_name(attention_, l, h), {}};
  for (const PersistenceBar& bar : bars) {
    panel.bars.push_back({static_cast<std::size_t>(bar.dimension), bar.birth, bar.death});
  }
  barcode_.panels.push_back(std::move(panel));
}

Picture HeadBarcodes::picture() && {
  Picture picture;
  picture.title = "What shape appears as weaker edges are let in";
  const SelectedHead first = attention_.present().front();
  if (barcode_.panels.size() == 1) {
    picture.title += ", " + short_head_name(attention_, first.l, first.h);
    barcode_.panels.front().title.clear();
  }
  picture.details = {"a bar: from the distance where it appears to that where it is gone"};
  picture.layer = attention_.layer_index(first.l);
  picture.head = attention_.head_label(first.h);
  picture.content = std::move(barcode_);
  return picture;
}

}  // namespace attngraph

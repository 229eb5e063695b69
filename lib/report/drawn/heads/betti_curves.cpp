#include "report/drawn/heads/betti_curves.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/drawn/heads/head_map.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_heads = 8;

}  // namespace

BettiCurves::BettiCurves(const Attention& attention, std::vector<double> thresholds)
    : attention_(attention), thresholds_(std::move(thresholds)) {
  curves_.x_axis = "threshold";
  curves_.y_axis = "b0: parts, b1: cycles";
}

void BettiCurves::add(std::size_t l, std::size_t h, std::span<const BettiNumbers> found) {
  if (curves_.curves.size() == 2 * most_heads) {
    throw LimitError("", "over " + std::to_string(most_heads) + " heads in one picture",
                     "choose fewer heads with $layer and $head");
  }
  std::vector<std::size_t> order(thresholds_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return thresholds_[a] < thresholds_[b]; });
  const bool alone = attention_.present().size() == 1;
  const std::string head = alone ? "" : ", " + short_head_name(attention_, l, h);
  ShareCurve parts{"b0" + head, {}, {}}, cycles{"b1" + head, {}, {}};
  for (const std::size_t i : order) {
    parts.x.push_back(thresholds_[i]);
    parts.y.push_back(static_cast<double>(found[i].b0));
    cycles.x.push_back(thresholds_[i]);
    cycles.y.push_back(static_cast<double>(found[i].b1));
  }
  curves_.curves.push_back(std::move(parts));
  curves_.curves.push_back(std::move(cycles));
}

Picture BettiCurves::picture() && {
  Picture picture;
  picture.title = "Parts and cycles of tokens that are joined above a threshold";
  const SelectedHead first = attention_.present().front();
  if (curves_.curves.size() == 2) {
    picture.title += ", " + short_head_name(attention_, first.l, first.h);
  }
  picture.layer = attention_.layer_index(first.l);
  picture.head = attention_.head_label(first.h);
  picture.content = std::move(curves_);
  return picture;
}

}  // namespace attngraph

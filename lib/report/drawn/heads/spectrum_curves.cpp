#include "report/drawn/heads/spectrum_curves.hpp"

#include <algorithm>
#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/drawn/heads/head_map.hpp"

namespace attngraph {

SpectrumCurves::SpectrumCurves(const Attention& attention)
    : attention_(attention), curves_{"share of the modes", "eigenvalue", {}} {
  constexpr std::size_t most_curves = 24;
  if (attention.present().size() <= most_curves) return;
  throw LimitError("", "over " + std::to_string(most_curves) + " curves in one picture",
                   "choose fewer heads with $layer and $head");
}

void SpectrumCurves::add(std::size_t l, std::size_t h, const std::vector<double>& values,
                         const std::vector<std::size_t>& places) {
  ShareCurve curve{short_head_name(attention_, l, h), {}, values, 0};
  const auto last = static_cast<double>(std::max<std::size_t>(attention_.keys(), 2) - 1);
  for (const std::size_t place : places) curve.x.push_back(static_cast<double>(place) / last);
  curves_.curves.push_back(std::move(curve));
}

Picture SpectrumCurves::picture() const {
  Picture picture;
  picture.title = "Eigenvalues of the Laplacian";
  picture.details = {"second from the left: how well the head is connected"};
  picture.layer = attention_.layer_index(0);
  picture.head = attention_.head_label(0);
  picture.content = curves_;
  return picture;
}

}  // namespace attngraph

#include "report/parts/heads/layer_spectra.hpp"

#include <algorithm>
#include <vector>

#include "attention/attention.hpp"
#include "attention/merged_tokens.hpp"
#include "core/error.hpp"
#include "core/index_list.hpp"
#include "metrics/spectrum/layer_laplacian.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/row_bars.hpp"
#include "report/parts/heads/spectrum_tables.hpp"
#include "report/parts/token_places.hpp"

namespace attngraph {
namespace {

void check_layers(const Attention& attention) {
  if (!attention.causal()) {
    const std::string of_segments = hint_at_text_order(attention);
    throw InputError(
        attention.source(), "is not causal, which a Laplacian of layers needs to be triangular",
        of_segments.empty() ? "ask for $laplacian normalized or directed" : of_segments);
  }
  if (attention.layers() < 2) {
    throw InputError(attention.source(), "has one layer, expected two or more",
                     "a Laplacian of layers leads from each to the next");
  }
  if (attention.is_full()) return;
  throw InputError(attention.source(),
                   "has not every head in every layer, and a Laplacian of layers leads from each "
                   "head to that of the next layer",
                   "choose with $head one that all layers have, or put heads together with "
                   "$fuse mean");
}

/// Where the layers that are shown stand among all.
std::vector<std::size_t> places_of_layers(const Attention& attention, const IndexList& shown) {
  std::vector<std::size_t> all(attention.layers());
  for (std::size_t l = 0; l < all.size(); ++l) {
    all[l] = static_cast<std::size_t>(attention.layer_index(l));
  }
  std::vector<std::size_t> places = shown.chosen_of(all, "$layer");
  for (std::size_t& layer : places) {
    layer = static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), layer) - all.begin());
  }
  return places;
}

}  // namespace

void layer_spectra(const Attention& attention, const IndexList& shown_layers, Sink& sink) {
  if (is_seen(sink.form())) {
    RowBars bars(sink, "spectra across layers");
    layer_spectra(attention, shown_layers, bars);
    return bars.finish();
  }
  check_layers(attention);
  const TokenPlaces places = TokenPlaces::of_keys(attention);
  const auto shown = places_of_layers(attention, shown_layers);
  const std::size_t heads = attention.heads();
  const Known labels = columns::known_labels(attention.key_labels());
  const auto table = token_eigenvalue_table(attention.fused(), labels);
  table.begin(sink);
  items_in_order(
      attention, shown.size() * heads, {}, sink,
      [&](std::size_t i) {
        const Vector found = layer_laplacian(attention, shown[i / heads], i % heads);
        return std::vector<double>(found.begin(), found.end());
      },
      [&](std::size_t i, const std::vector<double>& found) {
        std::vector<TokenEigenvalueRow> rows;
        for (std::size_t token = 0; token < found.size(); ++token) {
          rows.push_back({attention.layer_index(shown[i / heads]), attention.head_label(i % heads),
                          places.place(token), found[token], places.label(token)});
        }
        table.send(rows, sink);
      });
}

}  // namespace attngraph

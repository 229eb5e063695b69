#include "report/parts/heads/head_offsets.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "attention/heads/offset_masses.hpp"
#include "attention/positions.hpp"
#include "core/error.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/picture.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/heads/head_map.hpp"

namespace attngraph {
namespace {

struct OffsetRow {
  std::int64_t layer;
  HeadLabel head;
  std::int64_t offset;
  double mass;
};

Table<OffsetRow> offset_table(bool fused, ColumnType type) {
  return {{columns::layer, &OffsetRow::layer},
          {columns::head(fused), &OffsetRow::head},
          {{.name = "offset",
            .type = ColumnType::integer,
            .about = "place of the key minus that of the query: -1 is just before it",
            .rank = 0},
           &OffsetRow::offset},
          {Column{.name = "mass",
                  .about = "weight of the key at that offset; mean over rows that have one",
                  .rank = 0,
                  .formula = "mean of A[q, q + offset] over rows, not all zero, with such a key"}
               .of_type(type),
           &OffsetRow::mass}};
}

std::size_t place_of(const Attention& attention, std::size_t q) {
  return attention.causal() ? position_of(q, attention.queries(), attention.keys()) : q;
}

std::vector<OffsetMass> masses_of(const Attention& attention, std::size_t l, std::size_t h) {
  OffsetTally tally(place_of(attention, 0), place_of(attention, attention.queries() - 1),
                    attention.keys());
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const auto row = block.weights.row(r);
      if (!(row.maxCoeff() > 0)) continue;
      tally.add_row(place_of(attention, static_cast<std::size_t>(block.first_query + r)),
                    static_cast<std::size_t>(block.first_key),
                    {row.data(), static_cast<std::size_t>(row.size())});
    }
  });
  return tally.finish(attention.causal());
}

void rows_report(const Attention& attention, Sink& sink) {
  const Table<OffsetRow> table =
      offset_table(attention.fused(), real_type(attention.single_precision()));
  table.begin(sink);
  heads_in_order(
      attention, sink, [&](std::size_t l, std::size_t h) { return masses_of(attention, l, h); },
      [&](std::size_t l, std::size_t h, const std::vector<OffsetMass>& masses) {
        std::vector<OffsetRow> rows;
        rows.reserve(masses.size());
        for (const OffsetMass& one : masses) {
          rows.push_back({attention.layer_index(l), attention.head_label(h), one.offset, one.mass});
        }
        table.send(rows, sink);
      });
}

/// Adds a head's masses to a curve over the same offsets, each with such a share.
void add_to(ShareCurve& curve, const std::vector<OffsetMass>& masses, double share) {
  const bool is_new = curve.x.empty();
  for (std::size_t i = 0; i < masses.size(); ++i) {
    if (is_new) {
      curve.x.push_back(static_cast<double>(masses[i].offset));
      curve.y.push_back(0);
    }
    curve.y[i] += share * (std::isnan(masses[i].mass) ? 0 : masses[i].mass);
  }
}

/// Lets the four steps of the axis be whole numbers.
void span_whole_steps(Curves& curves) {
  const double first = curves.curves.front().x.front(), last = curves.curves.front().x.back();
  double step = std::max(1.0, std::ceil((last - first) / 4));
  while (std::floor(first / step) * step + 4 * step < last) ++step;
  curves.first_x = std::floor(first / step) * step;
  curves.last_x = curves.first_x + 4 * step;
}

void picture_report(const Attention& attention, Sink& sink) {
  constexpr std::size_t most_curves = 16;
  const std::vector<SelectedHead> heads = attention.present();
  const bool each = heads.size() <= most_curves;
  std::vector<std::size_t> of_layer(attention.layers(), 0);
  for (const auto& one : heads) ++of_layer[one.l];
  std::optional<std::size_t> last_layer;
  Curves curves{"offset of the key from the query", "mean weight", {}};
  heads_in_order(
      attention, sink, [&](std::size_t l, std::size_t h) { return masses_of(attention, l, h); },
      [&](std::size_t l, std::size_t h, const std::vector<OffsetMass>& masses) {
        if (each || last_layer != l) {
          std::string name = "layer " + std::to_string(attention.layer_index(l));
          if (each) name += ", head " + text_of(attention.head_label(h));
          curves.curves.push_back({std::move(name), {}, {}, 0});
        }
        last_layer = l;
        add_to(curves.curves.back(), masses, each ? 1 : 1 / static_cast<double>(of_layer[l]));
      });
  span_whole_steps(curves);
  Picture picture;
  picture.title = "How far away attention looks";
  picture.details = {"-1 is the token just before the query"};
  if (!each) picture.details.push_back(mean_over_heads(attention));
  picture.layer = attention.layer_index(0);
  picture.head = attention.head_label(0);
  picture.content = std::move(curves);
  sink.picture(picture);
}

}  // namespace

Schema head_offsets_schema() { return offset_table(false, ColumnType::real).schema(); }

void head_offsets_report(const Attention& attention, Sink& sink) {
  if (attention.cross()) {
    throw InputError(attention.source(),
                     "is cross-attention, and $offsets asks where keys stand in one text",
                     "$segments names parts of both sides for masses between them");
  }
  is_seen(sink.form()) ? picture_report(attention, sink) : rows_report(attention, sink);
}

}  // namespace attngraph

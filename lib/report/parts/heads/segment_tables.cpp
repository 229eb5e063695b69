#include "report/parts/heads/segment_tables.hpp"

#include "report/answer/columns.hpp"

namespace attngraph {

const Column lookback_mean{.name = "lookback_mean",
                           .about = "mean of lookback over the rows above"};

Table<MassRow> mass_table(bool fused) {
  using enum ColumnType;
  return {{columns::layer, &MassRow::layer},
          {columns::head(fused), &MassRow::head},
          {{.name = "from", .type = text, .about = "part whose queries attend", .rank = 0},
           &MassRow::from},
          {{.name = "to", .type = text, .about = "part whose keys are attended to", .rank = 0},
           &MassRow::to},
          {{.name = "mass",
            .about = "share of their attention that queries of from give to all keys of to",
            .rank = 0,
            .formula = "mean over queries q of from, not all zero, of Σ_{k in to} A[q, k]",
            .paper = "Zhang et al. 2025 (QRScore, from a question to a document)"},
           &MassRow::mass},
          {{.name = "density",
            .about = "the same for one key: comparable between parts of different length",
            .formula = "mass / keys of to",
            .paper = "Bogdan et al. 2025 (thought anchors)"},
           &MassRow::density}};
}

Table<LookbackRow> lookback_table(bool fused) {
  return {{columns::layer, &LookbackRow::layer},
          {columns::head(fused), &LookbackRow::head},
          {columns::token, &LookbackRow::token},
          {columns::label(columns::token), &LookbackRow::label},
          {{.name = "lookback",
            .about = "how far a token looks at the context rather than at what came since: 0 to 1",
            .rank = 0,
            .formula = "c / (c + w), c the mean weight of a key of the context, w that of a key "
                       "behind it, the token itself included",
            .paper = "Chuang et al. 2024 (Lookback Lens)"},
           &LookbackRow::lookback}};
}

Table<KurtosisRow> kurtosis_table(bool fused) {
  return {{columns::layer, &KurtosisRow::layer},
          {columns::head(fused), &KurtosisRow::head},
          {{.name = "kurtosis",
            .about = "how far a few parts receive most attention from afar: large for such heads",
            .rank = 0,
            .formula = "excess kurtosis, population moments, of vertical over the parts",
            .paper = "Bogdan et al. 2025 (receiver heads)"},
           &KurtosisRow::kurtosis}};
}

Table<VerticalRow> vertical_table(bool fused) {
  return {{columns::layer, &VerticalRow::layer},
          {columns::head(fused), &VerticalRow::head},
          {{.name = "segment",
            .type = ColumnType::text,
            .about = "part that receives attention",
            .rank = 0},
           &VerticalRow::segment},
          {{.name = "vertical",
            .about = "mean density of the attention it gets from parts far enough behind it",
            .rank = 0,
            .formula = "v_t = mean of the density from s to t over s >= t + gap",
            .paper = "Bogdan et al. 2025 (thought anchors)"},
           &VerticalRow::vertical}};
}

}  // namespace attngraph

#include "report/parts/heads/spectrum_tables.hpp"

#include <utility>

#include "report/answer/columns.hpp"

namespace attngraph {
namespace {

Table<SpectrumRow>::Entry of_laplacian(Column column, double LaplacianNumbers::*value) {
  return {std::move(column),
          [value](const SpectrumRow& row) { return row.numbers.laplacian.*value; }};
}

Table<SpectrumRow>::Entry of_values(Column column, double SingularNumbers::*value) {
  return {std::move(column),
          [value](const SpectrumRow& row) { return row.numbers.singular.*value; }};
}

Table<SpectrumRow>::Entry of_walk(Column column, double WalkNumbers::*value) {
  return {std::move(column), [value](const SpectrumRow& row) { return row.numbers.walk.*value; }};
}

Table<SignalRow>::Entry of_signal(Column column, double SignalNumbers::*value) {
  return {std::move(column), [value](const SignalRow& row) { return row.numbers.*value; }};
}

const Column eigenvalue{.name = "value", .about = "eigenvalue of the Laplacian", .rank = 0};

}  // namespace

Table<SpectrumRow> spectrum_table(bool fused) {
  return {
      {columns::layer, &SpectrumRow::layer},
      {columns::head(fused), &SpectrumRow::head},
      of_laplacian(
          {.name = "fiedler",
           .about = "how well the tokens hang together, direction aside: 0 where they do not",
           .rank = 0,
           .formula = "second smallest eigenvalue of the Laplacian, which is made of "
                      "S = (A + Aᵀ) / 2 or of the walk",
           .paper = "Fiedler 1973; of directed graphs Chung 2005"},
          &LaplacianNumbers::fiedler),
      of_laplacian({.name = "largest",
                    .about = "largest eigenvalue of the Laplacian; up to 2 where it is normalized",
                    .rank = 3},
                   &LaplacianNumbers::largest),
      of_laplacian({.name = "ratio", .about = "fiedler over largest", .rank = 5},
                   &LaplacianNumbers::ratio),
      of_laplacian({.name = "entropy",
                    .about = "how evenly the eigenvalues share their sum: 0 to 1",
                    .rank = 4,
                    .formula = "-Σ p ln p / ln n, p = λ / Σλ"},
                   &LaplacianNumbers::entropy),
      of_laplacian({.name = "high",
                    .about = "share of the upper half of the eigenvalues in their sum",
                    .rank = 5,
                    .formula = "Σ λ_i / Σλ over i >= n/2, i from 0"},
                   &LaplacianNumbers::high),
      of_values({.name = "sigma", .about = "largest singular value of the weights", .rank = 4},
                &SingularNumbers::sigma),
      of_values(
          {.name = "effective_rank",
           .about = "as many equal singular values are as evenly spread as those of the weights",
           .rank = 1,
           .formula = "exp(-Σ p ln p), p = σ / Σσ",
           .paper = "Roy and Vetterli 2007"},
          &SingularNumbers::effective_rank),
      of_values({.name = "stable_rank",
                 .about = "sum of the squared weights over the largest squared singular value",
                 .rank = 5,
                 .formula = "‖A‖_F² / σ₁²"},
                &SingularNumbers::stable_rank),
      of_walk({.name = "gap",
               .about = "how fast a random walk forgets where it began: 0 never, 1 at once",
               .rank = 0,
               .formula = "1 - |λ₂|, P = rows of A over their sums"},
              &WalkNumbers::gap),
      of_walk({.name = "mixing",
               .about = "steps after which it is within 1/4 of where it ends, from every token",
               .rank = 1,
               .formula = "least t with max_i TV(Pᵗ(i, ·), π) <= 1/4",
               .paper = "Levin and Peres 2017"},
              &WalkNumbers::mixing),
      of_walk({.name = "kemeny",
               .about = "mean steps to a token drawn from where it ends, the same from every token",
               .rank = 3,
               .formula = "Σ_{i>=2} 1 / (1 - λ_i)",
               .paper = "Kemeny and Snell 1960"},
              &WalkNumbers::kemeny),
      of_walk({.name = "entropy_rate",
               .about = "how much each of its steps tells once it has mixed, in nats",
               .rank = 2,
               .formula = "Σ π_i H(P(i, ·))",
               .paper = "Shannon 1948"},
              &WalkNumbers::entropy_rate),
      {{.name = "log_self",
        .about =
            "mean logarithm of what tokens give themselves; none where one gives itself nothing",
        .rank = 3,
        .formula = "mean of ln A[i, i] over rows that are not zero; if causal, ln |det A| / n",
        .paper = "Sriramanan et al. 2024 (LLM-Check)"},
       [](const SpectrumRow& row) { return row.numbers.log_self; }}};
}

Table<EigenvalueRow> eigenvalue_table(bool fused) {
  return {{columns::layer, &EigenvalueRow::layer},
          {columns::head(fused), &EigenvalueRow::head},
          {{.name = "index",
            .type = ColumnType::integer,
            .about = "place of the eigenvalue among all, counted from 0, the smallest",
            .rank = 0},
           &EigenvalueRow::index},
          {eigenvalue, &EigenvalueRow::value}};
}

Table<TokenEigenvalueRow> token_eigenvalue_table(bool fused, Known labels) {
  const Column index{.name = "index",
                     .type = ColumnType::integer,
                     .about = "token that the eigenvalue is of, counted from 0",
                     .rank = 0};
  return {{columns::layer, &TokenEigenvalueRow::layer},
          {columns::head(fused), &TokenEigenvalueRow::head},
          {index, &TokenEigenvalueRow::index},
          {eigenvalue, &TokenEigenvalueRow::value},
          {columns::label_of(index, labels), &TokenEigenvalueRow::label}};
}

Table<SignalRow> signal_table(bool fused) {
  return {
      {columns::layer, &SignalRow::layer},
      {columns::head(fused), &SignalRow::head},
      of_signal({.name = "energy",
                 .about = "how much the signal differs between tokens that attend to each other",
                 .formula = "tr(Xᵀ L X)"},
                &SignalNumbers::energy),
      of_signal({.name = "smoothness",
                 .about = "the same for a signal of length 1: 0 where neighbours have the same",
                 .rank = 0,
                 .formula = "energy / ‖X‖²"},
                &SignalNumbers::smoothness),
      of_signal({.name = "signal_entropy",
                 .about = "how evenly the modes of the Laplacian share the signal, in nats",
                 .rank = 0,
                 .formula = "-Σ e ln e, e = ‖u_iᵀ X‖² / ‖X‖²"},
                &SignalNumbers::entropy),
      of_signal({.name = "signal_high",
                 .about = "share of the signal in the highest modes",
                 .rank = 0,
                 .formula = "Σ e_i over i >= (1 - cutoff) n"},
                &SignalNumbers::high)};
}

}  // namespace attngraph

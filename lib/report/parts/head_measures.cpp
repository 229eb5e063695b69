#include "report/parts/head_measures.hpp"

namespace attngraph::head_measure {

const Column entropy{
    .name = "entropy",
    .about = "how widely a row is spread, in nats: 0 on one key, ln n evenly on n; mean over rows",
    .formula = "H = -Σ_k w ln w"};
const Column entropy_normalized{
    .name = "entropy_normalized",
    .about =
        "entropy over that of a row spread evenly over the keys it sees: 0 to 1; mean over rows",
    .rank = 5,
    .formula = "H / ln(keys that the row sees), over rows that see two or more"};
const Column support{.name = "support",
                     .about = "as many keys, evenly weighted, have this entropy; mean over rows",
                     .rank = 4,
                     .formula = "exp(H)"};
const Column max_weight{
    .name = "max_weight", .about = "largest weight of a row; mean over rows", .rank = 4};
const Column distance{.name = "distance",
                      .about = "how many tokens away a row looks; mean over rows",
                      .formula = "Σ_k w |q - k|"};
const Column self{.name = "self",
                  .about = "share of its attention that a token gives itself; mean over rows"};
const Column previous{
    .name = "previous",
    .about = "share that goes to the token just before; mean over rows that have one"};
const Column next{
    .name = "next",
    .about = "share that goes to the token just behind; mean over rows that have one"};
const Column first{
    .name = "first", .about = "share that goes to the first token; mean over rows", .rank = 3};
const Column backward{
    .name = "backward", .about = "share that goes to all tokens before; mean over rows", .rank = 6};
const Column forward{
    .name = "forward", .about = "share that goes to all tokens behind; mean over rows", .rank = 6};
const Column sink_token{
    .name = "sink_token",
    .type = ColumnType::integer,
    .about = "key with the largest mean attention, among those that half of the queries see",
    .rank = 2};
const Column sink_mass{
    .name = "sink_mass",
    .about = "mean attention to the sink of the queries that see it; above 0.3 it is one",
    .rank = 0,
    .formula = "max_k mean_q A[q, k] over queries q that see k, keys k seen by half of them",
    .paper = "Xiao et al. 2024; Gu et al. 2025 for the threshold"};
const Column duplicate{
    .name = "duplicate",
    .about = "share that goes to earlier occurrences of the token itself; mean over rows",
    .rank = 3,
    .formula = "Σ A[q, j] over j < q with the token of q"};
const Column induction{
    .name = "induction",
    .about = "share that goes to what followed earlier occurrences of the token; mean over rows",
    .rank = 3,
    .formula = "Σ A[q, j + 1] over j < q with the token of q",
    .paper = "Olsson et al. 2022"};
const Column gini{
    .name = "gini",
    .about = "how unequal the weights of a row are: 0 all alike, near 1 all on one; mean over rows",
    .rank = 3};
const Column sink_rate{.name = "sink_rate",
                       .about = "share of these heads whose sink_mass is over 0.3",
                       .paper = "Gu et al. 2025"};

}  // namespace attngraph::head_measure

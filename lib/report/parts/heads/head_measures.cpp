#include "report/parts/heads/head_measures.hpp"

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
    .paper = "Xiao et al. 2024; Gu et al. 2025 for the threshold, who ask key 0 alone"};
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
const Column distant{
    .name = "distant",
    .about = "share that goes to keys 64 tokens or more away, not the first 4; mean over rows",
    .rank = 7,
    .formula = "Σ A[q, k] over k >= 4 with k <= q - 64, without a causal mask |q - k| >= 64"};
const Column copy{
    .name = "copy",
    .about = "share of rows that look most at a token like the one that comes next",
    .rank = 3,
    .formula =
        "token(argmax_k A[q, k]) = token(q + 1): share of such q; from one part to another "
        "their number over the tokens of the part copied from",
    .paper = "Wu et al. 2024 (retrieval heads) for the second"};
const Column grid_distance{
    .name = "grid_distance",
    .about = "how many patches away a patch looks on the image; mean over rows of patches",
    .rank = 1,
    .formula = "Σ_k w ‖pos_q - pos_k‖ over patches k, in rows and columns of the grid",
    .paper = "Dosovitskiy et al. 2021"};
const Column spatial_entropy{
    .name = "spatial_entropy",
    .about = "over how many places of the image the row of the target is spread, in nats",
    .rank = 1,
    .formula = "-Σ p ln p over the pieces, corners touching, of max(w - mean w, 0) on the grid",
    .paper = "Kang et al. 2025 (localization heads)"};
const Column sink_rate{.name = "sink_rate",
                       .about = "share of these heads whose sink_mass is over 0.3",
                       .paper = "Gu et al. 2025, who ask it of key 0 alone"};

}  // namespace attngraph::head_measure

// What commands refuse, each with its status and the text: one line for each way of asking wrong
// that no other test of an error asks.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "cli/transcript.hpp"
#include "run.hpp"

using namespace attngraph;

namespace {

struct Refusal {
  std::string command;
  int status;
  std::string text;
  std::string hint = {};
};

/// `@x` is the file x of tests/cli/inputs.
std::string with_inputs(std::string command) {
  const std::string folder = "tests/cli/inputs/";
  for (std::size_t at = 0; (at = command.find('@', at)) != std::string::npos;) {
    command.replace(at, 1, folder);
  }
  return command;
}

const std::string cats = " data/minilm/cats/attention.npy ";
const std::string digits = " --input data/small/digits-spatial/x.npy ";
const std::string pair = " --query @tokens_2x2.json --key @tokens_2x2.json ";

const std::vector<Refusal>& refusals() {
  static const std::vector<Refusal> all{
      {"attend foo" + pair, 2, "'foo' is one argument too many", "see attngraph attend --help"},
      {"attend" + pair + "--softcap 0", 2, "--softcap: 0 is outside 1e-30 to 1e30"},
      {"attend" + pair + "--softcap 1e300", 2, "--softcap: 1e+300 is outside 1e-30 to 1e30"},
      {"heads - -", 2, "-: stands twice, and standard input can be read once"},
      {"attend --query @heads_2x2x2.json --key @heads_2x2x2.json --sink-logits @numbers_3.json", 3,
       "--sink-logits @numbers_3.json: has shape [3], expected one number for each of 2 heads"},
      {"attend --input @tokens_2x2.json --query @tokens_2x2.json", 2,
       "--input: stands in place of --query, give one of them"},
      {"attend --input @tokens_2x2.json --wk @tokens_2x2.json", 2,
       "--wq: is missing, --input needs it",
       "--wq FILE: projection of queries, [out, in] as PyTorch stores it"},
      {"attend --input @tokens_2x2.json --wq @tokens_2x2.json", 2,
       "--wk: is missing, --input needs it", "--wk FILE: projection of keys"},
      {"attend --query @tokens_2x3.json --key @tokens_2x3.json --heads 2 --wq @tokens_2x3.json "
       "--wk @tokens_2x3.json --shared-projection",
       3, "--query @tokens_2x3.json: has width 3, which is no multiple of 2 heads"},
      {"attend --query @heads_2x2x2.json --key @tokens_2x2.json", 3,
       "--key @tokens_2x2.json: has shape [2, 2], expected as many axes as --query, 3"},
      {"attend --query @heads_3x2x2.json --key @heads_2x2x2.json", 3,
       "--key @heads_2x2x2.json: has 2 heads, expected a divisor of the 3 query heads"},
      {"attend" + pair + "--features-out f.npy", 2,
       "--features-out: needs values: --value, or --input with --wv"},
      {"attend" + pair + "--value @tokens_2x2.json --features-out x.svg", 2,
       "--features-out: is not written as svg",
       "it writes table, markdown, chart, csv, tsv, json, jsonl, npy, npz"},
      {"attend" + pair + "--value @tokens_2x2.json --features-out f.npy --head 0", 2,
       "--head: does not go with --features-out: features are of all heads"},
      {"attend" + pair + "-o {stem}.csv", 2, "-o: there is no placeholder {stem}",
       "there is no input here whose name could be filled in"},
      {"rollout" + cats + "--discard 1", 2, "--discard: is not a number from 0 to below 1"},
      {"rollout" + cats + "--fuse max --gradient data/minilm/cats/gradient.npy", 2,
       "--fuse: with --gradient heads are fused by their mean"},
      {"rollout" + cats + "--start-layer x", 2, "--start-layer: 'x' is not the index of a layer",
       "see attngraph rollout --help"},
      {"rollout" + cats + "--grid 2x2 -o x.svg", 2,
       "--grid: is about one output over the patches of an image",
       "--target 0 asks about the first token"},
      {"pool --input @numbers_3.json --w1 @tokens_2x2.json --b1 @numbers_3.json --w2 "
       "@numbers_3.json",
       3,
       "--input @numbers_3.json: has shape [3], expected [token, width] or [batch, token, width]"},
      {"spatial" + digits +
           "--bv data/small/digits-spatial/bv.npy --wq data/small/digits-spatial/wq.npy --wk "
           "data/small/digits-spatial/wk.npy",
       2, "--bv: needs the convolution it belongs to"},
      {"spatial" + digits +
           "--wq data/small/digits-spatial/wq.npy --wk data/small/digits-spatial/wv.npy",
       3,
       "--wk data/small/digits-spatial/wv.npy: gives 16 numbers for a pixel, expected 2 as --wq"},
      {"spatial" + digits +
           "--wq data/small/digits-spatial/wq.npy --wk data/small/digits-spatial/wk.npy --wv "
           "data/small/digits-spatial/wk.npy --gamma data/small/digits-spatial/gamma.npy",
       3,
       "--wv data/small/digits-spatial/wk.npy: gives 2 numbers for a pixel, expected as many as "
       "channels, 16"},
      {"spatial" + digits +
           "--wq data/small/digits-spatial/wq.npy --wk data/small/digits-spatial/wk.npy "
           "--features-out x.npy",
       2, "--features-out: needs --wv and --gamma"},
      {"graph data/field/K1-ids-with-gaps/edges.csv --edge-weight x", 3,
       "data/field/K1-ids-with-gaps/edges.csv: line 1: no column is called 'x'",
       "leave --edge-weight out: every edge then weighs 1"},
      {"heads" + cats + "--axes layer,head,query", 2, "--axes: the axis key is missing",
       "attention has at least query and key, for example --axes head,query,key"},
      {"heads" + cats + "--axes layer,head,token,width", 2,
       "--axes: names axes of queries and keys, and data/minilm/cats/attention.npy is attention",
       "write for example --axes layer,head,query,key"},
      {"heads data/field/C3-q-k-v/qkv.npz --causal no --axes layer,head,query,key", 2,
       "--axes: names axes of attention, and data/field/C3-q-k-v/qkv.npz: q is no attention",
       "write for example --axes batch,token,head,width"},
      {"heads @six_axes.npy", 3,
       "@six_axes.npy: shape [1, 1, 1, 1, 2, 2] is no attention, expected 2 to 5 axes",
       "save one item, or name the axes of five with --axes"},
      {"heads @two_heads.json --drop-special --tokens @special_tokens.json", 3,
       "--drop-special: every token is a special one"},
      {"heads data/minilm/cats/per_layer.npz:arr_0 --tensor arr_1", 2,
       "--tensor: stands beside 'data/minilm/cats/per_layer.npz:arr_0', which names a tensor "
       "already"},
      {"heads" + cats + "--max-memory 3x", 2, "--max-memory: '3x' is not a size",
       "write for example --max-memory 2G"},
      {"heads --query @heads_2x2x2.json --key @heads_2x2x2.json --axes batch,token,width --batch 3",
       2, "--batch: there is no item 3, expected 0 to 1"},
      {"maxflow @one_token.json --all-pairs", 2,
       "--all-pairs: the graph has one token, two or more were expected"},
      {"centrality" + cats + "--metric in_degree --engine igraph", 2,
       "--engine: is about pagerank and shortest paths, which are not asked for"},
      {"compare" + cats + "--cluster 0", 2, "--cluster: is 0, expected 1 or more"},
      {"compare" + cats + "--cluster 2 -o x.svg", 2,
       "--cluster: gives rows, a picture shows the whole tree"},
      {"compare" + cats + "--against" + cats + "-o x.npy", 2, "--against: gives rows, not an array",
       "an array holds js of every two heads, or with --merges the linkage"},
      {"evict" + pair + "--rope 1", 2, "--rope: '1' is neither none nor a base above 1",
       "see attngraph evict --help"},
      {"view" + cats + "--metric pagerank,influence -o v.html", 2,
       "--metric: influence is about graphs of attributions, and a page shows none",
       "attngraph centrality FILE --metric influence"},
      {"explain heatmap", 2, "heatmap is a command whose answer has no columns",
       "what it does: attngraph heatmap --help"},
      {"flow missing.npy --cut --words", 2,
       "--words: does not go with --cut, which names edges between single tokens"},
      {"flow" + cats + "--from 0 -o x.svg", 2, "--from: leaves one input, a picture shows all"},
      {"heatmap" + cats + "--target 0 --sums -o x.svg", 2,
       "--sums: is about the keys of a matrix, --target asks for one row"},
      {"norms @two_heads.json --value @tokens_2x3.json", 3,
       "--value @tokens_2x3.json: has shape [2, 3], expected a multiple of the 2 heads as width"},
      {"norms @layers_0_1.json --value @layers_1_2.json:*value", 3,
       "@layers_1_2.json: layers.0.attn … layers.1.attn (2 arrays) [2, 2] and layers.1.value … "
       "layers.2.value (2 arrays) [2, 2] are of different layers by their names, expected the same",
       "give those of the same layers, such as --tensor 'layers.1.attn' and --value "
       "'@layers_1_2.json:layers.1.value'"},
      {"rollout @layers_0_1.json --gradient @layers_1_2.json:*grad", 3,
       "@layers_1_2.json: layers.0.attn … layers.1.attn (2 arrays) [2, 2] and layers.1.grad … "
       "layers.2.grad (2 arrays) [2, 2] are of different layers by their names, expected the same",
       "give those of the same layers, such as --tensor 'layers.1.attn' and --gradient "
       "'@layers_1_2.json:layers.1.grad'"},
      {"norms" + cats + "--value @tokens_2x2.json --wo @tokens_2x2.json --per-head --mixing", 2,
       "--per-head: does not go with --residual-stream or --mixing, which are about the sum of all "
       "heads"},
      {"pairs" + cats + "--gold data/minilm/cats/coreference.csv --summary --top 3", 2,
       "--top: is about pairs, and with --summary the answer is about heads"},
      {"sparsify" + cats + "--edges --top-k 1 -o x.svg", 2,
       "--edges: is not for pictures, which show what is lost against what is kept"},
      {"sparsify" + cats + "--edges --top-k 1 -o x.npy", 2, "--edges: gives rows, not an array",
       "an array holds the edges that are left"},
      {"sparsify" + cats + "--edges --top-k 1 --value @tokens_2x2.json", 2,
       "--value: is for the report and for --features-out, not for --edges"},
      {"sparsify" + cats + "--top-k 1 --features-out f.npy", 2, "--features-out: needs --value"},
      {"sparsify @two_heads.json --fuse mean --top-k 1 --value @heads_2x2x2.json", 2,
       "--fuse: leaves no single heads, which values [head, key, width] need"},
      {"graph" + cats + "--skip-existing -o {layer}-{head}.svg", 2,
       "--skip-existing: does not go with {layer} and {head}, which the inputs fill"},
      {"norms @layers_0_1.json --value @heads_2x2x2.json", 3,
       "@heads_2x2x2.json: shape [2, 2, 2] may be [head, token, width], or [layer, token, width] "
       "with heads side by side in the width",
       "choose a layer with --layer, or, where heads lie side by side, say how many there are: "
       "--heads 1"},
      {"norms @layers_0_1.json --value data/minilm/short/qkv.safetensors:*", 3,
       "data/minilm/short/qkv.safetensors: '*' names arrays of different kinds, key [6, 12, 8, 32] "
       "and query [6, 12, 8, 32]",
       "name one as data/minilm/short/qkv.safetensors:NAME; it holds key, query, value"},
      {"attend --query @projections.json:*.q_proj --key @projections.json:*.k_proj --heads 2 "
       "--batch 0-1",
       2, "--batch: chooses one item where --query and --key name layers"},
      {"heads @layers_that_differ.json", 3,
       "@layers_that_differ.json: layer_1: shape [3, 3] differs from that of layer_0, [2, 2]",
       "where these are different inputs, choose one with --tensor 'layer_0'"},
      {"segments data/small/gpt/attention.npy --tokens @special_at_the_end.json --lookback 47 "
       "--drop-special",
       2, "--lookback: is token 47, and from there on every token is left out"},
      {"segments" + cats + "--lookback 3 -o x.svg", 2, "--lookback: gives rows, not a picture"},
      {"topology" + cats + "--betti share -o x.svg", 2,
       "--betti: gives one row for each head with share, not a picture",
       "a picture needs weights, such as --betti 0.5,0.25,0.1"},
      {"heads" + cats + "--axes layer,head,query,query", 2,
       "--axes: the axis query stands there twice", "see attngraph heads --help"},
      {"heatmap --query @tokens_10001.npy --key @tokens_10001.npy -o x.svg", 5,
       "one picture of all these heads has over 100 million cells",
       "choose some with --layer and --head, fuse them with --fuse mean, or make a file of each "
       "with {layer} and {head} in -o"},
      {"heads @key_of_other_width.json --causal no", 3,
       "@key_of_other_width.json: key: has 3 columns in a head, expected 2"},
      {"heads @key_of_other_width.json --query :query --key :key --causal no", 3,
       "@key_of_other_width.json: --key :key: has 3 columns in a head, expected 2"},
      {"heads @negative_edges.csv --signed positive", 3,
       "@negative_edges.csv: has no weight above 0, and --signed positive leaves out the others",
       "--signed absolute counts them with their size"},
      {"graph @no_links.json", 3,
       "@no_links.json: is a graph without edges, expected edges with weights"},
      {"attend" + pair + "--value @tokens_2x2.json --features-out f.npy --head 0", 2,
       "--head: does not go with --features-out: features are of all heads"},
      {"heads" + cats + "--offsets --gini", 2,
       "--gini: is about the measures of heads, in place of which --offsets stands"},
      {"spectrum" + cats + "--color-by gap", 2, "--color-by: has no effect on table",
       "it is for svg, png, pdf"},
      {"spectrum" + cats + "--eigenvalues --color-by gap -o x.svg", 2,
       "--color-by: is about a map of the heads, which this answer is not"},
      {"structure" + cats + "--members --direction informs", 2,
       "--direction: changes triads and pagerank_max, and no group of --members"},
      {"structure" + cats + "--triads --resolution 2", 2,
       "--resolution: is about communities, which --triads leaves out"},
      {"topology" + cats + "--betti share -o x.svg", 2,
       "--betti: gives one row for each head with share, not a picture",
       "a picture needs weights, such as --betti 0.5,0.25,0.1"},
      {"graph @edges.csv --tensor attention", 2,
       "--tensor: @edges.csv holds edges, and it is about arrays", "leave it out"},
      {"graph @edges.csv:attention", 3, "@edges.csv: holds edges, and no member called 'attention'",
       "name the file alone, without :attention"},
      {"graph @edges.csv --dtype bfloat16", 2,
       "--dtype: @edges.csv holds edges, and it is about arrays", "leave it out"},
      {"graph @edges.csv --batch 1", 3,
       "@edges.csv: no column says of which item of a batch a row is", "leave --batch out"},
      {"graph @attributions.json --batch 1", 2,
       "--batch: @attributions.json holds edges, and it is about rows with a column batch, and "
       "arrays",
       "leave it out"},
      {"graph @attributions.json --cross", 2,
       "--cross: @attributions.json has nodes of one kind, not queries and keys",
       "nodes of a graph are those where queries are called q:…, keys k:…"},
      {"graph @edges.csv --cross --nodes 4", 2,
       "--nodes: counts the tokens of one text, and --cross says two", "leave one of them out"},
      {"heads --query data/small/gpt/query.npy --key data/small/gpt/key.npy --cross --query-tokens "
       "data/minilm/cats/tokens.json",
       3, "--query-tokens data/minilm/cats/tokens.json: 17 labels for 48 queries",
       "give one label for each query with --query-tokens"},
      {"graph @edges.csv --query-tokens data/minilm/cats/tokens.json --axes key,query", 2,
       "--axes: says that edges lead from the key, and with --query-tokens sources are queries",
       "leave --axes out, and call the columns query and key"},
      {"heads --stack @two_heads.json @edges.csv", 3,
       "@two_heads.json …: some files hold arrays, others edges", "stack files of one kind"},
      {"explain zzzzzzzz", 2, "no column, number or kind of head is called 'zzzzzzzz'",
       "attngraph explain heads lists those of heads, a command"}};
  return all;
}

}  // namespace

TEST_CASE("every way of asking wrong has its status, its text and its hint, and answers nothing") {
  for (const Refusal& refusal : refusals()) {
    CAPTURE(refusal.command);
    std::istringstream in;
    std::ostringstream out, err;
    CHECK(run(test::words(with_inputs(refusal.command)), in, out, err) == refusal.status);
    CHECK(out.str().empty());
    std::string expected = "attngraph: " + with_inputs(refusal.text) + "\n";
    if (!refusal.hint.empty()) expected += "hint: " + with_inputs(refusal.hint) + "\n";
    CHECK(err.str().substr(std::min(err.str().find("attngraph: "), err.str().size())) == expected);
  }
}

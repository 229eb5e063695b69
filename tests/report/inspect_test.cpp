#include "report/questions/inspect.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "reading/sample.hpp"
#include "report/recording_sink.hpp"

using namespace attngraph;

namespace {

InspectOptions as(InspectLayout layout) {
  InspectOptions options;
  options.layout = layout;
  return options;
}

/// The card as lines `property: value`.
std::string card(const Dump& dump, const InspectOptions& options = {}) {
  RecordingSink sink;
  inspect_report(dump, options, sink);
  std::string lines;
  for (const auto& row : sink.table) {
    lines += std::get<std::string>(row[0]) + ": " + std::get<std::string>(row[1]) + "\n";
  }
  return lines;
}

bool shows(const std::string& text, const std::string& line) {
  return text.find(line + "\n") != text.npos;
}

Dump square(std::vector<double> weights) {
  const auto n = static_cast<std::size_t>(std::lround(std::sqrt(weights.size())));
  return dump_of({{"attention", Tensor::from(std::move(weights), {1, n, n})}});
}

}  // namespace

TEST_CASE("the card is the reading in full") {
  Dump dump = dump_of({{"layer_2", uniform({1, 2, 3, 3})},
                       {"layer_10", uniform({1, 2, 3, 3})},
                       {"hidden", counting({3, 4})}});
  dump.format = "NPZ";
  dump.tokens = {"[CLS]", "a", "##b"};
  dump.unread = {{"scale", InputError("a.npz: scale", "is float8")}};
  CHECK(card(dump) ==
        "file: a.npz\n"
        "format: NPZ\n"
        "tensor: layer_2 … layer_10 (2 arrays)\n"
        "shape: [1, 2, 3, 3]\n"
        "axis_order: [batch, head, query, key]\n"
        "dtype: float64\n"
        "layers: 2\n"
        "  in order: 2: layer_2 layer_10\n"
        "heads: 2\n"
        "queries: 3\n"
        "keys: 3\n"
        "sides: self-attention\n"
        "causal: no\n"
        "row sums: 1\n"
        "zeros: 0 of 36 (0 %)\n"
        "tokens: 3: [CLS] a ##b\n"
        "pieces: marked by '##'\n"
        "special tokens: 0 [CLS]\n"
        "not read: hidden [3, 4] float64\n"
        "not read: scale: is float8\n"
        "verdict: attention: every row sums to 1\n");
}

TEST_CASE("what is left of arrays that are called alike is listed as not read") {
  const Dump dump = dump_of({{"block.0.attn.0", counting({3, 3})},
                             {"block.0.attn.1", uniform({3, 3})},
                             {"block.1.attn.0", counting({3, 3})},
                             {"block.1.attn.1", uniform({3, 3})}});
  const std::string text = card(dump);
  CHECK(shows(text, "  in order: 2: block.0.attn.1 block.1.attn.1"));
  CHECK(shows(text, "not read: block.0.attn.0 … block.1.attn.0 (2 arrays) [3, 3] float64"));
}

TEST_CASE("both sides of cross-attention are listed as options accept them") {
  Dump dump = dump_of({{"cross_attentions.0", uniform({1, 1, 2, 3})}});
  const std::string bare = card(dump);
  CHECK(shows(bare, "sides: cross-attention"));
  CHECK(shows(bare, "query labels: q:0 to q:1 (give them with $query-tokens)"));
  CHECK(shows(bare, "key labels: k:0 to k:2 (give them with $tokens)"));
  InspectOptions options;
  options.request.tokens = {"le", "chat", "."};
  options.request.query_tokens = {"the", "cat"};
  const std::string labelled = card(dump, options);
  CHECK(shows(labelled, "query labels: 2: q:the q:cat"));
  CHECK(shows(labelled, "key labels: 3: k:le k:chat k:."));
}

TEST_CASE("a batch and steps are said, and the batch is a finding") {
  const std::string text = card(dump_of(
      {{"step_0.layer_0", uniform({2, 1, 1, 1})}, {"step_1.layer_0", uniform({2, 1, 1, 2})}}));
  CHECK(shows(text, "steps: 2 steps of generate(), put together"));
  CHECK(shows(text, "batch: 0 of 0 to 1"));
  CHECK(shows(text, "finding: a batch of 2 is left in; this is item 0"));
}

TEST_CASE("a file without attention lists what it holds and says why") {
  const std::string text = card(dump_of({{"q", counting({3, 4})}, {"k", counting({3, 4})}}));
  CHECK(shows(text, "array: k [3, 4] float64"));
  CHECK(shows(text, "verdict: holds q and k, not attention"));
  CHECK(shows(text, "  cure: attngraph attend $query a.npz:q $key a.npz:k computes the attention"));
  CHECK(shows(card(dump_of({{"x", uniform({3, 3})}, {"y", uniform({3, 3})}})),
              "  cure: choose one with $tensor 'x' or $tensor 'y'"));
}

TEST_CASE("what is wrong is found, with its cure") {
  const auto finds = [](const Dump& dump, const std::string& what) {
    const std::string text = card(dump);
    return text.find(what) != text.npos && text.find("cure: ") != text.npos;
  };
  CHECK(finds(square({.5, -.5, .5, .5}), "hold negative numbers: scores"));
  CHECK(finds(square({.7, .7, .3, .3}), "it lies transposed"));
  CHECK(finds(square({.6, .6, 0, .8}), "dropout was on"));
  CHECK(finds(square({.4, .4, .3, .4}), "sum to less than 1"));
  CHECK(finds(square({.5, 5, .5, .5}), "do not sum to 1"));
  CHECK(finds(square({NAN, .5, .5, .5}), "hold NaN or infinite weights"));
  CHECK(finds(square({NAN, NAN, .5, .5}), "whole rows of NaN: queries that see no key"));
  CHECK(finds(square({0, 0, 0, 0}), "are all zeros"));
  CHECK(finds(square({1, 0, 0, .5, .5, 0, .5, .5, 0}), "keys at the end unseen"));
  CHECK(finds(square({0, 0, 0, 0, 1, 0, 0, .5, .5}), "padding on the left"));
  CHECK(finds(square({1, 0, 1e-6, .5, .5, 0, .5, .25, .25}), "causal but for a tiny mass"));
}

TEST_CASE("layers of stages are listed, with how to ask about one") {
  const std::string text = card(
      dump_of({{"attentions.0", uniform({4, 1, 3, 3})}, {"attentions.1", uniform({1, 2, 3, 3})}}));
  CHECK(text.find("as layers of stages have (Swin)") != text.npos);
  CHECK(text.find("$tensor 'attentions.0'") != text.npos);
}

TEST_CASE("what is said of attention is held against its weights") {
  InspectOptions options;
  options.request.causal = true;
  CHECK(shows(card(square({.5, .5, .5, .5}), options),
              "layer 0, head 0 sees later keys, and $causal yes says that none does"));
  CHECK_FALSE(shows(card(square({1, 0, .5, .5}), options), "sees later keys"));
}

TEST_CASE("that steps are causal is no word of the user, and padding in them has its own finding") {
  const Tensor prompt = Tensor::from(std::vector<double>{.5, .5, 0, 1}, {1, 1, 2, 2});
  const Tensor next = Tensor::from(std::vector<double>{0, .4, .6}, {1, 1, 1, 3});
  const Dump steps = dump_of({{"step_0.layer_0", prompt}, {"step_1.layer_0", next}});
  CHECK(card(steps).find("sees later keys") == std::string::npos);
  CHECK(card(steps).find("padding on the left") != std::string::npos);
  InspectOptions options;
  options.request.causal = true;
  CHECK(card(steps, options).find("sees later keys") != std::string::npos);
}

TEST_CASE("numbers that are the bits of others get no advice to divide them") {
  const std::string half("\x00\x3f", 2);  // 0.5 in bfloat16
  const std::string text = card(
      dump_of({{"attention", Tensor(Bytes::from(half + half + half + half), Dtype::u16, {2, 2})}}));
  CHECK(shows(text, "  cure: $dtype bfloat16 reads them so"));
  CHECK(text.find("$normalize") == text.npos);
}

TEST_CASE("strict makes the first finding an error") {
  InspectOptions options;
  options.strict = true;
  CHECK(error_of<InputError>([&] {
          card(square({.5, -.5, .5, .5}), options);
        }).starts_with("a.npz: 1 of 1 heads hold negative numbers"));
}

TEST_CASE("a script gets one row for the attention and one for each family that is none") {
  RecordingSink sink;
  inspect_report(dump_of({{"attention", uniform({2, 2, 3, 3})},
                          {"h.0", counting({3, 4})},
                          {"h.1", counting({3, 4})}}),
                 as(InspectLayout::tensors), sink);
  REQUIRE(sink.table.size() == 2);
  CHECK(std::get<std::string>(sink.table[0][1]) == "attention");
  CHECK(std::get<std::string>(sink.table[1][1]) == "h.0 … h.1 (2 arrays)");
  CHECK(std::get<std::string>(sink.table[1][2]).empty());
}

TEST_CASE("each head has a row with its verdict") {
  RecordingSink sink;
  inspect_report(dump_of({{"attention", Tensor::from(std::vector<double>{1, 0, .5, .5, 1, 1, 0, 1},
                                                     {2, 2, 2})}}),
                 as(InspectLayout::heads), sink);
  REQUIRE(sink.table.size() == 2);
  CHECK(std::get<std::string>(sink.table[0].back()) == "ok");
  CHECK(std::get<std::string>(sink.table[1].back()) != "ok");
}

TEST_CASE("a script gets one row for the graphs of a file, and with heads one for each") {
  Dump dump;
  dump.source = "a.csv";
  dump.nodes = 3;
  dump.tokens = {"a", "b", "c"};
  dump.edges.push_back({2, 5, {3, {0, 1, 1, 2}, {0, 0, 1, 1}, {1, .5, .5, 1}}});
  dump.edges.push_back({4, 3, {3, {0, 1}, {1, 1}, {1, -2}}});
  RecordingSink files, heads;
  inspect_report(dump, as(InspectLayout::tensors), files);
  REQUIRE(files.table.size() == 1);
  const std::vector<std::variant<double, std::string>> row{
      "a.csv", "",  "",  "6 edges", "",     2.0, 1.0, 3.0, 3.0, "no",    -2.0, 1.0, 12 / 18.0,
      1.0,     0.0, 1.0, 3.0,       "self", 0.0, 0.0, 0.0, "",  "a b c", "",   ""};
  CHECK(files.table[0] == row);
  inspect_report(dump, as(InspectLayout::heads), heads);
  REQUIRE(heads.table.size() == 2);
  CHECK(heads.schema.back().name == "verdict");
  CHECK(std::get<double>(heads.table[0][2]) == 5);
  CHECK(std::get<std::string>(heads.table[0].back()) == "ok");
  CHECK(std::get<std::string>(heads.table[1].back()) == "negative");
}

TEST_CASE("both sides of a graph between queries and keys are told") {
  Dump dump;
  dump.source = "a.csv";
  dump.nodes = 3;
  dump.queries = 1;
  dump.tokens = {"the", "le", "chat"};
  dump.edges.push_back({0, 0, {3, {0, 0}, {1, 2}, {NAN, 1}}});
  RecordingSink files, heads;
  inspect_report(dump, as(InspectLayout::tensors), files);
  REQUIRE(files.table.size() == 1);
  CHECK(std::get<double>(files.table[0][7]) == 1);
  CHECK(std::get<double>(files.table[0][8]) == 2);
  CHECK(std::get<std::string>(files.table[0][17]) == "cross");
  CHECK(std::get<std::string>(files.table[0][21]) == "q:the");
  CHECK(std::get<std::string>(files.table[0][22]) == "k:le k:chat");
  inspect_report(dump, as(InspectLayout::heads), heads);
  CHECK(std::get<std::string>(heads.table[0].back()) == "NaN");
}

TEST_CASE("heads are asked of graphs and of attention only") {
  RecordingSink sink;
  const Dump dump = dump_of({{"q", counting({3, 4})}, {"k", counting({3, 4})}});
  CHECK_THROWS_WITH_AS(inspect_report(dump, as(InspectLayout::heads), sink),
                       "a.npz: holds q and k, not attention", InputError);
}

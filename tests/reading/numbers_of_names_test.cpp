#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "reading/reading_text.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

using Names = std::vector<std::string>;

/// Matrices [2, 2] of which the i-th begins with i / 10.
std::vector<NamedTensor> numbered(const Names& names, const Shape& shape = {2, 2}) {
  std::vector<NamedTensor> arrays;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<double> values;
    for (std::size_t row = 0; row < count_of(shape) / 2; ++row) {
      values.insert(values.end(), {static_cast<double>(i) / 10, 1 - static_cast<double>(i) / 10});
    }
    arrays.push_back({names[i], Tensor::from(std::move(values), shape)});
  }
  return arrays;
}

Names two_by_two(const std::string& before, const std::string& between) {
  return {before + "0" + between + "0", before + "0" + between + "1", before + "1" + between + "0",
          before + "1" + between + "1"};
}

ReadingRequest with_axes(const std::string& axes) {
  ReadingRequest request;
  request.axes = axes_named(axes);
  return request;
}

ReadingRequest with_tensor(const std::string& name) {
  ReadingRequest request;
  request.tensor = name;
  return request;
}

Reading read(const std::vector<NamedTensor>& arrays, const ReadingRequest& request = {}) {
  return attention_reading(dump_of(arrays), request);
}

std::string fault(const std::vector<NamedTensor>& arrays, const ReadingRequest& request = {}) {
  return error_of<InputError>([&] { read(arrays, request); });
}

/// The first weight of each head of each layer.
std::vector<std::vector<double>> first_weights(const Reading& reading) {
  std::vector<std::vector<double>> layers;
  for (const Tensor& layer : reading.layers) {
    layers.emplace_back();
    for (std::size_t h = 0; h < reading.heads(); ++h) {
      layers.back().push_back(layer.at(0, h).to_doubles()[0]);
    }
  }
  return layers;
}

using Weights = std::vector<std::vector<double>>;
const Weights two_layers_of_two{{0, .1}, {.2, .3}};

}  // namespace

TEST_CASE("h beside a layer counts heads, in any spelling and order") {
  const std::vector<std::pair<const char*, const char*>> spellings{{"L", "H"},
                                                                   {"l", "h"},
                                                                   {"L", "_H"},
                                                                   {"attn_L", ".H"},
                                                                   {"layer_", ".h"},
                                                                   {"blk", "_hd"},
                                                                   {"layer_idx_", "_head_idx_"},
                                                                   {"EncoderLayer_", "/AttnHead_"},
                                                                   {"l", "/h"}};
  for (const auto& spelling : spellings) {
    const Names names = two_by_two(spelling.first, spelling.second);
    CHECK_MESSAGE(first_weights(read(numbered(names))) == two_layers_of_two, names.front());
  }
  CHECK(first_weights(read(numbered({"h0l0", "h0l1", "h1l0", "h1l1"}))) ==
        Weights{{0, .2}, {.1, .3}});
  CHECK(first_weights(read(numbered({"layer_3.h0", "layer_3.h1"}))) == Weights{{0, .1}});
  CHECK(first_weights(read(numbered(two_by_two("layer_", ".h"), {1, 1, 2, 2}))) ==
        two_layers_of_two);
}

TEST_CASE("h beside a head counts layers, as GPT-2 calls them") {
  CHECK(first_weights(read(numbered(two_by_two("transformer.h.", ".head_")))) == two_layers_of_two);
  CHECK(read(numbered({"h.0", "h.1"}, {1, 2, 2, 2})).layers.size() == 2);
  CHECK(read(numbered({"transformer.h.0.attn", "transformer.h.1.attn"})).layers.size() == 2);
  CHECK(read(numbered({"gpt2/h0/attn", "gpt2/h1/attn"})).layers.size() == 2);
}

TEST_CASE("h of matrices alone may count heads or layers, and each option reads it so") {
  const auto arrays = numbered({"H0", "H1"});
  CHECK(fault(arrays) ==
        "a.npz: H0 … H1 (2 arrays) [2, 2]: 'h' may count the heads of a layer, or layers / say "
        "which: $axes head,query,key, or $axes layer,query,key");
  CHECK(first_weights(read(arrays, with_axes("head,query,key"))) == Weights{{0, .1}});
  CHECK(first_weights(read(arrays, with_axes("layer,query,key"))) == Weights{{0}, {.1}});
}

TEST_CASE("two numbers of matrices are named by the first axes") {
  const auto arrays = numbered(two_by_two("", "_"));
  CHECK(fault(arrays) ==
        "a.npz: 0_0 … 1_1 (4 arrays) [2, 2] differ by two numbers: which counts layers is not "
        "said / say what each counts: $axes layer,head,query,key, or $axes head,layer,query,key");
  CHECK(first_weights(read(arrays, with_axes("layer,head,query,key"))) == two_layers_of_two);
  CHECK(first_weights(read(arrays, with_axes("head,layer,query,key"))) ==
        Weights{{0, .2}, {.1, .3}});
  for (const auto& names : {two_by_two("attn", "_"), two_by_two("a", "b"), two_by_two("(", ", ")}) {
    CHECK(fault(numbered(names)).find("$axes layer,head,query,key") != std::string::npos);
  }
  CHECK(fault(numbered(two_by_two("layer_", "_")))
            .ends_with("$axes layer,head,query,key, or $axes layer,batch,query,key and $batch 0"));
  // steps of [head, key] each
  CHECK(fault(numbered(two_by_two("", "."), {4, 2}))
            .ends_with("; where each is [head, key] of a step of generate(), $axes "
                       "query,layer,head,key, or layer,query,head,key"));
  const Reading steps = read(arrays, with_axes("query,layer,head,key"));
  CHECK(first_weights(steps) == Weights{{0, 0}, {.1, .1}});
  CHECK(steps.layers.front().shape() == Shape{2, 2, 2});
}

TEST_CASE("one row of such matrices is no stack of layers") {
  CHECK(fault(numbered(two_by_two("", ".")), with_tensor("0.*"))
            .find("may count the heads of a layer, or layers") != std::string::npos);
}

TEST_CASE("a row whose word names attention is one of layers still") {
  CHECK(read(numbered({"0.attentions.0", "0.attentions.1"})).layers.size() == 2);
}

TEST_CASE("a number may count items of a batch") {
  const auto arrays = numbered({"x_0", "x_1", "x_2"}, {2, 2, 2});
  ReadingRequest request = with_axes("batch,head,query,key");
  CHECK(error_of<InputError>([&] { read(arrays, request); }).find("holds a batch of 3") !=
        std::string::npos);
  request.batch = 1;
  const Reading reading = read(arrays, request);
  CHECK(first_weights(reading) == Weights{{.1, .1}});
  CHECK(reading_text(reading, {}) ==
        "read as [head, query, key] for each batch, x_0 to x_2: 1 layer of 2 heads, 2 tokens, "
        "self-attention, $batch 1 of 0 to 2");
}

TEST_CASE("a head of three axes may hold layers or a batch, and each option reads it so") {
  const auto arrays = numbered({"head_0", "head_1"}, {3, 2, 2});
  CHECK(fault(arrays) ==
        "a.npz: head_0 … head_1 (2 arrays) [3, 2, 2] are heads by their names, and the first axis "
        "of each may be layers or a batch / say which: $axes layer,query,key, or $axes "
        "batch,query,key and $batch 0; where each has heads of its own, $axes head,query,key");
  const Weights three{{0, .1}, {0, .1}, {0, .1}};
  CHECK(first_weights(read(arrays, with_axes("layer,query,key"))) == three);
  CHECK(read(arrays, with_axes("head,query,key")).layers.size() == 2);
  ReadingRequest batch = with_axes("batch,query,key");
  batch.batch = 2;
  CHECK(first_weights(read(arrays, batch)) == Weights{{0, .1}});
  CHECK(fault(arrays, with_tensor("head_1")).starts_with("a.npz: head_1 [3, 2, 2] are heads"));
  CHECK(fault(numbered({"head_0", "head_1"}, {3, 2, 2, 2})).find("expected [query, key] each") !=
        std::string::npos);
}

TEST_CASE("heads of layers drop a batch of one and ask about a larger one") {
  CHECK(first_weights(read(numbered(two_by_two("layer_", "_head_"), {1, 2, 2}))) ==
        two_layers_of_two);
  CHECK(first_weights(read(numbered(two_by_two("layer_", "_head_"), {1, 1, 2, 2}))) ==
        two_layers_of_two);
  CHECK(fault(numbered(two_by_two("layer_", "_head_"), {3, 2, 2})).find("holds a batch of 3") !=
        std::string::npos);
}

TEST_CASE("what a number counts is no axis of the array too") {
  CHECK(error_of<ArgumentError>([] {
          read(numbered(two_by_two("layer_", "_head_"), {3, 2, 2}), with_axes("head,query,key"));
        }).starts_with("$axes: [head, query, key] names what the number in the name of"));
}

TEST_CASE("every layer has the same heads, each once") {
  CHECK(fault(numbered({"L0H0", "L0H1", "L1H0", "L1H2"})) ==
        "a.npz: L1H0: its layer has other numbers than that of L0H0 / a head of a layer is "
        "missing");
  CHECK(fault(numbered({"L0H0", "L0H00", "L0H1"})).find("has the same numbers as") !=
        std::string::npos);
  CHECK(fault(numbered({"0_0", "0_1", "1_0"}), with_axes("query,head,layer,key"))
            .find("names 4 axes") == std::string::npos);
}

TEST_CASE("two numbers that both count layers are asked about, unless the one holds the other") {
  const auto tutorial = numbered({"decoder_layer1_block1", "decoder_layer1_block2",
                                  "decoder_layer2_block1", "decoder_layer2_block2"},
                                 {1, 2, 2, 2});
  CHECK(fault(tutorial) ==
        "a.npz: decoder_layer1_block1 … decoder_layer2_block2 (4 arrays) [1, 2, 2, 2] differ by "
        "two numbers: which counts layers is not said / choose the layers of one: $tensor "
        "'decoder_layer1_block*' where the second counts them, $tensor 'decoder_layer*_block1' "
        "where the first does");
  CHECK(first_weights(read(tutorial, with_tensor("decoder_layer*_block1"))) ==
        Weights{{0, 0}, {.2, .2}});
  CHECK(read(numbered(two_by_two("layers.", ".blocks."), {1, 2, 2, 2})).layers.size() == 4);
  CHECK(read(numbered(two_by_two("stage", "_layer"), {1, 2, 2, 2})).layers.size() == 4);
  CHECK(first_weights(read(numbered({"block_1/attention_1", "block_2/attention_2"}))) ==
        Weights{{0}, {.1}});
}

TEST_CASE("of three numbers that say nothing one is to be left out") {
  const std::string error = fault(numbered({"0.0.0", "0.0.1", "0.1.0", "1.0.0"}, {2, 2, 2}));
  CHECK(error ==
        "a.npz: 0.0.0 … 1.0.0 (4 arrays) [2, 2, 2] differ by 3 numbers: which counts layers is not "
        "said / choose those of which less differs with $tensor '0.*.*'");
}

TEST_CASE("layers follow the signs of their numbers") {
  CHECK(first_weights(read(numbered({"layer_-1", "layer_-2", "layer_-10"}))) ==
        Weights{{.2}, {.1}, {0}});
  CHECK(first_weights(read(numbered({"-1", "-2"}))) == Weights{{.1}, {0}});
  CHECK(first_weights(read(numbered({"layer-1", "layer-2"}))) == Weights{{0}, {.1}});
}

TEST_CASE("words that name inputs or models are no layers") {
  for (const char* word :
       {"epoch", "seed", "fold", "checkpoint-", "model", "run", "seq", "question", "frame", "id",
        "user", "protein", "chunk", "beam", "expert", "idx", "x", "hello ", "sample_id_"}) {
    const std::string first = word + std::string("0");
    const auto arrays = numbered({first, word + std::string("1")}, {2, 2, 2});
    const std::string text = fault(arrays);
    CHECK_MESSAGE(text.find("$axes layer,head,query,key") != std::string::npos, word << text);
    CHECK_MESSAGE(text.find("$tensor '" + first + "'") != std::string::npos, word << text);
    CHECK(read(arrays, with_axes("layer,head,query,key")).layers.size() == 2);
    CHECK(read(arrays, with_tensor(first)).layers.size() == 1);
  }
  const auto whole = numbered({"sentence_0", "sentence_1"}, {3, 2, 2, 2});
  CHECK(axes_text(read(whole, with_tensor("sentence_0")).axes) == "[layer, head, query, key]");
}

TEST_CASE("words that name layers, modules or arrays leave their numbers to be layers") {
  for (const char* word : {"layer_", "", "attn_", "block", "encoder.layer.", "arr_", "self_attn.",
                           "encoder.", "mha_", "MultiHeadDotProductAttention_", "encoderblock_",
                           "scores_", "A", "attn_map_", "layer_id_"}) {
    const auto arrays = numbered({word + std::string("0"), word + std::string("1")}, {2, 2, 2});
    CHECK_MESSAGE(fault(arrays) == "no error", word);
  }
}

TEST_CASE("files of a stack are layers whatever they are called, but for heads and inputs") {
  const auto stack = [](const Names& names) {
    Dump dump = dump_of(numbered(names, {2, 2, 2}));
    dump.stacked = true;
    return error_of<InputError>([&] { attention_reading(dump, {}); });
  };
  CHECK(stack({"foo0.npy", "foo1.npy"}) == "no error");
  CHECK(stack({"epoch0.npy", "epoch1.npy"}).ends_with("else leave $stack out"));
  CHECK(stack({"text0.npy", "text1.npy"}).find("leave $stack out") != std::string::npos);
  CHECK(stack({"head0.npy", "head1.npy"}).find("are heads by their names") != std::string::npos);
}

TEST_CASE("the array that lacks the number of others is the first, as Keras names it") {
  CHECK(first_weights(read(numbered({"attention", "attention_1", "attention_2"}, {1, 2, 2, 2}))) ==
        Weights{{0, 0}, {.1, .1}, {.2, .2}});
  CHECK(first_weights(read(numbered({"mha_1/scores", "mha/scores"}))) == Weights{{.1}, {0}});
  CHECK(first_weights(read(numbered({"block/mha/s", "block_1/mha_1/s", "block_2/mha_2/s"}))) ==
        Weights{{0}, {.1}, {.2}});
  CHECK(first_weights(read(numbered({"attn", "attn2", "attn3"}), with_tensor("attn*"))) ==
        Weights{{0}, {.1}, {.2}});
  // one that has its zeroth, or another shape, is not joined
  CHECK(fault(numbered({"attention", "attention_0", "attention_1"})).find("holds 2 that may be") !=
        std::string::npos);
  const auto all = families(numbered({"attention", "attention_1", "attention_2"}));
  REQUIRE(all.size() == 1);
  CHECK(family_glob(all.front()) == "attention*");
}

TEST_CASE("a # of a name's own is no layer") {
  const Reading reading = read(numbered({"attn_#", "attn_0", "attn_1"}, {1, 2, 2, 2}));
  CHECK(first_weights(reading) == Weights{{.1, .1}, {.2, .2}});
  const auto all = families(numbered({"#_0", "#_1"}));
  REQUIRE(all.size() == 1);
  CHECK(family_glob(all.front()) == "?_*");
}

TEST_CASE("ten thousand names of their own, and names of ten thousand numbers, take no time") {
  Names names;
  for (int i = 0; i < 10'000; ++i)
    names.push_back(std::string(i % 100 + 1, 'x') + '_' + char('a' + i / 400) +
                    std::to_string(i % 7) + "_" + std::string(i / 100, 'y'));
  std::string numbers;
  for (int i = 0; i < 50'000; ++i) numbers += "a1";
  names.push_back(numbers);
  CHECK(families(numbered(names, {2, 1})).size() > 1000);
}

TEST_CASE("None beside the weights that a module gives is no missing layer") {
  Dump dump = dump_of({{"h.0.attn.0", counting({1, 2, 4})},
                       {"h.0.attn.2", uniform({1, 2, 2, 2})},
                       {"h.1.attn.0", counting({1, 2, 4})},
                       {"h.1.attn.2", uniform({1, 2, 2, 2})}});
  dump.unread = {{"h.0.attn.1", InputError("a.npz: h.0.attn.1", "is None")},
                 {"h.1.attn.1", InputError("a.npz: h.1.attn.1", "is None")}};
  CHECK(attention_reading(dump, {}).layers.size() == 2);
  CHECK(attention_reading(dump, with_tensor("*.2")).layers.size() == 2);
  dump.tensors.resize(2);
  CHECK(attention_reading(dump, {}).layers.size() == 1);
  dump.unread.push_back({"h.2.attn.2", InputError("a.npz: h.2.attn.2", "is None")});
  CHECK(error_of<InputError>([&] { attention_reading(dump, with_tensor("*.2")); }) ==
        "a.npz: h.2.attn.2: is None / ");
}

TEST_CASE("numbers like those of ids are asked about, unless a word says layers") {
  for (const Names& names : std::vector<Names>{{"BAC009S0764W0121", "BAC009S0764W0122"},
                                               {"1089-134686-0000", "1089-134686-0001"},
                                               {"1abc_A", "2abc_A"},
                                               {"1b2c", "1b3c"},
                                               {"101", "205"},
                                               {"981", "961"},
                                               {"101", "102"},
                                               {"0001", "0002"},
                                               {"attn_0001", "attn_0002"},
                                               {"2012-01-01", "2012-01-02"},
                                               {"A12345", "A12346"},
                                               {"arr_0", "arr_200"}}) {
    CAPTURE(names[0]);
    CHECK(fault(numbered(names, {4, 2, 2})).find("may count layers of one input, or inputs") !=
          std::string::npos);
    CHECK(fault(numbered(names)).find("may count layers of one input, or inputs") !=
          std::string::npos);
    CHECK(read(numbered(names, {4, 2, 2}), with_axes("layer,head,query,key")).layers.size() == 2);
    CHECK(read(numbered(names, {4, 2, 2}), with_tensor(names[0])).heads() == 4);
  }
}

TEST_CASE("numbers of some layers are no ids") {
  for (const Names& names : std::vector<Names>{{"3", "7"},
                                               {"00", "11"},
                                               {"attn_000", "attn_001"},
                                               {"layer_0300", "layer_0301"},
                                               {"L300", "L301"},
                                               {"attn_99", "attn_150"},
                                               {"0attn", "1attn"},
                                               {"0_attn", "1_attn"},
                                               {"llama-2-7b.attn.0", "llama-2-7b.attn.1"},
                                               {"step-1000.0", "step-1000.1"},
                                               {"vit_16_224.attn.0", "vit_16_224.attn.1"},
                                               {"attention", "attention_1"}}) {
    CAPTURE(names[0]);
    CHECK(read(numbered(names, {4, 2, 2})).layers.size() == 2);
  }
}

TEST_CASE("files that were given as layers are, by whatever numbers") {
  Dump dump = dump_of(numbered({"0001", "0002"}, {4, 2, 2}));
  dump.stacked = true;
  CHECK(attention_reading(dump, {}).layers.size() == 2);
}

#include "reading/arrays/tokens/batch_signs.hpp"

#include <doctest/doctest.h>

#include <type_traits>

#include "reading/arrays/tokens/token_arrays.hpp"
#include "sample.hpp"

namespace attngraph {
namespace {

/// What a file of attention [3, 4, 6, 6] beside this is refused for.
std::string fault_beside(const NamedTensor& companion, const Shape& shape = {3, 4, 6, 6}) {
  return error_of<InputError>([&] {
    attention_reading(dump_of({{"attention", uniform(shape)}, companion}), {});
  });
}

std::string fault_beside(const OtherList& list, const Shape& shape = {3, 4, 6, 6}) {
  Dump dump = dump_of({{"attention", uniform(shape)}});
  dump.other_lists = {list};
  return error_of<InputError>([&] { attention_reading(dump, {}); });
}

}  // namespace

TEST_CASE("heads of several layers may be a batch whose heads were averaged") {
  const NamedTensor ids{"input_ids", counting({4, 9})};
  const std::vector<NamedTensor> layers{
      {"attentions.0", uniform({4, 9, 9})}, {"attentions.1", uniform({4, 9, 9})}, ids};
  const std::string problem = error_of<InputError>([&] { attention_reading(dump_of(layers), {}); });
  CHECK(
      problem ==
      "a.npz: shape [4, 9, 9] may begin with 4 heads or with a batch of 4, as input_ids has a row "
      "for each / say which: $axes head,query,key, or $axes batch,query,key and $batch 0");
  const std::vector<NamedTensor> stack{{"attentions", uniform({3, 4, 9, 9})}, ids};
  CHECK(
      error_of<InputError>([&] { attention_reading(dump_of(stack), {}); }) ==
      "a.npz: shape [3, 4, 9, 9] may hold 4 heads or a batch of 4, as input_ids has a row for each "
      "/ say which: $axes layer,head,query,key, or $axes layer,batch,query,key and $batch 0");
  ReadingRequest item;
  item.axes = {Axis::batch, Axis::query, Axis::key};
  item.batch = 2;
  CHECK(attention_reading(dump_of(layers), item).layers.size() == 2);
  // As many heads as tokens, or as what says nothing of inputs.
  CHECK(attention_reading(dump_of({{"attentions", uniform({3, 4, 9, 9})},
                                   {"hidden_states", counting({4, 9, 8})}}),
                          {})
            .layers.size() == 3);
}

TEST_CASE("what has a row for each of as many items as layers says that these may be a batch") {
  CHECK(fault_beside({"hidden_states", counting({3, 6, 8})}) ==
        "a.npz: shape [3, 4, 6, 6] may begin with 3 layers or with a batch of 3, as hidden_states "
        "has a row for each / say which: $axes layer,head,query,key, or $axes batch,head,query,key "
        "and $batch 0");
  for (const Shape& shape : {Shape{3, 2}, Shape{3, 6}, Shape{3, 6, 50}}) {
    CAPTURE(shape_text(shape));
    CHECK(fault_beside({"logits", counting(shape)}).find("as logits has a row") !=
          std::string::npos);
  }
  CHECK(fault_beside({"labels", counting({3})}).find("as labels has a row") != std::string::npos);
  for (const char* of_layers : {"summary", "entropy"}) {
    CHECK(fault_beside({of_layers, counting({3})}) == "no error");
  }
  CHECK(fault_beside({"resid_post", counting({3, 6, 8})}) == "no error");
  CHECK(fault_beside({"attention_mask", uniform({3, 6})}).find("attention_mask has a row") !=
        std::string::npos);
}

TEST_CASE("lists of texts as long say it too") {
  CHECK(fault_beside({"sentences", 3}).find("as sentences has one for each") != std::string::npos);
  CHECK(fault_beside({"labels", 3}).find("as labels has one for each") != std::string::npos);
  // as many as tokens, but texts
  CHECK(fault_beside({"texts", 6}, {6, 4, 6, 6}).find("texts has one") != std::string::npos);
  CHECK(fault_beside({"texts", 4}, {4, 6, 6}).find("4 heads or with a batch") != std::string::npos);
}

TEST_CASE("three axes may begin with a batch where a name says that there is one for each input") {
  // nn.MultiheadAttention gives the mean of its heads
  CHECK(fault_beside({"lengths", counting({3})}, {3, 6, 6}) ==
        "a.npz: shape [3, 6, 6] may begin with 3 heads or with a batch of 3, as lengths has a row "
        "for each / say which: $axes head,query,key, or $axes batch,query,key and $batch 0");
  for (const NamedTensor& companion : std::vector<NamedTensor>{{"labels", counting({3})},
                                                               {"targets", counting({3})},
                                                               {"y_pred", counting({3})},
                                                               {"ids", counting({3})},
                                                               {"doc_ids", counting({3})},
                                                               {"logits", counting({3, 5})},
                                                               {"images", counting({3, 3, 8, 8})},
                                                               {"x", counting({3, 6, 8})}}) {
    CAPTURE(companion.name);
    CHECK(fault_beside(companion, {3, 6, 6}).find("3 heads or with a batch of 3") !=
          std::string::npos);
  }
  for (const char* beside_four : {"y", "ids"}) {
    CHECK(fault_beside({beside_four, counting({3})}).find("batch of 3") != std::string::npos);
  }
  CHECK(fault_beside({"names", 3}, {3, 6, 6}).find("names has one") != std::string::npos);
  CHECK(fault_beside({"head_names", 3}, {3, 6, 6}) == "no error");
}

TEST_CASE("a set of arrays beside as many texts or rows may be inputs") {
  const auto fault = [](const char* name, const Shape& shape, const auto& companion,
                        const ReadingRequest& request = {}) {
    Dump dump = dump_of(
        {{name + std::string("0"), uniform(shape)}, {name + std::string("1"), uniform(shape)}});
    if constexpr (std::is_same_v<std::decay_t<decltype(companion)>, OtherList>) {
      dump.other_lists = {companion};
    } else {
      dump.tensors.push_back(companion);
    }
    return error_of<InputError>([&] { attention_reading(dump, request); });
  };
  const OtherList sentences{"sentences", 2};
  CHECK(fault("attn.", {4, 6, 6}, sentences) ==
        "a.npz: attn.0 … attn.1 (2 arrays) [4, 6, 6] may be 2 layers of one input or 2 inputs, as "
        "sentences has one for each / say which: $axes layer,head,query,key, or $axes "
        "batch,head,query,key and $batch 0");
  CHECK(fault("attn_", {6, 6}, sentences).find("or $axes batch,query,key") != std::string::npos);
  CHECK(fault("attn_", {1, 4, 6, 6}, sentences)
            .ends_with("$axes layer,batch,head,query,key, or $axes batch,layer,head,query,key and "
                       "$batch 0"));
  CHECK(fault("attn_", {4, 6, 6}, NamedTensor{"input_ids", counting({2, 6})})
            .find("as input_ids has a row") != std::string::npos);
  CHECK(fault("attn_", {4, 6, 6}, NamedTensor{"logits", counting({2, 9})})
            .find("as logits has a row") != std::string::npos);
  // words that say layers; what goes with each layer; another number of texts
  CHECK(fault("layer_", {4, 6, 6}, sentences) == "no error");
  CHECK(fault("attn_", {1, 4, 6, 6}, NamedTensor{"hidden", counting({2, 6, 8})}) == "no error");
  CHECK(fault("attn_", {4, 6, 6}, OtherList{"sentences", 3}) == "no error");
  for (const char* axes : {"layer,head,query,key", "batch,head,query,key"}) {
    ReadingRequest request;
    request.axes = axes_named(axes);
    if (axes[0] == 'b') request.batch = 1;
    CHECK(fault("attn_", {4, 6, 6}, sentences, request) == "no error");
  }
}

TEST_CASE("texts numbered as the arrays are those of inputs") {
  Dump dump = dump_of({{"attn_0", uniform({4, 6, 6})}, {"attn_1", uniform({4, 6, 6})}});
  dump.fields = {{"sentence_0", "a b", {}}, {"sentence_1", "c d", {}}};
  CHECK(error_of<InputError>([&] {
          attention_reading(dump, {});
        }).find("or 2 inputs, as sentence_0 is that of one") != std::string::npos);
  dump.fields.pop_back();
  CHECK(error_of<InputError>([&] { attention_reading(dump, {}); }) == "no error");
}

TEST_CASE("what goes with layers, heads or tokens says nothing of a batch") {
  for (const NamedTensor& companion :
       std::vector<NamedTensor>{{"scale", counting({})},
                                {"bias", counting({4})},
                                {"positions", counting({6})},
                                {"logits", counting({2, 9})},
                                {"importance", counting({3, 4})},
                                {"outputs", counting({3, 4, 6, 8})},
                                {"gradient", counting({3, 4, 6, 6})},
                                {"mean_map", counting({3, 6, 6})},
                                {"value", counting({3, 6, 8})},
                                {"layer_ids", counting({3})},
                                {"classifier.weight", counting({3, 8})}}) {
    CAPTURE(companion.name);
    CHECK(fault_beside(companion) == "no error");
  }
  CHECK(fault_beside({"x", counting({4, 8})}, {4, 4, 6, 6}) == "no error");
  CHECK(fault_beside({"x", counting({6, 8})}, {6, 4, 6, 6}) == "no error");
  CHECK(fault_beside({"context", counting({3, 6, 8})}, {3, 6, 6}) == "no error");
  CHECK(fault_beside({"image", counting({3, 32, 32})}, {3, 6, 6}) == "no error");
  CHECK(fault_beside({"entropy", counting({3})}, {3, 6, 6}) == "no error");
  CHECK(fault_beside({"layer_names", 3}) == "no error");
  CHECK(fault_beside({"tags", 6}, {6, 4, 6, 6}) == "no error");
  CHECK(fault_beside({"sentences", 2}) == "no error");
}

TEST_CASE("the output of one module goes with inputs, those of numbered ones with layers") {
  for (const char* name : {"attn_output", "attn_out", "out.attn_output"}) {
    CAPTURE(name);
    CHECK(fault_beside({name, counting({3, 6, 8})}).find("a batch of 3, as " + std::string(name)) !=
          std::string::npos);
    CHECK(
        fault_beside({name, counting({3, 6, 8})}, {3, 6, 6}).find("3 heads or with a batch of 3") !=
        std::string::npos);
  }
  CHECK(fault_beside({"blocks.0.hook_attn_out", counting({3, 6, 8})}) == "no error");
  CHECK(fault_beside({"attn_out", counting({3, 4, 6, 8})}) == "no error");
  CHECK(fault_beside({"attn_out", counting({6, 6, 8})}, {6, 6, 6}) == "no error");
}

TEST_CASE("queries and keys in one array each may be those of a batch too") {
  const auto read = [](const NamedTensor& companion, const ReadingRequest& request = {}) {
    return token_arrays(
        dump_of({{"q", counting({3, 4, 6, 8})}, {"k", counting({3, 2, 6, 8})}, companion}),
        request);
  };
  CHECK(error_of<InputError>([&] {
          read({"input_ids", counting({3, 6})});
        }) ==
        "a.npz: q: shape [3, 4, 6, 8] may begin with 3 layers or with a batch of 3, as input_ids "
        "has a row for each / say which: $axes layer,head,token,width, or $axes "
        "batch,head,token,width and $batch 0");
  CHECK(error_of<InputError>([&] {
          read({"mask", counting({3, 1, 1, 6})});
        }).find("as mask") != std::string::npos);
  CHECK(read({"v", counting({3, 2, 6, 8})}).query.shape() == Shape{3, 4, 6, 8});
  CHECK(read({"mask", counting({6, 6})}).query.shape() == Shape{3, 4, 6, 8});
  ReadingRequest batch;
  batch.axes = axes_named("batch,head,token,width");
  batch.batch = 1;
  CHECK(read({"input_ids", counting({3, 6})}, batch).query.shape() == Shape{1, 4, 6, 8});
}

TEST_CASE("queries and keys of a set beside as many texts may be those of inputs") {
  Dump dump = dump_of({{"q.0", counting({4, 6, 8})},
                       {"q.1", counting({4, 6, 8})},
                       {"k.0", counting({4, 6, 8})},
                       {"k.1", counting({4, 6, 8})}});
  dump.other_lists = {{"sentences", 2}};
  CHECK(error_of<InputError>([&] { token_arrays(dump, {}); }) ==
        "a.npz: q.0 … q.1 (2 arrays) [4, 6, 8] may be layers of one input or inputs, as sentences "
        "has one for each / where they are layers, say $axes head,token,width; else give those of "
        "one with $query 'a.npz:q.0' and $key of attend");
  ReadingRequest layers;
  layers.axes = axes_named("head,token,width");
  CHECK(token_arrays(dump, layers).query.shape() == Shape{2, 4, 6, 8});
}

TEST_CASE("axes that are said settle what a batch may be") {
  ReadingRequest request;
  for (const char* axes : {"layer,head,query,key", "batch,head,query,key"}) {
    request.axes = axes_named(axes);
    request.batch = axes[0] == 'b' ? std::optional<std::size_t>(2) : std::nullopt;
    const Dump dump = dump_of({{"attention", uniform({3, 4, 6, 6})}, {"x", counting({3, 6, 8})}});
    CHECK(attention_reading(dump, request).layers.size() == (axes[0] == 'b' ? 1 : 3));
  }
}

}  // namespace attngraph

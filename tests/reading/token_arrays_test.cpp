#include "reading/arrays/tokens/token_arrays.hpp"

#include <doctest/doctest.h>

#include "reading/arrays/chosen_arrays.hpp"
#include "reading/arrays/tokens/split_width.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

TokenArrays read(std::vector<NamedTensor> tensors, const ReadingRequest& request = {}) {
  return token_arrays(dump_of(std::move(tensors)), request);
}

}  // namespace

TEST_CASE("axes of queries and keys follow from their number, or from names") {
  CHECK(axes_text(default_token_axes(2, HeadAxis::own)) == "[token, width]");
  CHECK(axes_text(default_token_axes(3, HeadAxis::own)) == "[head, token, width]");
  CHECK(axes_text(default_token_axes(3, HeadAxis::in_width)) == "[batch, token, width]");
  CHECK(axes_text(default_token_axes(4, HeadAxis::own)) == "[layer, head, token, width]");
  CHECK(default_token_axes(5, HeadAxis::own).empty());
  CHECK(axes_text(token_axes_of_name("blocks.0.attn.hook_q", 4)) == "[batch, token, head, width]");
  CHECK(axes_text(token_axes_of_name("hook_k", 3)) == "[token, head, width]");
  CHECK(axes_text(token_axes_of_name("blocks.0.attn.q", 4)) == "[batch, head, token, width]");
  CHECK(token_axes_of_name("blocks.0.attn.q", 3).empty());
  CHECK(token_axes_of_name("q", 4).empty());
}

TEST_CASE("axes of queries and keys can be named in any order") {
  const Tensor turned =
      in_token_order(counting({1, 6, 4, 8}), axes_named("batch,token,head,width"), "$query");
  CHECK(turned.shape() == Shape{1, 4, 6, 8});
  CHECK(turned.at(0, 0).at(0, 1).at(0, 2).to_doubles()[3] == 2 * 32 + 8 + 3);
  CHECK(error_of<ArgumentError>([] {
          in_token_order(counting({6, 8}), axes_named("head,token,width"), "$query");
        }) == "$axes: [head, token, width] names 3 axes, but $query has shape [6, 8] / ");
  CHECK(error_of<ArgumentError>([] {
          axes_named("head,token");
        }).starts_with("$axes: the axis width is missing"));
  CHECK(error_of<ArgumentError>([] {
          axes_named("token,width,query");
        }).starts_with("$axes: names axes of attention and of queries and keys"));
}

TEST_CASE("queries, keys and values of a file are its layers") {
  const TokenArrays one = read({{"q", counting({2, 4, 6, 8})}, {"k", counting({2, 4, 6, 8})}});
  CHECK(one.query.shape() == Shape{2, 4, 6, 8});
  CHECK(one.value.empty());
  const TokenArrays layers = read({{"blocks.0.attn.hook_q", counting({1, 6, 4, 8})},
                                   {"blocks.1.attn.hook_q", counting({1, 6, 4, 8})},
                                   {"blocks.0.attn.hook_k", counting({1, 6, 2, 8})},
                                   {"blocks.1.attn.hook_k", counting({1, 6, 2, 8})}});
  CHECK(layers.query.shape() == Shape{2, 4, 6, 8});
  CHECK(layers.key.shape() == Shape{2, 2, 6, 8});
  CHECK(axes_text(layers.axes) == "[batch, token, head, width]");
  CHECK(layers.query.at(0, 1).at(0, 1).at(0, 2).to_doubles()[3] == 2 * 32 + 8 + 3);
}

TEST_CASE("a cache holds keys and values of each layer, and no queries") {
  const TokenArrays cache = read({{"key_cache.0", counting({1, 2, 5, 4})},
                                  {"key_cache.1", counting({1, 2, 5, 4})},
                                  {"value_cache.0", counting({1, 2, 5, 3})},
                                  {"value_cache.1", counting({1, 2, 5, 3})}});
  CHECK(cache.query.empty());
  CHECK(cache.key.shape() == Shape{2, 2, 5, 4});
  CHECK(cache.value.shape() == Shape{2, 2, 5, 3});
  CHECK(holds_keys_alone(dump_of({{"layers.0.keys", counting({1, 2, 5, 4})}})));
  CHECK_FALSE(holds_keys_alone(dump_of({{"q", counting({5, 4})}, {"k", counting({5, 4})}})));
}

TEST_CASE("a batch of queries is chosen from") {
  const std::vector<NamedTensor> batch{{"layer_0.q", counting({3, 2, 4, 5})},
                                       {"layer_1.q", counting({3, 2, 4, 5})},
                                       {"layer_0.k", counting({3, 2, 4, 5})},
                                       {"layer_1.k", counting({3, 2, 4, 5})}};
  CHECK(error_of<InputError>([&] { read(batch); }) ==
        "a.npz: layer_0.q: shape [3, 2, 4, 5] read as [batch, head, token, width] holds a batch of "
        "3 / choose one with $batch 0, or say what the axes are with $axes");
  ReadingRequest request;
  request.batch = 1;
  CHECK(read(batch, request).query.to_doubles()[0] == 40);
  request.batch = 3;
  CHECK(error_of<ArgumentError>([&] { read(batch, request); }) ==
        "$batch: there is no 3 in a batch of 3 / ");
}

TEST_CASE("queries of two kinds, of several shapes or too many axes are named") {
  CHECK(error_of<InputError>([] {
          read({{"dec.q", counting({4, 5})}, {"enc.q", counting({4, 5})}, {"k", counting({4, 5})}});
        }).starts_with("a.npz: holds two that may be meant: dec.q [4, 5] and enc.q [4, 5]"));
  CHECK(error_of<InputError>([] {
          read({{"q0", counting({4, 5})}, {"q1", counting({3, 5})}, {"k", counting({4, 5})}});
        }).starts_with("a.npz: q1: shape [3, 5] differs from that of q0"));
  CHECK(error_of<InputError>([] {
          read({{"q", counting({1, 1, 1, 4, 5})}, {"k", counting({4, 5})}});
        }) ==
        "a.npz: q: shape [1, 1, 1, 4, 5], expected 2 to 4 axes / of five, $axes "
        "layer,batch,head,token,width names them");
  CHECK(error_of<InputError>([] {
          read({{"q", counting({1, 1, 1, 1, 4, 5})}, {"k", counting({4, 5})}});
        }).ends_with(" / queries and keys are [token, width], with head, layer or batch before"));
}

TEST_CASE("heads in the width have no axis, and someone must say so") {
  ReadingRequest heads;
  heads.heads_in_width = true;
  const std::vector<NamedTensor> layers{{"layers.0.q_proj", counting({1, 5, 8})},
                                        {"layers.1.q_proj", counting({1, 5, 8})},
                                        {"layers.0.k_proj", counting({1, 5, 4})},
                                        {"layers.1.k_proj", counting({1, 5, 4})}};
  const TokenArrays read_layers = read(layers, heads);
  CHECK(read_layers.query.shape() == Shape{2, 5, 8});
  CHECK(read_layers.key.shape() == Shape{2, 5, 4});
  CHECK(axes_text(read_layers.axes) == "[batch, token, width]");
  CHECK(error_of<ArgumentError>([&] { read(layers); }) ==
        "$heads: is missing: a.npz: layers.0.q_proj [1, 5, 8] is what a projection gives, with "
        "heads side by side in the width / write how many there are, for example $heads 12");
  CHECK(error_of<InputError>([&] {
          read({{"q_proj", counting({8, 8})}, {"k_proj", counting({8, 8})}}, heads);
        }) ==
        "a.npz: q_proj: shape [8, 8] may be a projection [out, in], or what it gives, [token, "
        "width] / $axes token,width says the latter; a projection goes with $input");
  CHECK(error_of<ArgumentError>([&] {
          read({{"q", counting({1, 2, 5, 8})}, {"k", counting({1, 2, 5, 8})}}, heads);
        }) ==
        "$heads: does not go with a.npz: q [1, 2, 5, 8], which has its heads already / where "
        "these are a batch, $axes layer,batch,token,width says so");
}

TEST_CASE("layers in one array may have their heads in the width too") {
  const auto flat = [](std::size_t batch, std::size_t width) {
    return std::vector<NamedTensor>{{"query", counting({3, batch, 6, width})},
                                    {"key", counting({3, batch, 6, width})}};
  };
  CHECK(error_of<InputError>([&] { read(flat(1, 768)); }) ==
        "a.npz: query: shape [3, 1, 6, 768] may be [layer, head, token, width], or [layer, batch, "
        "token, width] with heads side by side in the width / say which: $axes "
        "layer,head,token,width, or how many there are with $heads");
  ReadingRequest heads;
  heads.heads_in_width = true;
  CHECK(read(flat(1, 768), heads).query.shape() == Shape{3, 6, 768});
  CHECK(read(flat(1, 32), heads).query.shape() == Shape{3, 6, 32});
  CHECK(error_of<InputError>([&] { read(flat(2, 768), heads); }).find("holds a batch of 2") !=
        std::string::npos);
  CHECK(error_of<InputError>([&] {
          read({{"query", counting({3, 6, 32})}, {"key", counting({3, 6, 32})}}, heads);
        }) ==
        "a.npz: query: shape [3, 6, 32] read as [batch, token, width] holds a batch of 3 / "
        "choose one with $batch 0, or say what the axes are with $axes: layer,token,width "
        "where the first counts layers");
  heads.batch = 1;
  CHECK(read(flat(2, 768), heads).query.to_doubles()[0] == 6 * 768);
  ReadingRequest own;
  own.axes = axes_named("layer,head,token,width");
  CHECK(read(flat(1, 768), own).query.shape() == Shape{3, 1, 6, 768});
}

TEST_CASE("what the query module of BERT or T5 gives has its heads side by side") {
  for (const std::string module :
       {"encoder.layer.0.attention.self.", "vit.layer.0.attention.attention.",
        "block.0.layer.0.SelfAttention."}) {
    const bool t5 = module.ends_with("SelfAttention.");
    const std::string query = module + (t5 ? "q" : "query"), key = module + (t5 ? "k" : "key");
    CAPTURE(query);
    const std::vector<NamedTensor> hooks{{query, counting({2, 6, 32})},
                                         {key, counting({2, 6, 32})}};
    CHECK(error_of<ArgumentError>([&] { read(hooks); }).starts_with("$heads: is missing: "));
    ReadingRequest heads;
    heads.heads_in_width = true;
    heads.batch = 1;
    CHECK(read(hooks, heads).query.shape() == Shape{1, 6, 32});
  }
  CHECK_FALSE(array_name("myself.query").heads_in_width);
  CHECK_FALSE(array_name("layer.0.query").heads_in_width);
}

TEST_CASE("three axes of a layer may hold one head or several in the width") {
  const std::vector<NamedTensor> layers{{"layer.0.query", counting({1, 5, 8})},
                                        {"layer.1.query", counting({1, 5, 8})},
                                        {"layer.0.key", counting({1, 5, 8})},
                                        {"layer.1.key", counting({1, 5, 8})}};
  CHECK(error_of<InputError>([&] { read(layers); }) ==
        "a.npz: layer.0.query: shape [1, 5, 8] may be [head, token, width], or [batch, token, "
        "width] with heads side by side in the width / say which: $axes head,token,width, or how "
        "many there are with $heads");
  ReadingRequest one;
  one.axes = axes_named("head,token,width");
  CHECK(read(layers, one).query.shape() == Shape{2, 1, 5, 8});
  CHECK(error_of<InputError>([&] {
          read({{"q", counting({2, 3, 768})}, {"k", counting({2, 3, 768})}});
        }).starts_with("a.npz: q: shape [2, 3, 768] may be [head, token, width], or"));
  CHECK(read({{"q", counting({2, 3, 64})}, {"k", counting({2, 3, 64})}}).query.shape() ==
        Shape{1, 2, 3, 64});
}

TEST_CASE("of queries before and behind rotation those behind it are multiplied") {
  const TokenArrays arrays = read({{"blocks.0.attn.hook_q", counting({1, 3, 2, 4})},
                                   {"blocks.0.attn.hook_rot_q", counting({1, 3, 2, 5})},
                                   {"blocks.0.attn.hook_rot_k", counting({1, 3, 2, 5})},
                                   {"blocks.0.attn.hook_k", counting({1, 3, 2, 4})}});
  CHECK(arrays.query.shape().back() == 5);
  CHECK(arrays.key.shape().back() == 5);
}

TEST_CASE("names say which queries and keys positions have turned, and these are taken") {
  for (const std::string end : {"_rope", "_rot", "_rotary", "_post_rope", "_rotated", "_embed"}) {
    CAPTURE(end);
    const TokenArrays arrays = read({{"l0.q", counting({1, 6, 4, 8})},
                                     {"l0.k", counting({1, 6, 4, 8})},
                                     {"l0.q" + end, counting({1, 6, 4, 9})},
                                     {"l0.k" + end, counting({1, 6, 4, 9})}});
    CHECK(arrays.query.shape().back() == 9);
    CHECK(arrays.key.shape().back() == 9);
    REQUIRE(arrays.notes.size() == 2);
    CHECK(arrays.notes[0] == "l0.q" + end +
                                 " [1, 6, 4, 9] taken, behind rotary embedding, not l0.q [1, 6, 4, "
                                 "8]");
  }
  CHECK(array_name("rotary_query").rotated);
  CHECK(array_name("blocks.0.attn.hook_rot_q").rotated);
  CHECK_FALSE(array_name("hook_q").rotated);
  CHECK(array_name("query_embed").role == Role::unknown);
  CHECK(array_name("q_pre_rope").role == Role::query);
  CHECK_FALSE(array_name("q_pre_rope").rotated);
  CHECK(read({{"q_pre_rope", counting({4, 8})}, {"k_pre_rope", counting({4, 8})}}).notes ==
        std::vector<std::string>{
            "q_pre_rope is before rotary embedding; the model multiplies what is behind it"});
}

TEST_CASE("queries that were turned do not go with keys that may not be, nor with a part") {
  CHECK(error_of<InputError>([] {
          read({{"q_rope", counting({4, 8})}, {"k", counting({4, 8})}});
        }) ==
        "a.npz: q_rope [4, 8] is behind rotary embedding, and k [4, 8] may be before it: attention "
        "takes both behind it / name them, as in $query 'a.npz:q_rope' and $key");
  CHECK(error_of<InputError>([] {
          read({{"q_nope", counting({4, 8})},
                {"q_rope", counting({4, 4})},
                {"k_nope", counting({4, 8})},
                {"k_rope", counting({4, 4})}});
        }) ==
        "a.npz: q_rope [4, 4] and k_nope [4, 8] are two parts of the width, expected whole queries "
        "and keys / put them together before the dump: torch.cat((q_nope, q_rope), -1)");
}

TEST_CASE("what a projection gives is not turned yet, and a note says so once") {
  ReadingRequest heads;
  heads.heads_in_width = true;
  CHECK(read({{"layers.0.q_proj", counting({1, 5, 8})}, {"layers.0.k_proj", counting({1, 5, 8})}},
             heads)
            .notes == std::vector<std::string>{
                          "layers.0.q_proj is before rotary embedding, if the model has one"});
  CHECK(read({{"q", counting({4, 5})}, {"k", counting({4, 5})}}).notes.empty());
}

TEST_CASE("what a projection gives has its heads apart where it has four axes") {
  const TokenArrays arrays =
      read({{"q_proj", counting({1, 2, 5, 4})}, {"k_proj", counting({1, 2, 5, 4})}});
  CHECK(arrays.query.shape() == Shape{1, 2, 5, 4});
}

TEST_CASE("queries and keys of one head each are put together by layer") {
  std::vector<NamedTensor> arrays;
  for (const char* name : {"L0H0", "L0H1", "L1H0", "L1H1"}) {
    for (const char* role : {"_q", "_k"}) {
      arrays.push_back({std::string(name) + role, counting({5, 8})});
    }
  }
  CHECK(read(arrays).query.shape() == Shape{2, 2, 5, 8});
  for (NamedTensor& array : arrays) array.tensor = array.tensor.with_axis(0);
  CHECK(read(arrays).key.shape() == Shape{2, 2, 5, 8});
  for (NamedTensor& array : arrays) array.tensor = counting({2, 5, 8});
  CHECK(error_of<InputError>([&] {
          read(arrays);
        }).find("is that of one head by its name, expected [token, width]") != std::string::npos);
  ReadingRequest request;
  request.axes = axes_named("token,width");
  CHECK(error_of<ArgumentError>([&] {
          read(arrays, request);
        }).starts_with("$axes: does not go with arrays of one head each, L0H0_q"));
}

TEST_CASE("queries and keys whose numbers may count several things are refused") {
  CHECK(error_of<InputError>([] {
          read({{"0.0.q", counting({5, 8})},
                {"0.0.k", counting({5, 8})},
                {"0.1.q", counting({5, 8})},
                {"0.1.k", counting({5, 8})},
                {"1.0.q", counting({5, 8})},
                {"1.0.k", counting({5, 8})}});
        }) ==
        "a.npz: 0.0.q … 1.0.q (3 arrays) [5, 8] have numbers in their names that may count layers, "
        "heads or inputs / name them as in layer_0.head_0.q, or give the arrays of one input with "
        "$query and $key of attend, a glob for its layers");
}

TEST_CASE("heads that lie side by side in the width are taken apart") {
  const Tensor values = Tensor::from(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 4});
  const Tensor heads = split_width(values, 2);
  CHECK(heads.shape() == Shape{1, 2, 2, 2});
  CHECK(heads.to_doubles() == std::vector<double>{1, 2, 5, 6, 3, 4, 7, 8});
  CHECK(error_of<ArgumentError>([&] { split_width(values, 3); }) ==
        "$heads: is 3, and the width of values, 4, is no multiple of it / ");
}

TEST_CASE("queries whose numbers are like those of ids are asked about") {
  const std::string error = error_of<InputError>([] {
    read({{"101.q", counting({4, 6, 8})},
          {"205.q", counting({4, 6, 8})},
          {"101.k", counting({4, 6, 8})},
          {"205.k", counting({4, 6, 8})}});
  });
  CHECK(error ==
        "a.npz: 101.q … 205.q (2 arrays) [4, 6, 8]: their numbers may count layers of one input, "
        "or inputs of their own / where they count layers, name all: $query 'a.npz:*.q' and $key; "
        "else those of one, $query 'a.npz:101.q' and $key");
}

#include "attention/stored/stack_from_dump.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "core/parallel.hpp"

using namespace attngraph;

namespace {

/// 0, 1, 2 … in the given shape.
Tensor counting(const Shape& shape) {
  std::vector<double> values(
      std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>()));
  std::iota(values.begin(), values.end(), 0.0);
  return Tensor::from(std::move(values), shape);
}

Dump dump_of(std::vector<NamedTensor> tensors) {
  Dump dump;
  dump.source = "a.npz";
  dump.tensors = std::move(tensors);
  return dump;
}

StackRequest any_numbers() {
  StackRequest request;
  request.normalize = Normalize::none;
  return request;
}

Attention stack(const Dump& dump, const StackRequest& request) {
  std::vector<std::string> notes;
  return stack_from_dump(dump, request, notes);
}

double first_weight(const Attention& attention, std::size_t l, std::size_t h) {
  return attention.head(l, h)(0, 0);
}

/// The text of the error that reading the dump gives.
template <typename Kind>
std::string error_of(const Dump& dump, const StackRequest& request) {
  try {
    stack(dump, request);
  } catch (const Kind& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("the axes of one array follow from its rank") {
  const auto two = stack(dump_of({{"", counting({3, 3})}}), any_numbers());
  CHECK(two.layers() == 1);
  CHECK(two.heads() == 1);
  const auto three = stack(dump_of({{"", counting({2, 3, 3})}}), any_numbers());
  CHECK(three.layers() == 1);
  CHECK(three.heads() == 2);
  const auto four = stack(dump_of({{"", counting({4, 2, 3, 3})}}), any_numbers());
  CHECK(four.layers() == 4);
  CHECK(four.heads() == 2);
  CHECK(first_weight(four, 3, 1) == 3 * 18 + 9);
  const auto five = stack(dump_of({{"", counting({4, 1, 2, 3, 3})}}), any_numbers());
  CHECK(five.layers() == 4);
  CHECK(first_weight(five, 3, 1) == 3 * 18 + 9);
}

TEST_CASE("axes can be named in any order") {
  StackRequest request = any_numbers();
  request.axes = axes_named("layer,query,key");
  CHECK(stack(dump_of({{"", counting({4, 3, 3})}}), request).layers() == 4);
  request.axes = axes_named("key,query,head");
  const auto turned = stack(dump_of({{"", counting({3, 2, 5})}}), request);
  CHECK(turned.heads() == 5);
  CHECK(turned.queries() == 2);
  CHECK(turned.keys() == 3);
  CHECK(turned.head(0, 4)(1, 2) == 2 * 10 + 1 * 5 + 4);
}

TEST_CASE("arrays of the same shape are the layers, with a batch of one in front") {
  const auto layers =
      stack(dump_of({{"arr_0", counting({1, 2, 3, 3})}, {"arr_1", counting({1, 2, 3, 3})}}),
            any_numbers());
  CHECK(layers.layers() == 2);
  CHECK(layers.heads() == 2);
}

TEST_CASE("a batch of several must be chosen from") {
  const Dump dump = dump_of({{"arr_0", counting({2, 2, 3, 3})}, {"arr_1", counting({2, 2, 3, 3})}});
  CHECK(error_of<InputError>(dump, any_numbers()) ==
        "a.npz: arr_0: shape [2, 2, 3, 3] read as [batch, head, query, key] holds a batch of 2, or "
        "2 layers");
  StackRequest request = any_numbers();
  request.batch = 1;
  CHECK(first_weight(stack(dump, request), 0, 0) == 18);
  request.batch = 2;
  CHECK(error_of<ArgumentError>(dump, request) == "$batch: there is no 2 in a batch of 2");
}

TEST_CASE("selections keep the indices of the file") {
  StackRequest request = any_numbers();
  request.layers = IndexList::parse("-1,1", "$layer");
  request.heads = IndexList::parse("1", "$head");
  const auto chosen = stack(dump_of({{"", counting({4, 2, 3, 3})}}), request);
  CHECK(chosen.layer_index(0) == 1);
  CHECK(chosen.layer_index(1) == 3);
  CHECK(chosen.head_label(0) == HeadLabel(1));
  CHECK(first_weight(chosen, 1, 0) == 3 * 18 + 9);
  request.fuse = Fuse::max;
  CHECK(stack(dump_of({{"", counting({4, 2, 3, 3})}}), request).head_label(0) == HeadLabel("max"));
}

TEST_CASE("heads fuse entry by entry") {
  const auto fused = [](Fuse fuse) {
    return stack(dump_of({{"", counting({1, 3, 1, 2})}}), any_numbers()).fused_layer(0, fuse)(0, 1);
  };
  CHECK(fused(Fuse::mean) == 3);
  CHECK(fused(Fuse::max) == 5);
  CHECK(fused(Fuse::min) == 1);
}

TEST_CASE("query and key alone make the attention, once it is said whether it is causal") {
  const Dump dump = dump_of({{"key", counting({3, 4})}, {"query", counting({3, 4})}});
  StackRequest request = any_numbers();
  CHECK(error_of<ArgumentError>(dump, request) ==
        "$causal: is missing: a.npz holds queries and keys, which do not say whether a query sees "
        "later keys");
  request.causal = true;
  const Attention made = stack(dump, request);
  CHECK(made.causal());
  CHECK(made.head(0, 0)(0, 0) == 1);
  CHECK(made.head(0, 0)(0, 2) == 0);
}

Dump layers_of_queries() {
  return dump_of({{"layer_0.q", counting({2, 1, 3, 4})},
                  {"layer_1.q", counting({2, 1, 3, 4})},
                  {"layer_0.k", counting({2, 1, 3, 4})},
                  {"layer_1.k", counting({2, 1, 3, 4})}});
}

TEST_CASE("what makes attention of queries is asked of those of a file too") {
  const Dump dump = dump_of({{"q_proj", counting({1, 3, 4})}, {"k_proj", counting({1, 3, 4})}});
  StackRequest request;
  request.causal = false;
  request.queries.options.heads = 2;
  request.queries.options.scale.factor = 0.0;
  request.queries.mask = Tensor::from(std::vector<double>{1, 0, 1}, {3});
  const Attention made = stack(dump, request);
  CHECK(made.heads() == 2);
  CHECK(made.head(0, 1)(2, 0) == .5);
  CHECK(made.head(0, 1)(2, 1) == 0);
}

TEST_CASE("of a mask for each item of a batch that of the item is taken") {
  StackRequest request;
  request.batch = 1;
  request.queries.options.scale.factor = 0.0;
  request.queries.mask = Tensor::from(std::vector<double>{1, 1, 1, 1, 1, 0}, {2, 3});
  CHECK(error_of<ArgumentError>(layers_of_queries(), request).starts_with("$causal: is missing"));
  request.causal = false;
  CHECK(stack(layers_of_queries(), request).head(1, 0)(0, 0) == .5);
  // a mask of queries says what they see
  request.causal.reset();
  request.queries.mask = Tensor::from(std::vector<double>{1, 0, 0, 1, 1, 0, 1, 1, 1}, {3, 3});
  CHECK(stack(layers_of_queries(), request).head(1, 0)(1, 0) == .5);
  request.queries.mask = counting({2, 1, 3, 3});
  CHECK(error_of<InputError>(layers_of_queries(), request) ==
        "$mask: has shape [2, 1, 3, 3], whose first axis may be the batch, or the layers");
}

TEST_CASE("values that do not fit are left out, and a mask that nobody asked for is named") {
  const Dump dump = dump_of({{"q", counting({2, 2, 3, 4})},
                             {"k", counting({2, 2, 3, 4})},
                             {"v", counting({1, 2, 3, 4})},
                             {"attention_mask", counting({3, 3})}});
  StackRequest request;
  request.causal = true;
  std::vector<std::string> notes;
  CHECK(stack_from_dump(dump, request, notes).value_width() == 0);
  REQUIRE(notes.size() == 3);
  CHECK(notes[0] == "values are left out: they are [1, 2, 3, 4] and the keys [2, 2, 3, 4]");
  CHECK(notes[1] == "attention_mask is left out: $mask :attention_mask masks by it");
  CHECK(notes[2].ends_with("causal; $axes layer,token,head,width would make 3 heads of 2 tokens"));
}

TEST_CASE("numbers beside queries that say another scale, cap, window or causal are named") {
  const auto notes_of = [](std::vector<Field> fields, StackRequest request = {},
                           const char* prefix = "") {
    const std::string in(prefix);
    Dump dump =
        dump_of({{in + "query", counting({1, 2, 3, 4})}, {in + "key", counting({1, 2, 3, 4})}});
    dump.fields = std::move(fields);
    if (!request.causal) request.causal = false;
    std::vector<std::string> notes;
    stack_from_dump(dump, request, notes);
    notes.pop_back();  // how it was read
    return notes;
  };
  using Notes = std::vector<std::string>;
  CHECK(notes_of({{"scale", "", 1}}) ==
        Notes{"scale is 1 and left out: $scale 1 multiplies by it"});
  CHECK(notes_of({{"scaling", "0.25", {}}}) ==
        Notes{"scaling is 0.25 and left out: $scale 0.25 multiplies by it"});
  CHECK(notes_of({{"softcap", "", 50}}) ==
        Notes{"softcap is 50 and left out: $softcap 50 caps scores at it"});
  CHECK(notes_of({{"sliding_window", "", 2}}) ==
        Notes{"sliding_window is 2 and left out: $window 2 keeps to it"});
  CHECK(notes_of({{"is_causal", "", 1}}) == Notes{"is_causal is 1 and left out: $causal yes"});
  CHECK(notes_of({{"0.scale", "", 1}}, {}, "0.") ==
        Notes{"0.scale is 1 and left out: $scale 1 multiplies by it"});
  // what is computed with, what turns a rule off, other things, and other objects
  CHECK(notes_of({{"scale", "0.5", {}}}).empty());
  CHECK(notes_of({{"scale", "log", {}}}).empty());
  CHECK(notes_of({{"softcap", "", 0}, {"window_size", "", -1}, {"window", "", 3}}).empty());
  CHECK(notes_of({{"is_causal", "", 0}}).empty());
  CHECK(notes_of({{"1.scale", "", 1}, {"config.sliding_window", "", 2}}, {}, "0.").empty());
  StackRequest asked;
  asked.causal = true;
  asked.queries.options.scale.factor = 1;
  asked.queries.options.softcap = 50;
  asked.queries.options.window = 2;
  CHECK(notes_of({{"scale", "", 1}, {"softcap", "", 50}, {"window", "", 2}, {"is_causal", "", 1}},
                 asked)
            .empty());
}

TEST_CASE("numbers that not all layers have are named as such, also those of arrays") {
  Dump dump = dump_of({{"0.query", counting({2, 3, 4})},
                       {"0.key", counting({2, 3, 4})},
                       {"0.sliding_window", Tensor::from(std::vector<double>{2}, {})},
                       {"1.query", counting({2, 3, 4})},
                       {"1.key", counting({2, 3, 4})}});
  StackRequest request;
  request.causal = true;
  std::vector<std::string> notes;
  stack_from_dump(dump, request, notes);
  CHECK(notes.front() ==
        "0.sliding_window is 2 and left out: $window 2 keeps to it, in every layer");
  dump.tensors.push_back({"1.sliding_window", Tensor::from(std::vector<double>{2}, {1})});
  notes.clear();
  stack_from_dump(dump, request, notes);
  CHECK(notes.front() == "0.sliding_window is 2 and left out: $window 2 keeps to it");
}

TEST_CASE("whether attention is causal is asked, with what the file says") {
  Dump dump = dump_of({{"query", counting({2, 3, 4})}, {"key", counting({2, 3, 4})}});
  const auto hint = [&] {
    std::vector<std::string> notes;
    try {
      stack_from_dump(dump, {}, notes);
    } catch (const ArgumentError& error) {
      return error.hint();
    }
    return std::string();
  };
  CHECK(hint() == "write $causal yes for a decoder, $causal no for an encoder");
  dump.fields = {{"is_causal", "", 1}};
  CHECK(hint() == "write $causal yes, as is_causal says");
}

TEST_CASE("tokens before heads are named where the other reading cannot be") {
  StackRequest request;
  request.causal = true;
  Dump grouped = dump_of({{"q", counting({1, 5, 4, 2})}, {"k", counting({1, 5, 2, 2})}});
  CHECK(error_of<InputError>(grouped, request) ==
        "$query: read as [layer, head, token, width] has 4 queries and 2 keys, and causal "
        "attention has a key for each query");
  request.causal = false;
  std::vector<std::string> notes;
  stack_from_dump(grouped, request, notes);
  CHECK(notes.back().ends_with(
      "$axes layer,token,head,width would make 4 heads, which share 2 key heads, of 5 tokens"));
  Dump labelled = dump_of({{"q", counting({1, 5, 4, 2})}, {"k", counting({1, 5, 4, 2})}});
  labelled.tokens = {"a", "b", "c", "d", "e"};
  CHECK(error_of<InputError>(labelled, request) == "a.npz: tokens: 5 labels for 4 keys of 5 heads");
}

TEST_CASE("options about queries are refused where the file holds attention or edges") {
  StackRequest request = any_numbers();
  request.queries.option = "$scale";
  CHECK(error_of<ArgumentError>(dump_of({{"", counting({3, 3})}}), request) ==
        "$scale: is about queries and keys, and a.npz holds attention");
  Dump edges;
  edges.source = "a.csv";
  edges.nodes = 1;
  edges.edges = {{0, 0, {1, {0}, {0}, {1.0}}}};
  CHECK(error_of<ArgumentError>(edges, request) ==
        "$scale: is about queries and keys, and a.csv holds edges");
}

TEST_CASE("edges whose weights sum to 1 where they come are named") {
  Dump edges;
  edges.source = "a.csv";
  edges.nodes = 2;
  edges.edges = {{0, 0, {2, {0, 1, 0, 1}, {0, 0, 1, 1}, {.9, .1, .7, .3}}}};
  StackRequest request;
  std::vector<std::string> notes;
  stack_from_dump(edges, request, notes);
  const std::string what =
      "the weights that come to a node sum to 1, not those that leave it: where edges lead from "
      "the key to the query";
  CHECK(notes == std::vector<std::string>{what + ", $axes key,query turns them"});
  request.normalize_edges = Normalize::check;
  CHECK(error_of<InputError>(edges, request) == "a.csv: " + what + " they must be turned");
  request.axes = {Axis::query, Axis::key};
  CHECK(error_of<InputError>(edges, request).find("the row sums to 1.6") != std::string::npos);
  request.axes = {Axis::layer, Axis::query, Axis::key};
  CHECK(error_of<ArgumentError>(edges, request) ==
        "$axes: names [layer, query, key], and edges have two ends");
}

TEST_CASE("row sums that dropout left are called so") {
  StackRequest request;
  const Dump dropped =
      dump_of({{"", Tensor::from(std::vector<double>{.6, .6, 0, .4, 0, .4, .5, .7, 0}, {3, 3})}});
  try {
    stack(dropped, request);
    FAIL("no error");
  } catch (const InputError& error) {
    CHECK(error.hint().starts_with("was dropout on? call model.eval() before the dump, or"));
  }
}

TEST_CASE("keys alone are enough where the question says so") {
  const Dump cache = dump_of({{"layers.0.keys", counting({1, 2, 3, 4})}});
  StackRequest request = any_numbers();
  request.keys_suffice = true;
  const Attention made = stack(cache, request);
  CHECK(made.keys_alone());
  CHECK(made.heads() == 2);
  CHECK(made.key(0, 1)(0, 0) == 12);
}

TEST_CASE("axes that turn attention are named before its rows are divided") {
  const Dump turned = dump_of({{"", Tensor::from(std::vector<double>{.9, .8, .1, .2}, {2, 2})}});
  StackRequest request;
  request.axes = axes_named("query,key");
  std::vector<std::string> notes;
  try {
    stack_from_dump(turned, request, notes);
    FAIL("rows that sum to 1.7");
  } catch (const InputError& error) {
    CHECK(error.problem() == "the row sums to 1.7, expected 1");
    CHECK(error.hint() ==
          "read as [query, key] its rows do not sum to 1, but axis 0 does: it lies transposed; "
          "$axes key,query");
  }
  const Dump nearly =
      dump_of({{"", Tensor::from(std::vector<double>{.54, .51, .46, .49}, {2, 2})}});
  notes.clear();
  stack_from_dump(nearly, request, notes);
  CHECK(notes.back().ends_with("it lies transposed; $axes key,query"));
  for (const Normalize normalize : {Normalize::rows, Normalize::none}) {
    request.normalize = normalize;
    CHECK(error_of<InputError>(turned, request) == "no error");
  }
  request.normalize.reset();
  request.axes = axes_named("key,query");
  CHECK(stack(turned, request).head(0, 0)(0, 0) == .9);
}

TEST_CASE("weights that are no attention are refused with their place") {
  const auto with = [](double value) {
    return dump_of({{"", Tensor::from(std::vector<double>{.5, .5, value, .5}, {2, 2})}});
  };
  StackRequest request;
  CHECK(error_of<InputError>(with(NAN), request) ==
        "a.npz: layer 0, head 0, row 1, column 0: the weight is nan, expected a finite number");
  CHECK(error_of<InputError>(with(INFINITY), request) ==
        "a.npz: layer 0, head 0, row 1, column 0: the weight is inf, expected a finite number");
  CHECK(error_of<InputError>(with(-.5), request) ==
        "a.npz: layer 0, head 0, row 1, column 0: the weight -0.5 is negative, expected 0 or more");
  CHECK(error_of<InputError>(with(.7), request) ==
        "a.npz: layer 0, head 0, row 1: the row sums to 1.2, expected 1");
  const Dump vast =
      dump_of({{"", Tensor::from(std::vector<double>{.5, .5, 1e308, 1e308}, {2, 2})}});
  for (const Normalize normalize : {Normalize::check, Normalize::rows, Normalize::none}) {
    request.normalize = normalize;
    CHECK(error_of<InputError>(vast, request) ==
          "a.npz: layer 0, head 0, row 1: the row sums to more than a float64 holds, expected 1");
  }
  const auto of_sum = [](auto sum) {
    return dump_of({{"", Tensor::from(std::vector{sum / 2, sum / 2, sum, sum * 0}, {2, 2})}});
  };
  const std::string cause = "a.npz: layer 0, head 0, row 0: the row sums to ";
  request.normalize = Normalize::none;
  CHECK(error_of<InputError>(of_sum(1e-200), request) ==
        cause + "1e-200, expected 0, or from 1e-150 to 1e+150");
  CHECK(error_of<InputError>(of_sum(1e200), request) ==
        cause + "1e+200, expected 0, or from 1e-150 to 1e+150");
  CHECK(error_of<InputError>(of_sum(0x1p100F), request).ends_with("from 1e-30 to 1e+30"));
  CHECK(stack(of_sum(0.), request).head(0, 0).isZero(0));
  request.normalize = Normalize::rows;
  CHECK(error_of<InputError>(of_sum(1e-300), request) ==
        cause + "1e-300, expected 0, or at least 1e-290");
  CHECK(stack(of_sum(1e-200), request).head(0, 0)(1, 0) == 1);
  CHECK(stack(with(1.5), request).head(0, 0)(1, 0) == .75);
  request.normalize = Normalize::none;
  CHECK(stack(with(1.5), request).head(0, 0)(1, 0) == 1.5);
}

TEST_CASE("of several heads that are no attention the first is named, on any number of threads") {
  std::vector<float> values(20 * 4, 0.5f);
  values[4 * 7 + 2] = NAN;
  values[4 * 11] = -1;
  const Dump dump = dump_of({{"", Tensor::from(std::move(values), {20, 2, 2})}});
  for (const std::size_t threads : {1, 4}) {
    set_worker_threads(threads);
    CHECK(error_of<InputError>(dump, {}) ==
          "a.npz: layer 0, head 7, row 1, column 0: the weight is nan, expected a finite number");
  }
  set_worker_threads(1);
}

TEST_CASE("a weight that is not finite on a later key is none that a causal file has") {
  const auto causal = [](double ahead) {
    return Attention({Tensor::from(std::vector<double>{1, ahead, 0.5, 0.5}, {1, 2, 2})}).causal();
  };
  CHECK(causal(0));
  CHECK(causal(-0.0));
  CHECK_FALSE(causal(1e-320));
  CHECK_FALSE(causal(-0.5));
  CHECK_FALSE(causal(NAN));
  CHECK_FALSE(causal(INFINITY));
}

TEST_CASE("rows of zeros are masked queries, and small deviations only a note") {
  std::vector<std::string> notes;
  const Dump dump = dump_of({{"", Tensor::from(std::vector<double>{0, 0, .5, .5001}, {2, 2})}});
  stack_from_dump(dump, {}, notes);
  REQUIRE(notes.size() == 2);
  CHECK(
      notes.back().starts_with("row sums are off by up to 0.0001 (a.npz: layer 0, head 0, row 1"));
}

TEST_CASE("causal looks at the whole file, whatever is selected") {
  const Tensor weights = Tensor::from(std::vector<double>{1, 0, .5, .5, .5, .5, .5, .5}, {2, 2, 2});
  StackRequest request;
  request.heads = IndexList::parse("0", "$head");
  CHECK_FALSE(stack(dump_of({{"", weights}}), request).causal());
  CHECK(stack(dump_of({{"", weights.at(0, 0)}}), request).causal());
  request.causal = true;
  CHECK(stack(dump_of({{"", weights}}), request).causal());
}

TEST_CASE("causal yes is refused where a query sees later keys, and not for the trace of a mask") {
  StackRequest request;
  request.causal = true;
  const auto square = [](std::vector<double> weights) {
    return dump_of({{"", Tensor::from(std::move(weights), {2, 2})}});
  };
  CHECK(error_of<InputError>(square({.75, .25, .5, .5}), request) ==
        "a.npz: layer 0, head 0, row 0: 0.25 of its weight lies on later keys, and $causal yes "
        "says that none does");
  CHECK(error_of<InputError>(square({1 - 1e-6, 1e-6, .5, .5}), request) == "no error");
  const Dump longer =
      dump_of({{"", Tensor::from(std::vector<double>{.5, .5, 1, 0, 0, 1}, {3, 2})}});
  CHECK(error_of<InputError>(longer, request)
            .starts_with("a.npz: layer 0, head 0, row 0: 1 of its weight"));
  Dump edges;
  edges.source = "a.csv";
  edges.nodes = 2;
  edges.edges = {{0, 0, {.nodes = 2, .source = {0, 1}, .target = {1, 0}, .weight = {.5, 1}}}};
  CHECK(error_of<InputError>(edges, request)
            .starts_with("a.csv: layer 0, head 0, row 0: 0.5 of its weight"));
}

TEST_CASE("steps of generate() become one causal matrix for each layer") {
  const auto step = [](std::vector<float> values, Shape shape) {
    return Tensor::from(std::move(values), std::move(shape));
  };
  const Dump dump = dump_of({{"step_0.layer_0", step({1, 0, .5, .5}, {1, 1, 2, 2})},
                             {"step_1.layer_0", step({.25, .25, .5}, {1, 1, 1, 3})},
                             {"step_2.layer_0", step({.1f, .2f, .3f, .4f}, {1, 1, 1, 4})}});
  const auto whole = stack(dump, {});
  Matrix expected(4, 4);
  expected << 1, 0, 0, 0, .5, .5, 0, 0, .25, .25, .5, 0, .1f, .2f, .3f, .4f;
  CHECK(whole.head(0, 0) == expected);
  CHECK(whole.causal());
}

TEST_CASE("a missing step of generate() is named") {
  const Dump dump = dump_of(
      {{"step_0.layer_0", counting({1, 1, 2, 2})}, {"step_2.layer_0", counting({1, 1, 1, 4})}});
  CHECK(error_of<InputError>(dump, any_numbers()) ==
        "a.npz: step_2.layer_0: shape [1, 1, 1, 4], expected [1, 1, 1, 3]");
}

TEST_CASE("as many tokens as keys, or an error") {
  Dump dump = dump_of({{"", counting({2, 2})}});
  dump.tokens = {"a", "b", "c"};
  CHECK(error_of<InputError>(dump, any_numbers()) ==
        "a.npz: tokens: 3 labels for attention with 2 queries and 2 keys");
}

TEST_CASE("one head must fit into the memory that is allowed") {
  StackRequest request = any_numbers();
  request.limits.memory = 100;
  CHECK(error_of<LimitError>(dump_of({{"", counting({3, 3})}}), request) ==
        "the weights of one head would need 144 bytes of memory, more than $max-memory 100");
}

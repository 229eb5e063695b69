#include "reading/arrays/steps/generate_steps.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

Tensor step(std::vector<double> values, const Shape& shape) {
  return Tensor::from(std::move(values), shape);
}

std::optional<Steps> steps_in(const std::vector<NamedTensor>& arrays,
                              SaidKeys keys = SaidKeys::nothing) {
  return generate_steps(families(arrays).front(), "a.npz", {{}, keys});
}

std::vector<double> first_layer(const std::vector<NamedTensor>& arrays, std::size_t batch = 0) {
  const auto steps = steps_in(arrays);
  REQUIRE(steps.has_value());
  return steps->assembled(batch).front().to_doubles();
}

}  // namespace

TEST_CASE("a prompt and then one query a step make a causal square") {
  const std::vector<NamedTensor> arrays{{"step_0.layer_0", step({1, 0, .5, .5}, {1, 1, 2, 2})},
                                        {"step_1.layer_0", step({.2, .3, .5}, {1, 1, 1, 3})}};
  CHECK(steps_in(arrays)->form == StepForm::growing);
  CHECK(first_layer(arrays) == std::vector<double>{1, 0, 0, .5, .5, 0, .2, .3, .5});
}

TEST_CASE("ten steps stand behind nine, and numbers alone are step and layer") {
  std::vector<NamedTensor> arrays;
  for (std::size_t s = 0; s < 11; ++s) {
    arrays.push_back({std::to_string(s) + ".0", uniform({1, 1, 1, s + 1})});
    arrays.push_back({std::to_string(s) + ".1", uniform({1, 1, 1, s + 1})});
  }
  const auto steps = steps_in(arrays);
  REQUIRE(steps.has_value());
  CHECK(steps->count == 11);
  CHECK(steps->layers.size() == 2);
  CHECK(steps->assembled(0).front().shape() == Shape{1, 11, 11});
}

TEST_CASE("no step of a layer takes the place of another") {
  const Family arrays = families({{"step_0.layer_0", step({1}, {1, 1, 1, 1})},
                                  {"step_1.layer_0", step({.2, .8}, {1, 1, 1, 2})},
                                  {"step_1.layer_0", step({.5, .5}, {1, 1, 1, 2})}})
                            .front();
  CHECK(error_of<InputError>([&] { generate_steps(arrays, "a.npz", {}); }) ==
        "a.npz: step_1.layer_0: has the same numbers as step_1.layer_0 / a layer of a step stands "
        "there once");
}

TEST_CASE("steps of a batch are chosen from") {
  const std::vector<NamedTensor> arrays{{"step_0.layer_0", step({1, 1}, {2, 1, 1, 1})},
                                        {"step_1.layer_0", step({.2, .8, .6, .4}, {2, 1, 1, 2})}};
  CHECK(steps_in(arrays)->batches() == 2);
  CHECK(first_layer(arrays, 1) == std::vector<double>{1, 0, .6, .4});
}

TEST_CASE("unused keys of a fixed cache are cut off") {
  const std::vector<NamedTensor> arrays{
      {"step_0.layer_0", step({1, 0, 0, 0, .5, .5, 0, 0}, {1, 1, 2, 4})},
      {"step_1.layer_0", step({.2, .3, .5, 0}, {1, 1, 1, 4})}};
  CHECK(steps_in(arrays)->form == StepForm::fixed_cache);
  CHECK(first_layer(arrays) == std::vector<double>{1, 0, 0, .5, .5, 0, .2, .3, .5});
}

TEST_CASE("a fixed cache may be full in the last step") {
  const std::vector<NamedTensor> arrays{
      {"step_0.layer_0", step({1, 0, 0, .5, .5, 0}, {1, 1, 2, 3})},
      {"step_1.layer_0", step({.2, .3, .5}, {1, 1, 1, 3})}};
  CHECK(steps_in(arrays)->form == StepForm::fixed_cache);
  CHECK(first_layer(arrays) == std::vector<double>{1, 0, 0, .5, .5, 0, .2, .3, .5});
}

TEST_CASE("queries that a mask hides from all keys of a fixed cache say nothing of its form") {
  // Padding in front: the first query sees no key, so its softmax gives each of five as much.
  for (const double masked : {.2, std::numeric_limits<double>::quiet_NaN()}) {
    CAPTURE(masked);
    std::vector<double> prompt(5, masked);
    prompt.insert(prompt.end(), {0, 1, 0, 0, 0, 0, .4, .6, 0, 0});
    const std::vector<NamedTensor> arrays{{"0.0", step(prompt, {1, 1, 3, 5})},
                                          {"1.0", step({0, .2, .3, .5, 0}, {1, 1, 1, 5})}};
    CHECK(steps_in(arrays)->form == StepForm::fixed_cache);
    const auto square = first_layer(arrays);
    REQUIRE(square.size() == 16);
    CHECK(std::vector(square.begin() + 4, square.end()) ==
          std::vector<double>{0, 1, 0, 0, 0, .4, .6, 0, 0, .2, .3, .5});
    // What is left of its row, the prompt's keys, has its share.
    if (masked > 0) CHECK(square[0] == doctest::Approx(1. / 3));
    CHECK(square[3] == 0);
  }
  // Steps that look at all keys are of none.
  CHECK(steps_in({{"step_0.layer_0", step({.2, .2, .2, .2, .2}, {1, 1, 1, 5})},
                  {"step_1.layer_0", step({.2, .2, .2, .2, .2}, {1, 1, 1, 5})}})
            ->form == StepForm::cross);
}

TEST_CASE("the numbers say whether a square of steps is causal, not that there are steps") {
  const auto of = [](std::vector<double> prompt) {
    return attention_reading(dump_of({{"step_0.layer_0", step(std::move(prompt), {1, 1, 2, 2})},
                                      {"step_1.layer_0", step({.2, .3, .5}, {1, 1, 1, 3})}}),
                             {});
  };
  // A prefix of which all is seen, as of an image before its text.
  CHECK_FALSE(of({.5, .5, .5, .5}).causal.has_value());
  CHECK_FALSE(of({1, 0, .5, .5}).causal.has_value());
  // The last rows of a square are its own only because they are causal.
  const auto rows = attention_reading(
      dump_of({{"step_0.layer_0", step({.2, .3, .5, 0, .1, .1, .1, .7}, {1, 1, 2, 4})},
               {"step_1.layer_0", step({.2, .2, .2, .2, .2}, {1, 1, 1, 5})}}),
      {});
  CHECK(rows.causal == true);
}

TEST_CASE("without a cache the last step is the whole square") {
  const std::vector<NamedTensor> arrays{
      {"step_0.layer_0", step({1}, {1, 1, 1, 1})},
      {"step_1.layer_0", step({1, 0, .5, .5}, {1, 1, 2, 2})},
      {"step_2.layer_0", step({1, 0, 0, .5, .5, 0, .2, .3, .5}, {1, 1, 3, 3})}};
  CHECK(steps_in(arrays)->form == StepForm::whole_squares);
  CHECK(first_layer(arrays) == std::vector<double>{1, 0, 0, .5, .5, 0, .2, .3, .5});
}

TEST_CASE("steps over the same keys are cross-attention, put below each other") {
  const std::vector<NamedTensor> arrays{{"step_0.layer_0", step({.4, .6}, {1, 1, 1, 2})},
                                        {"step_1.layer_0", step({.3, .7}, {1, 1, 1, 2})},
                                        {"step_2.layer_0", step({.2, .8}, {1, 1, 1, 2})}};
  CHECK(steps_in(arrays)->form == StepForm::cross);
  CHECK(first_layer(arrays) == std::vector<double>{.4, .6, .3, .7, .2, .8});
}

TEST_CASE("without a cache the last step of cross-attention has all queries") {
  const std::vector<double> first{.1, .2, .7}, second{.3, .3, .4}, third{.5, .25, .25};
  const auto rows = [](std::initializer_list<std::vector<double>> all) {
    std::vector<double> values;
    for (const auto& row : all) values.insert(values.end(), row.begin(), row.end());
    return step(values, {1, 1, all.size(), 3});
  };
  const auto steps_called = [&](const std::string& name, const std::string& end) {
    return std::vector<NamedTensor>{{name + "0" + end, rows({first})},
                                    {name + "1" + end, rows({first, second})},
                                    {name + "2" + end, rows({first, second, third})}};
  };
  for (const auto& arrays : {steps_called("cross_attentions.", ".0"),
                             steps_called("attentions.", ".0"), steps_called("", "")}) {
    CAPTURE(arrays.front().name);
    REQUIRE(steps_in(arrays).has_value());
    CHECK(steps_in(arrays)->form == StepForm::whole_cross);
    CHECK(attention_reading(dump_of(arrays), {}).sides == Sides::cross);
    CHECK(first_layer(arrays) == std::vector<double>{.1, .2, .7, .3, .3, .4, .5, .25, .25});
  }
  // Rows that are others are new queries: several tokens were decoded at once.
  const std::vector<NamedTensor> others{{"cross_attentions.0.0", rows({first})},
                                        {"cross_attentions.0.1", rows({first})},
                                        {"cross_attentions.1.0", rows({second, third})},
                                        {"cross_attentions.1.1", rows({second, third})}};
  CHECK(steps_in(others)->form == StepForm::cross);
  CHECK(first_layer(others).size() == 9);
}

TEST_CASE("steps over one key are cross-attention to one token") {
  const std::vector<NamedTensor> arrays{{"step_0.layer_0", uniform({1, 1, 1, 1})},
                                        {"step_1.layer_0", uniform({1, 1, 1, 1})}};
  CHECK(steps_in(arrays)->form == StepForm::cross);
}

TEST_CASE("a prompt of several tokens may stand before steps of cross-attention") {
  const auto steps = steps_in(
      {{"step_0.layer_0", uniform({1, 1, 3, 7})}, {"step_1.layer_0", uniform({1, 1, 1, 7})}});
  REQUIRE(steps.has_value());
  CHECK(steps->form == StepForm::cross);
  CHECK(steps->assembled(0).front().shape() == Shape{1, 4, 7});
}

TEST_CASE("each step may hold all layers") {
  const auto steps =
      steps_in({{"step_0", uniform({2, 1, 4, 3, 3})}, {"step_1", uniform({2, 1, 4, 1, 4})}});
  REQUIRE(steps.has_value());
  CHECK(steps->layers.size() == 2);
  CHECK(steps->assembled(0)[1].shape() == Shape{4, 4, 4});
}

TEST_CASE("a first axis that may be layers or a batch is asked about") {
  const std::vector<NamedTensor> arrays{{"step_0", uniform({3, 2, 4, 4})},
                                        {"step_1", uniform({3, 2, 1, 5})}};
  CHECK(error_of<InputError>([&] { steps_in(arrays); }) ==
        "a.npz: step_0: shape [3, 2, 4, 4] may be that of 3 layers or of a batch of 3 / say which: "
        "$axes layer,head,query,key or $axes batch,head,query,key");
  const auto layers =
      generate_steps(families(arrays).front(), "a.npz", {axes_named("layer,head,query,key")});
  CHECK(layers->layers.size() == 3);
  CHECK(layers->batches() == 1);
  const auto batch =
      generate_steps(families(arrays).front(), "a.npz", {axes_named("batch,head,query,key")});
  CHECK(batch->layers.size() == 1);
  CHECK(batch->batches() == 3);
}

TEST_CASE("a first axis of 1 is that of a step of one layer") {
  const auto steps =
      steps_in({{"step_0", uniform({1, 2, 4, 4})}, {"step_1", uniform({1, 2, 1, 5})}});
  REQUIRE(steps.has_value());
  CHECK(steps->layers.size() == 1);
  CHECK(steps->assembled(0)[0].shape() == Shape{2, 5, 5});
}

TEST_CASE("layers are no steps, and neither are inputs of different length") {
  CHECK_FALSE(steps_in({{"layer_0", uniform({1, 2, 3, 3})}, {"layer_1", uniform({1, 2, 3, 3})}}));
  CHECK_FALSE(steps_in({{"0.0", uniform({1, 1, 3, 3})},
                        {"0.1", uniform({1, 1, 3, 3})},
                        {"1.0", uniform({1, 1, 6, 6})},
                        {"1.1", uniform({1, 1, 6, 6})}}));
}

namespace {

/// Two layers of three steps of cross-attention, or the other way round, by names with `{l}` and
/// `{t}`.
std::vector<NamedTensor> cross_steps(const std::string& names) {
  std::vector<NamedTensor> arrays;
  for (std::size_t l = 0; l < 2; ++l) {
    for (std::size_t t = 0; t < 3; ++t) {
      std::string name = names;
      name.replace(name.find("{l}"), 3, std::to_string(l));
      name.replace(name.find("{t}"), 3, std::to_string(t));
      arrays.push_back({name, uniform({1, 1, 1, 5})});
    }
  }
  return arrays;
}

}  // namespace

TEST_CASE("a word that counts layers or steps tells the order of two numbers") {
  for (const std::string names :
       {"decoder.layers.{l}.encoder_attn.{t}", "layers.{l}.cross_attn.{t}", "blocks.{l}.cross.{t}",
        "h.{l}.attn.t{t}", "L{l}_T{t}", "block{l}_tok{t}", "layer_{l}_t_{t}", "blk{l}_cross{t}",
        "cross_{l}_decode{t}", "decoder.block.{l}.layer.1.EncDecAttention.step_{t}",
        "cross_{t}_layer_{l}", "cross_attentions.{t}.{l}"}) {
    CAPTURE(names);
    const auto steps = steps_in(cross_steps(names), SaidKeys::other);
    REQUIRE(steps.has_value());
    CHECK(steps->layers.size() == 2);
    CHECK(steps->count == 3);
  }
}

TEST_CASE("two numbers that may be read in either order are refused") {
  CHECK(error_of<InputError>([] { steps_in(cross_steps("cross_{l}_{t}")); }) ==
        "a.npz: cross_0_0 … cross_1_2 (6 arrays) [1, 1, 1, 5] differ by two numbers: the first may "
        "count steps of generate() and the second layers, or the first layers and the second "
        "steps / say it in the names, as in step_0_layer_0, or choose the layers of one step with "
        "$tensor 'cross_0_*' (steps first) or $tensor 'cross_*_0' (layers first)");
}

TEST_CASE("shapes tell the order of two numbers where only one grows") {
  for (const bool steps_first : {true, false}) {
    CAPTURE(steps_first);
    std::vector<NamedTensor> arrays;
    for (std::size_t l = 0; l < 2; ++l) {
      for (std::size_t t = 0; t < 3; ++t) {
        arrays.push_back({"attn_" + std::to_string(steps_first ? t : l) + "_" +
                              std::to_string(steps_first ? l : t),
                          uniform({1, 1, 1, t + 1})});
      }
    }
    const auto steps = steps_in(arrays);
    REQUIRE(steps.has_value());
    CHECK(steps->layers.size() == 2);
    CHECK(steps->form == StepForm::growing);
  }
}

TEST_CASE("layers of layers, heads and inputs are no steps, and T5 is a model") {
  CHECK_FALSE(steps_in(cross_steps("stages.{l}.blocks.{t}")));
  CHECK_FALSE(steps_in(cross_steps("layer_{l}_head_{t}")));
  CHECK_FALSE(steps_in(cross_steps("sentence_{t}_layer_{l}")));
  CHECK_FALSE(
      steps_in({{"t5_layer_0", uniform({1, 1, 3, 3})}, {"t5_layer_1", uniform({1, 1, 3, 3})}}));
  CHECK_FALSE(steps_in({{"t0", uniform({1, 1, 3, 3})}, {"t1", uniform({1, 1, 3, 3})}}));
}

TEST_CASE("steps of no known form are named with what was met") {
  const auto fault = [](const std::vector<NamedTensor>& arrays) {
    return error_of<InputError>([&] { steps_in(arrays); });
  };
  // a step is missing
  CHECK(
      fault({{"step_0.layer_0", uniform({1, 1, 2, 2})}, {"step_2.layer_0", uniform({1, 1, 1, 4})}})
          .starts_with("a.npz: step_2.layer_0: shape [1, 1, 1, 4], expected [1, 1, 1, 3] / "
                       "steps of generate() are known as"));
  // a cache that drops keys
  CHECK(
      fault({{"step_0.layer_0", uniform({1, 1, 3, 3})}, {"step_1.layer_0", uniform({1, 1, 1, 3})}})
          .starts_with("a.npz: step_1.layer_0: shape [1, 1, 1, 3], expected [1, 1, 1, 4]"));
  // a layer has fewer steps than another
  CHECK(fault({{"step_0.layer_0", uniform({1, 1, 1, 1})},
               {"step_0.layer_1", uniform({1, 1, 1, 1})},
               {"step_1.layer_0", uniform({1, 1, 1, 2})}}) ==
        "a.npz: layer 1: has 1 step, layer 0 has 2 / a step of a layer is missing; save every "
        "step of every layer");
  // heads differ
  CHECK(
      fault({{"step_0.layer_0", uniform({1, 1, 1, 1})}, {"step_0.layer_1", uniform({1, 2, 1, 1})}})
          .starts_with("a.npz: step_0.layer_1: shape [1, 2, 1, 1], expected [1, 1, 1, 1]"));
  CHECK(
      fault({{"step_0.layer_0", uniform({2, 2})}, {"step_1.layer_0", uniform({1, 3})}})
          .starts_with("a.npz: step_0.layer_0: shape [2, 2], expected [batch, head, query, key]"));
}

TEST_CASE("steps of three axes are those of one layer") {
  const std::vector<NamedTensor> arrays{{"step_0", step({1, 0, .5, .5}, {1, 2, 2})},
                                        {"step_1", step({.2, .3, .5}, {1, 1, 3})}};
  CHECK(first_layer(arrays) == std::vector<double>{1, 0, 0, .5, .5, 0, .2, .3, .5});
}

TEST_CASE("steps whose axes were taken away are said to be so, when no axes would help") {
  const auto fault_of = [](const std::vector<NamedTensor>& arrays) {
    return error_of<InputError>([&] { attention_reading(dump_of(arrays), {}); });
  };
  const std::string hint =
      " / where these are steps of generate(), save each as it is, [batch, head, query, key], "
      "without squeeze() or mean()";
  // Queries gone by squeeze(), heads by mean(), all but the last query.
  CHECK(fault_of({{"1.0", uniform({4, 7})},
                  {"1.1", uniform({4, 7})},
                  {"2.0", uniform({4, 8})},
                  {"2.1", uniform({4, 8})}})
            .ends_with(hint));
  CHECK(fault_of({{"0.0", uniform({6, 6})},
                  {"0.1", uniform({6, 6})},
                  {"1.0", uniform({1, 7})},
                  {"1.1", uniform({1, 7})}})
            .ends_with(hint));
  CHECK(fault_of({{"0", uniform({3, 4, 6})}, {"1", uniform({3, 4, 7})}}).ends_with(hint));
}

TEST_CASE("a list that grows as steps do is one, whatever it is called") {
  const std::vector<NamedTensor> lists{{"0", step({1, 0, .5, .5}, {1, 1, 1, 2, 2})},
                                       {"1", step({.2, .3, .5}, {1, 1, 1, 1, 3})}};
  CHECK(first_layer(lists) == std::vector<double>{1, 0, 0, .5, .5, 0, .2, .3, .5});
  const std::vector<NamedTensor> layers{{"a0", uniform({2, 1, 2, 2})},
                                        {"a1", uniform({2, 1, 1, 3})}};
  CHECK(error_of<InputError>([&] {
          steps_in(layers);
        }).starts_with("a.npz: a0: shape [2, 1, 2, 2] may be that of 2 layers or of a batch of 2"));
  for (const char* word : {"layer_", "head_", "sentence_"}) {
    const std::string name(word);
    CHECK_FALSE(
        steps_in({{name + "0", uniform({1, 2, 2})}, {name + "1", uniform({1, 1, 3})}}).has_value());
  }
  CHECK(steps_in({{"0", uniform({1, 1, 1})}, {"1", uniform({1, 1, 2})}})->count == 2);
  CHECK(steps_in({{"0", uniform({1, 1, 5})}, {"1", uniform({1, 1, 6})}})->form ==
        StepForm::growing);
  // squares of one text begin alike, those of others do not
  const std::vector<NamedTensor> whole{{"0", step({1, 0, .4, .6}, {1, 2, 2})},
                                       {"1", step({1, 0, 0, .4, .6, 0, .2, .3, .5}, {1, 3, 3})}};
  CHECK(steps_in(whole)->form == StepForm::whole_squares);
  CHECK_FALSE(steps_in({{"0", uniform({1, 2, 2})}, {"1", uniform({1, 3, 3})}}).has_value());
}

TEST_CASE("steps over keys that a cache had before are the last rows") {
  const std::vector<NamedTensor> prefix{{"0.0", step({.5, .5, 0, .2, .3, .5}, {1, 1, 2, 3})},
                                        {"0.1", uniform({1, 1, 2, 3})},
                                        {"1.0", step({.1, .2, .3, .4}, {1, 1, 1, 4})},
                                        {"1.1", uniform({1, 1, 1, 4})}};
  CHECK(steps_in(prefix)->form == StepForm::growing);
  CHECK(steps_in(prefix)->assembled(0).front().shape() == Shape{1, 3, 4});
  CHECK(first_layer(prefix) == std::vector<double>{.5, .5, 0, 0, .2, .3, .5, 0, .1, .2, .3, .4});
  // the steps behind a prompt that is not in the file
  const std::vector<NamedTensor> decoded{{"step_1.layer_0", step({.5, .25, .25}, {1, 1, 1, 3})},
                                         {"step_2.layer_0", step({.1, .2, .3, .4}, {1, 1, 1, 4})}};
  CHECK(first_layer(decoded) == std::vector<double>{.5, .25, .25, 0, .1, .2, .3, .4});
  // one step alone may be anything
  CHECK(error_of<InputError>([] {
          steps_in({{"step_0.layer_0", uniform({1, 1, 1, 3})}});
        }).starts_with("a.npz: step_0.layer_0: shape [1, 1, 1, 3], expected [1, 1, 1, 1] / "));
  CHECK(error_of<InputError>([] {
          steps_in({{"step_1.layer_0", uniform({1, 1, 1, 3})},
                    {"step_3.layer_0", uniform({1, 1, 1, 5})}});
        }).starts_with("a.npz: step_3.layer_0: shape [1, 1, 1, 5], expected [1, 1, 1, 4] / "));
}

namespace {

/// Steps of two layers by `names`, as cross_steps(), a row each.
std::vector<NamedTensor> rows_of_steps(const std::string& names,
                                       const std::vector<std::vector<double>>& rows) {
  std::vector<NamedTensor> arrays;
  for (std::size_t t = 0; t < rows.size(); ++t) {
    for (std::size_t l = 0; l < 2; ++l) {
      std::string name = names;
      name.replace(name.find("{l}"), 3, std::to_string(l));
      name.replace(name.find("{t}"), 3, std::to_string(t));
      arrays.push_back({name, step(rows[t], {1, 1, 1, rows[t].size()})});
    }
  }
  return arrays;
}

const std::vector<std::vector<double>> three_keys_each{{.2, .3, .5}, {.1, .1, .8}, {.4, .4, .2}};

}  // namespace

TEST_CASE("steps behind a prompt over a fixed cache show by the zeros that give way") {
  for (const std::string names : {"attentions.{t}.{l}", "step_{t}.layer_{l}", "a_{l}_{t}"}) {
    CAPTURE(names);
    const auto arrays =
        rows_of_steps(names, {{.2, .8, 0, 0, 0}, {.2, .3, .5, 0, 0}, {.1, .2, 0, .7, 0}});
    const auto steps = steps_in(arrays);
    REQUIRE(steps.has_value());
    CHECK(steps->form == StepForm::fixed_cache);
    CHECK(steps->before == 1);
    CHECK(first_layer(arrays) == std::vector<double>{.2, .8, 0, 0, .2, .3, .5, 0, .1, .2, 0, .7});
  }
}

TEST_CASE("a list of the steps of one layer over a fixed cache is one too") {
  const std::vector<NamedTensor> behind{{"0", step({.5, .5, 0, 0}, {1, 1, 1, 4})},
                                        {"1", step({.2, .3, .5, 0}, {1, 1, 1, 4})}};
  CHECK(first_layer(behind) == std::vector<double>{.5, .5, 0, .2, .3, .5});
  const std::vector<NamedTensor> prompt{{"0", step({1, 0, 0, 0, .5, .5, 0, 0}, {1, 1, 2, 4})},
                                        {"1", step({.2, .3, .5, 0}, {1, 1, 1, 4})}};
  CHECK(first_layer(prompt) == std::vector<double>{1, 0, 0, .5, .5, 0, .2, .3, .5});
  // layers of one query see as far as each other
  CHECK_FALSE(steps_in(
      {{"0", step({.5, .5, 0, 0}, {1, 1, 1, 4})}, {"1", step({.5, .5, 0, 0}, {1, 1, 1, 4})}}));
}

TEST_CASE("a query each over as many keys is of cross-attention or of a cache that drops keys") {
  for (const std::string names : {"attentions.{t}.{l}", "{t}.{l}", "decode_{t}.layer_{l}",
                                  "generated.{t}.{l}", "L{l}_T{t}", "token_{t}_layer_{l}"}) {
    CAPTURE(names);
    const auto arrays = rows_of_steps(names, three_keys_each);
    const std::string error = error_of<InputError>([&] { steps_in(arrays); });
    CHECK(
        error.find("(6 arrays) [1, 1, 1, 3] are steps that have a query each and as many keys, 3: "
                   "cross-attention to the same, or self-attention over a cache that drops keys "
                   "or is of fixed length / say which: $cross, or $causal yes where the keys of "
                   "a step are the last 3 of its tokens (a sliding window)") != error.npos);
    CHECK(steps_in(arrays, SaidKeys::other)->assembled(0).front().to_doubles() ==
          std::vector<double>{.2, .3, .5, .1, .1, .8, .4, .4, .2});
    const auto own = steps_in(arrays, SaidKeys::own);
    CHECK(own->form == StepForm::window);
    CHECK(own->assembled(0).front().to_doubles() ==
          std::vector<double>{.2, .3, .5, 0, 0, 0, .1, .1, .8, 0, 0, 0, .4, .4, .2});
  }
  const auto first = steps_in(rows_of_steps("step_{t}.layer_{l}", three_keys_each));
  CHECK(first->form == StepForm::cross);
  CHECK(first->note.starts_with("step 0 has one query and 3 keys, so there is no prompt"));
}

TEST_CASE("a list of lists of one layer may be steps or layers") {
  const std::vector<NamedTensor> arrays{{"attentions.0.0", step({.2, .8}, {1, 1, 1, 2})},
                                        {"attentions.1.0", step({.4, .6}, {1, 1, 1, 2})}};
  CHECK(error_of<InputError>([&] {
          steps_in(arrays);
        }).ends_with("; $axes layer,batch,head,query,key where they are layers"));
  CHECK(steps_in(arrays, SaidKeys::other)->layers.size() == 1);
}

TEST_CASE("a cache that drops keys is a sliding window where it is said or a prompt shows it") {
  const std::vector<NamedTensor> arrays{{"attentions.0.0", step({1, 0, .5, .5}, {1, 1, 2, 2})},
                                        {"attentions.0.1", uniform({1, 1, 2, 2})},
                                        {"attentions.1.0", step({.2, .8}, {1, 1, 1, 2})},
                                        {"attentions.1.1", uniform({1, 1, 1, 2})}};
  CHECK(error_of<InputError>([&] { steps_in(arrays); }) ==
        "a.npz: attentions.1.0: shape [1, 1, 1, 2], expected [1, 1, 1, 3]: the cache drops keys / "
        "$causal yes reads those of a step as the last 2 of its tokens (a sliding window); where a "
        "cache keeps others (sinks, the most seen), or a step is missing, save one forward() over "
        "the whole text instead");
  const auto said = steps_in(arrays, SaidKeys::own);
  CHECK(said->form == StepForm::window);
  CHECK(said->assembled(0).front().to_doubles() ==
        std::vector<double>{1, 0, 0, .5, .5, 0, 0, .2, .8});
  const std::vector<NamedTensor> shown{
      {"step_0.layer_0", step({1, 0, 0, .5, .5, 0, 0, .4, .6}, {1, 1, 3, 3})},
      {"step_1.layer_0", step({.3, .7}, {1, 1, 1, 2})}};
  CHECK(first_layer(shown) ==
        std::vector<double>{1, 0, 0, 0, .5, .5, 0, 0, 0, .4, .6, 0, 0, 0, .3, .7});
}

TEST_CASE("layers that keep all keys may stand between those of a sliding window") {
  const auto steps = steps_in({{"step_0.layer_0", uniform({1, 1, 2, 2})},
                               {"step_0.layer_1", uniform({1, 1, 2, 2})},
                               {"step_1.layer_0", step({.3, .7}, {1, 1, 1, 2})},
                               {"step_1.layer_1", step({.2, .3, .5}, {1, 1, 1, 3})},
                               {"step_2.layer_0", step({.4, .6}, {1, 1, 1, 2})},
                               {"step_2.layer_1", uniform({1, 1, 1, 4})}});
  REQUIRE(steps.has_value());
  CHECK(steps->form == StepForm::window);
  const auto layers = steps->assembled(0);
  CHECK(layers[0].to_doubles() ==
        std::vector<double>{.5, .5, 0, 0, .5, .5, 0, 0, 0, .3, .7, 0, 0, 0, .4, .6});
  CHECK(layers[1].at(1, 2).to_doubles() == std::vector<double>{.2, .3, .5, 0});
}

TEST_CASE("a window over a fixed cache fills before it slides") {
  const std::vector<NamedTensor> arrays{{"step_0.layer_0", step({1, 0}, {1, 1, 1, 2})},
                                        {"step_1.layer_0", step({.2, .8}, {1, 1, 1, 2})},
                                        {"step_2.layer_0", step({.3, .7}, {1, 1, 1, 2})}};
  CHECK(error_of<InputError>([&] { steps_in(arrays); }).find("self-attention over a cache") !=
        std::string::npos);
  CHECK(steps_in(arrays, SaidKeys::own)->assembled(0).front().to_doubles() ==
        std::vector<double>{1, 0, 0, .2, .8, 0, 0, .3, .7});
}

TEST_CASE("a step that is missing is no sliding window's") {
  CHECK(error_of<InputError>([] {
          steps_in({{"step_0.layer_0", uniform({1, 1, 2, 2})},
                    {"step_1.layer_0", uniform({1, 1, 1, 2})},
                    {"step_3.layer_0", uniform({1, 1, 1, 2})}},
                   SaidKeys::own);
        }).find("a step may be missing") != std::string::npos);
}

TEST_CASE("a list without a name is of cross-attention where the file's says so") {
  Dump dump = dump_of({{"0.0", step({.2, .8}, {1, 1, 1, 2})},
                       {"0.1", step({.4, .6}, {1, 1, 1, 2})},
                       {"1.0", step({.3, .7}, {1, 1, 1, 2})},
                       {"1.1", step({.5, .5}, {1, 1, 1, 2})}});
  dump.source = "t5/cross_attentions.pkl";
  CHECK(attention_reading(dump, {}).steps == StepForm::cross);
  ReadingRequest own, other;
  own.causal = true;
  other.cross = true;
  CHECK(attention_reading(dump, own).steps == StepForm::window);
  dump.source = "t5/attentions.pkl";
  CHECK_THROWS_AS(attention_reading(dump, {}), InputError);
  CHECK(attention_reading(dump, other).sides == Sides::cross);
}

TEST_CASE("what is assumed of steps is noted") {
  const auto reading =
      attention_reading(dump_of({{"step_0.layer_0", step({.2, .8}, {1, 1, 1, 2})},
                                 {"step_1.layer_0", step({.4, .6}, {1, 1, 1, 2})}}),
                        {});
  REQUIRE(reading.notes.size() == 1);
  CHECK(reading.notes.front().find("taken for cross-attention; $causal yes where") !=
        std::string::npos);
}

namespace {

/// As many steps of cross-attention, the layers of each in one array.
Dump queries_of_steps(const char* name, std::size_t layers) {
  std::vector<NamedTensor> arrays;
  for (std::size_t s = 0; s < 3; ++s) {
    arrays.push_back({name + std::to_string(s), uniform({layers, 2, 1, 5})});
  }
  return dump_of(arrays);
}

ReadingRequest as_layers_of_steps(bool cross) {
  ReadingRequest request;
  request.axes = {Axis::layer, Axis::head, Axis::query, Axis::key};
  request.cross = cross;
  return request;
}

std::string fault(const Dump& dump, const ReadingRequest& request = {}) {
  return error_of<InputError>([&] { attention_reading(dump, request); });
}

}  // namespace

TEST_CASE("a list of layers stacked for each step is put together where the request says so") {
  const Reading reading = attention_reading(queries_of_steps("arr_", 4), as_layers_of_steps(true));
  CHECK(reading.steps == StepForm::cross);
  CHECK(reading.layers.size() == 4);
  CHECK(reading.layers[0].shape() == Shape{2, 3, 5});
  const Dump named = queries_of_steps("cross_attentions_", 4);
  CHECK(attention_reading(named, as_layers_of_steps(false)).steps == StepForm::cross);
}

TEST_CASE("errors on stacked single queries name the reading as steps") {
  const Dump dump = queries_of_steps("arr_", 4);
  CHECK(fault(dump).ends_with(
      "; where each holds those of a step of generate(), $cross $axes layer,head,query,key"));
  CHECK(fault(dump, as_layers_of_steps(false)) ==
        "a.npz: arr_0 … arr_2 (3 arrays) [4, 2, 1, 5] hold 4 layers each: these are different "
        "inputs / choose one with $tensor 'arr_0'; $cross where each is a step of generate()");
}

TEST_CASE("single queries of cross-attention may be steps or layers") {
  CHECK(fault(queries_of_steps("cross_attentions_", 1)) ==
        "a.npz: cross_attentions_0 … cross_attentions_2 (3 arrays) [1, 2, 1, 5] have a query each "
        "over the same keys: they may be steps of generate() or layers of one query / say which: "
        "$cross $axes layer,head,query,key where they are steps, or $axes "
        "layer,batch,head,query,key where they are layers");
  CHECK(fault(queries_of_steps("cross_attentions_", 4)).find("4 layers each, or layers") !=
        std::string::npos);
  CHECK(fault(queries_of_steps("decoder.layers.0.cross_", 1)).find("say which") !=
        std::string::npos);
  CHECK(fault(queries_of_steps("cross_layer_", 1)) == "no error");
  CHECK(fault(queries_of_steps("attentions_", 1)) == "no error");
  ReadingRequest layers;
  layers.axes = {Axis::layer, Axis::batch, Axis::head, Axis::query, Axis::key};
  CHECK(attention_reading(queries_of_steps("cross_attentions_", 1), layers).layers.size() == 3);
  const Dump three = dump_of({{"cross_0", uniform({2, 1, 5})}, {"cross_1", uniform({2, 1, 5})}});
  CHECK(
      fault(three).ends_with("say which: call them step_0, step_1 and so on where they are "
                             "steps, or $axes layer,head,query,key where they are layers"));
}

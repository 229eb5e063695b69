#include "reading/arrays/steps/prompt_arrays.hpp"

#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

Tensor rows(std::vector<double> values, const Shape& shape) {
  return Tensor::from(std::move(values), shape);
}

/// A prompt of two tokens and two steps, of two layers.
std::vector<NamedTensor> with_names(const std::string& prompt, const std::string& steps) {
  const auto named = [](std::string name, std::size_t t, std::size_t l) {
    for (const auto& [mark, number] : {std::pair("{t}", t), std::pair("{l}", l)}) {
      if (const auto at = name.find(mark); at != name.npos) {
        name.replace(at, 3, std::to_string(number));
      }
    }
    return name;
  };
  std::vector<NamedTensor> arrays;
  for (std::size_t l = 0; l < 2; ++l) {
    arrays.push_back({named(prompt, 0, l), rows({1, 0, .5, .5}, {1, 1, 2, 2})});
    arrays.push_back({named(steps, 1, l), rows({.2, .3, .5}, {1, 1, 1, 3})});
    arrays.push_back({named(steps, 2, l), uniform({1, 1, 1, 4})});
  }
  return arrays;
}

const std::vector<double> whole{1, 0, 0, 0, .5, .5, 0, 0, .2, .3, .5, 0, .25, .25, .25, .25};

}  // namespace

TEST_CASE("a prompt with a name of its own stands before the steps") {
  for (const auto& [called, steps] : {std::pair("prefill.layer_{l}", "decode_{t}.layer_{l}"),
                                      {"prompt_{l}", "step_{t}_{l}"},
                                      {"prompt.{l}", "generated.{t}.{l}"},
                                      {"prompt_attentions.{l}", "attentions.{t}.{l}"},
                                      {"context.{l}", "decode.{t}.{l}"},
                                      {"attn.prefill.{l}", "attn.l{l}.tok{t}"},
                                      {"a.prompt.{l}", "a.{l}.{t}"}}) {
    const std::string prompt = called;
    CAPTURE(prompt);
    const Reading reading = attention_reading(dump_of(with_names(prompt, steps)), {});
    CHECK(reading.step_count == 3);
    REQUIRE(reading.layers.size() == 2);
    CHECK(reading.layers[1].to_doubles() == whole);
    REQUIRE(!reading.notes.empty());
    CHECK(reading.notes.front().starts_with("the prompt, before the first step, is "));
  }
}

TEST_CASE("a prompt may hold all layers or lack the batch") {
  auto stacked = with_names("prefill.{l}", "decode_{t}.layer_{l}");
  std::erase_if(stacked, [](const auto& array) { return array.name.starts_with("prefill"); });
  stacked.push_back({"prefill", rows({1, 0, .5, .5, 1, 0, .5, .5}, {2, 1, 1, 2, 2})});
  CHECK(attention_reading(dump_of(stacked), {}).layers[1].to_doubles() == whole);
  stacked.back() = {"prefill.0", rows({1, 0, .5, .5}, {1, 2, 2})};
  stacked.push_back({"prefill.1", rows({1, 0, .5, .5}, {1, 2, 2})});
  CHECK(attention_reading(dump_of(stacked), {}).layers[1].to_doubles() == whole);
  CHECK(attention_reading(
            dump_of({{"prompt", uniform({2, 1, 3, 2, 2})}, {"decode_0", uniform({2, 1, 3, 1, 3})}}),
            {})
            .layers[1]
            .shape() == Shape{3, 3, 3});
}

TEST_CASE("steps that are chosen stand alone") {
  ReadingRequest request;
  request.tensor = "decode*";
  const auto arrays = with_names("prefill.layer_{l}", "decode_{t}.layer_{l}");
  CHECK(attention_reading(dump_of(arrays), request).layers[0].shape() == Shape{1, 2, 4});
}

TEST_CASE("what is no prompt of the steps is none, whatever it is called") {
  const auto fits = [](NamedTensor prompt, std::size_t first_keys) {
    const auto all = families({std::move(prompt),
                               {"step_1", uniform({1, 2, 1, first_keys})},
                               {"step_2", uniform({1, 2, 1, first_keys + 1})}});
    return prompt_of(all.back(), all).has_value();
  };
  CHECK(fits({"prompt", uniform({1, 2, 3, 3})}, 4));
  CHECK_FALSE(fits({"prompt", uniform({1, 2, 3, 3})}, 5));       // a step is missing between
  CHECK_FALSE(fits({"prompt", uniform({1, 4, 3, 3})}, 4));       // other heads
  CHECK_FALSE(fits({"prompt_mask", uniform({1, 2, 3, 3})}, 4));  // no attention
  CHECK_FALSE(fits({"encoder", uniform({1, 2, 3, 3})}, 4));
  const auto layers = families({{"prompt", uniform({1, 2, 3, 3})},
                                {"layer_1", uniform({1, 2, 1, 4})},
                                {"layer_2", uniform({1, 2, 1, 5})}});
  for (const Family& family : layers) CHECK_FALSE(prompt_of(family, layers).has_value());
  CHECK_FALSE(fits({"input_encoder", uniform({1, 2, 9, 9})}, 1));
}

TEST_CASE("a window of keys goes on behind a longer prompt") {
  const std::vector<NamedTensor> arrays{
      {"prefill", rows({1, 0, 0, .5, .5, 0, 0, .4, .6}, {1, 1, 3, 3})},
      {"decode_0", rows({.3, .7}, {1, 1, 1, 2})},
      {"decode_1", rows({.2, .8}, {1, 1, 1, 2})}};
  const Reading reading = attention_reading(dump_of(arrays), {});
  CHECK(reading.steps == StepForm::window);
  CHECK(reading.layers[0].at(1, 4).to_doubles() == std::vector<double>{0, 0, 0, .2, .8});
}

TEST_CASE("a prompt in another form than the steps is not left out in silence") {
  auto arrays = with_names("prompt.{l}", "generated.{t}.{l}");
  std::erase_if(arrays, [](const auto& array) { return array.name.starts_with("prompt"); });
  arrays.push_back({"prompt", uniform({2, 2})});
  CHECK(
      error_of<InputError>([&] { attention_reading(dump_of(arrays), {}); }) ==
      "a.npz: prompt [2, 2] may be the prompt before generated.1.0 … generated.2.1 (4 arrays) [1, "
      "1, 1, 3], and has another form than these steps / save it as they are, as step 0; $tensor "
      "'generated.*.*' asks about the steps alone");
}

#include "reading/arrays/module_outputs.hpp"

#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

using Arrays = std::vector<NamedTensor>;

/// What hooks on the attention modules of T5 save: states, position bias, weights.
Arrays t5_outputs(const std::string& stack) {
  Arrays arrays;
  for (const char* block : {"0", "1"}) {
    const std::string module = stack + ".block." + block + ".layer.0.SelfAttention.";
    arrays.push_back({module + "0", counting({1, 3, 8})});
    arrays.push_back({module + "1", counting({1, 2, 3, 3})});
    arrays.push_back({module + "2", uniform({1, 2, 3, 3})});
  }
  return arrays;
}

std::vector<std::string> texts(const Arrays& arrays) {
  std::vector<std::string> found;
  for (const Family& family : with_outputs_apart(families(arrays))) {
    found.push_back(family_text(family));
  }
  return found;
}

}  // namespace

TEST_CASE("of what a module gives, the weights are a family of their own") {
  CHECK(
      texts(t5_outputs("encoder")) ==
      std::vector<std::string>{"encoder.block.0.layer.0.SelfAttention.0 … "
                               "encoder.block.1.layer.0.SelfAttention.0 (2 arrays) [1, 3, 8]",
                               "encoder.block.0.layer.0.SelfAttention.1 … "
                               "encoder.block.1.layer.0.SelfAttention.1 (2 arrays) [1, 2, 3, 3]",
                               "encoder.block.0.layer.0.SelfAttention.2 … "
                               "encoder.block.1.layer.0.SelfAttention.2 (2 arrays) [1, 2, 3, 3]"});
}

TEST_CASE("they are read, and of two stacks each is named") {
  Arrays arrays = t5_outputs("encoder");
  const Reading reading = attention_reading(dump_of(arrays), {});
  CHECK(reading.layers.size() == 2);
  CHECK(reading.layers.front().to_doubles().front() == doctest::Approx(1.0 / 3));
  const Arrays decoder = t5_outputs("decoder");
  arrays.insert(arrays.end(), decoder.begin(), decoder.end());
  CHECK(error_of<InputError>([&] { attention_reading(dump_of(arrays), {}); })
            .ends_with("choose one with $tensor 'decoder.block.*.layer.0.SelfAttention.2' or "
                       "$tensor 'encoder.block.*.layer.0.SelfAttention.2'"));
}

TEST_CASE("layers and heads stay together, and so do places that are all alike") {
  const auto one_family = [](const Arrays& arrays) {
    return with_outputs_apart(families(arrays)).size() == 1;
  };
  const auto two_by_two = [](const std::string& first, const std::string& second, Tensor other) {
    Arrays arrays;
    for (const char* i : {"0", "1"}) {
      arrays.push_back({first + i + second + "0", uniform({3, 3})});
      arrays.push_back({first + i + second + "1", other});
    }
    return arrays;
  };
  CHECK(one_family(two_by_two("layer_", ".head_", counting({3, 3}))));
  CHECK(one_family(two_by_two("step_", ".layer_", counting({3, 3}))));
  CHECK(one_family(two_by_two("block.", ".attn.", uniform({3, 3}))));
  CHECK(!one_family(two_by_two("block.", ".attn.", counting({3, 3}))));
  CHECK(one_family({{"attn.0", uniform({3, 3})}, {"attn.1", counting({3, 3})}}));
}

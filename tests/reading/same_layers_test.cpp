#include "reading/arrays/numbers/same_layers.hpp"

#include <doctest/doctest.h>

#include "reading/arrays/tokens/token_arrays.hpp"
#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

using Names = std::vector<std::string>;

std::vector<NamedTensor> all_of(const Names& names) {
  std::vector<NamedTensor> arrays;
  for (const std::string& name : names) arrays.push_back({name, uniform({1, 2, 3, 3})});
  return arrays;
}

Family family_of(const Names& names) { return families(all_of(names)).front(); }

/// `what / cure` of queries and keys; empty where they go together.
std::string apart(const Names& queries, const Names& keys, bool cross = false) {
  const Family query = family_of(queries), key = family_of(keys);
  const auto found = other_layers({query, "$query", "a.npz"}, {key, "$key", "a.npz"}, cross);
  return found ? found->what + " / " + found->cure : "";
}

}  // namespace

TEST_CASE("arrays whose names number other layers do not go together") {
  CHECK(apart({"layers.0.q", "layers.1.q"}, {"layers.1.k", "layers.2.k"}) ==
        "layers.0.q … layers.1.q (2 arrays) [1, 2, 3, 3] and layers.1.k … layers.2.k (2 arrays) "
        "[1, 2, 3, 3] are of different layers by their names, expected the same / give those of "
        "the same layers, such as $query 'a.npz:layers.1.q' and $key 'a.npz:layers.1.k'");
  CHECK(apart({"q_0", "q_1"}, {"k_2", "k_3"})
            .ends_with("save those of the same layers, under the same numbers"));
  CHECK(apart({"layers.0.q"}, {"layers.1.k"}) != "");
  CHECK(apart({"q_0", "q_1", "q_2"}, {"k_0", "k_1"}) != "");
}

TEST_CASE("names that number the same layers go together, whatever they are called") {
  CHECK(apart({"layers.0.q", "layers.1.q"}, {"layers.0.k", "layers.1.k"}) == "");
  CHECK(apart({"blocks.3.attn.q", "blocks.7.attn.q"}, {"cache.3.key", "cache.7.key"}) == "");
  CHECK(apart({"q"}, {"k_1"}) == "");
  CHECK(apart({"run1.q"}, {"run2.k"}) == "");
  CHECK(apart({"q"}, {"layers.0.k", "layers.1.k"}) == "");
  CHECK(apart({"layer0.head0.q", "layer0.head1.q", "layer1.head0.q", "layer1.head1.q"},
              {"layer0.head0.k", "layer1.head0.k"}) == "");
}

TEST_CASE("arrays of encoder and decoder go together across two texts alone") {
  const Names encoder{"encoder.0.q", "encoder.1.q"}, decoder{"decoder.0.k", "decoder.1.k"};
  CHECK(apart(encoder, decoder).find("are of two modules by their names") != std::string::npos);
  CHECK(apart(encoder, decoder, true) == "");
  CHECK(apart({"decoder.0.encoder_attn.q"}, {"decoder.0.encoder_attn.k"}) == "");
  CHECK(apart({"decoder.0.self_attn.q"}, {"decoder.0.encoder_attn.k"}) != "");
}

TEST_CASE("a file whose queries and keys are of different layers is refused") {
  const Dump dump = dump_of(all_of({"l.0.q", "l.1.q", "l.1.k", "l.2.k"}));
  CHECK_THROWS_WITH_AS(token_arrays(dump, {}), doctest::Contains("are of different layers"),
                       InputError);
  ReadingRequest cross;
  cross.cross = true;
  CHECK_THROWS_AS(token_arrays(dump, cross), InputError);
}

TEST_CASE("values of other layers than the keys are left out with a note") {
  const Dump dump = dump_of(all_of({"l.0.q", "l.1.q", "l.0.k", "l.1.k", "l.0.v", "l.2.v"}));
  const TokenArrays arrays = token_arrays(dump, {});
  CHECK(arrays.value.empty());
  REQUIRE(arrays.notes.size() == 1);
  CHECK(arrays.notes[0].starts_with("values are left out: l.0.k … l.1.k (2 arrays)"));
}

TEST_CASE("the arrays of layers are those that are read, or the keys") {
  const auto names = [](const Dump& dump) {
    Names found;
    for (const NamedTensor& array : arrays_of_layers(dump, {}).members) found.push_back(array.name);
    return found;
  };
  CHECK(names(dump_of(all_of({"l.0.attn", "l.1.attn", "l.0.v", "l.1.v"}))) ==
        Names{"l.0.attn", "l.1.attn"});
  CHECK(names(dump_of({{"l.0.q", counting({2, 3, 4})}, {"l.0.k", counting({2, 3, 4})}})) ==
        Names{"l.0.k"});
}

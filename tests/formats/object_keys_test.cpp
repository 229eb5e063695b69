#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;
using test::little;
using test::pickled;

namespace {

std::string text(std::string_view value) { return test::pickled_text(value); }

/// [0.5, 0.5]
std::string array() {
  return "cnumpy.core.multiarray\n_reconstruct\n)R(K\x01K\x02\x85"
         "cnumpy\ndtype\n" +
         text("f4") + "\x85R(K\x03" + text("<") + "NNNtb\x89" + "C\x08" +
         test::raw<float>({0.5F, 0.5F}) + "tb";
}

/// A dict of one key, which holds an array.
Dump dict(const std::string& key) { return dump_of(pickled("}" + key + array() + "s")); }

const std::vector<std::string> by_place{
    "keys of a dict are no names or numbers: arrays are called by their place in it"};

}  // namespace

TEST_CASE("keys of bytes as protocol 2 writes them name what stands below them") {
  const auto bytes = [](const std::string& value) {
    return "c_codecs\nencode\n" + text(value) + text("latin1") + "\x86R";
  };
  CHECK(dict(bytes("layer_2")).tensors[0].name == "layer_2");
  CHECK(dict(bytes("2")).notes.empty());
  CHECK(dict(bytes("\xc3\xbf")).notes == by_place);  // the byte ff, which is no text
}

TEST_CASE("keys that are tensors of one number are called by it") {
  const auto key = [](const std::string& shape, const std::string& stride) {
    const std::string storage =
        "(" + text("storage") + "ctorch\nLongStorage\n" + text("0") + text("cpu") + "K\x02tQ";
    return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + "K\x01" + shape + stride + "\x89}tR";
  };
  const auto dict_of = [](const std::string& body) {
    return dump_of(test::zip_file({{"a/data.pkl", pickled("}" + body + array() + "s")},
                                   {"a/data/0", test::raw<std::int64_t>({7, 2})}}));
  };
  CHECK(dict_of(key(")", ")")).tensors[0].name == "2");
  CHECK(dict_of(key("K\x01\x85", "K\x01\x85") + text("q") + "\x86").tensors[0].name == "2.q");
  CHECK(dict_of("N" + array() + "s" + key(")", ")")).notes == by_place);
  CHECK(dict_of(key(std::string("K\0\x85", 3), "K\x01\x85")).notes == by_place);
}

TEST_CASE("a key of up to 256 bytes is a name") {
  CHECK(dict(text(std::string(256, 'k'))).tensors[0].name == std::string(256, 'k'));
  CHECK(dict(text(std::string(257, 'k'))).tensors[0].name == "0");
}

TEST_CASE("keys that are neither texts nor numbers leave a note that arrays are numbered") {
  for (const char* key : {"cmodel\nPart\nK\x02\x85R", "(K\x01\x91", "K\x07\x85\x85", ")", "N"}) {
    const Dump dump = dict(key);
    CHECK(dump.tensors[0].name == "0");
    CHECK_MESSAGE(dump.notes == by_place, key);
  }
  CHECK(dump_of(pickled("}" + text("maps") + "}N" + array() + "ss")).notes ==
        std::vector<std::string>{
            "keys of 'maps' are no names or numbers: arrays are called by their place in it"});
  CHECK(dump_of(pickled("}(" + text("a") + array() + "N}" + text("b") + text("c") + "su"))
            .notes.empty());
}

TEST_CASE("a dict that holds nothing but None is one of layers that a fused kernel did not give") {
  const auto error = [](const std::string& body) -> std::string {
    try {
      dump_of(pickled(body));
    } catch (const InputError& refusal) {
      return refusal.problem();
    }
    return "";
  };
  CHECK(error("}(" + text("layer_0") + "N" + text("layer_1") + "Nu") ==
        "holds None in place of arrays");
  CHECK(error("}(" + text("layer_0") + "N" + text("layer_1") + "K\x01u")
            .starts_with("the pickle holds no tensor"));
  CHECK(dump_of(pickled("}(" + text("a") + array() + text("options") + "}(" + text("b") + "N" +
                        text("c") + "Nuu"))
            .unread.empty());
}

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::bytes_of;
using test::dump_of;
using test::raw;
using test::safetensors_file;

namespace {

/// The one number of a file with one tensor of this dtype.
double number(const std::string& dtype, std::string_view hex) {
  const std::string data = bytes_of(hex);
  const Dump dump = dump_of(safetensors_file("{\"a\":{\"dtype\":\"" + dtype +
                                                 "\",\"shape\":[1],\"data_offsets\":[0," +
                                                 std::to_string(data.size()) + "]}}",
                                             data));
  return dump.tensors.front().tensor.to_doubles().front();
}

const std::string one_tensor = R"("a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]})";

}  // namespace

TEST_CASE("tensors stand in natural order of their names, whatever their order in the file") {
  const Dump dump =
      dump_of(safetensors_file(R"({"layer.10":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
                               R"("layer.2":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}})",
                               raw<float>({1, 2}) + raw<double>({3})));
  CHECK(dump.format == "safetensors");
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == "layer.2");
  CHECK(dump.tensors[0].tensor.to_doubles() == std::vector{3.0});
  CHECK(dump.tensors[1].name == "layer.10");
  CHECK(dump.tensors[1].tensor.shape() == Shape{1, 2});
  CHECK(dump.tensors[1].tensor.to_doubles() == std::vector{1.0, 2.0});
}

TEST_CASE("a header of many tensors is read in one pass") {
  constexpr std::size_t count = 20'000;  // in minutes if each looked through all before it
  std::string header = "{";
  for (std::size_t i = 0; i < count; ++i) {
    header += (i > 0 ? "," : "") + ("\"x" + std::to_string(i)) +
              R"(":{"dtype":"F32","shape":[1],"data_offsets":[)" + std::to_string(4 * i) + "," +
              std::to_string(4 * i + 4) + "]}";
  }
  const Dump dump = dump_of(safetensors_file(header + "}", std::string(4 * count, '\0')));
  CHECK(dump.tensors.size() == count);
  CHECK(dump.tensors.back().name == "x19999");
}

TEST_CASE("every dtype of real numbers is read") {
  CHECK(number("F64", "000000000000f83f") == 1.5);
  CHECK(number("F32", "0000c03f") == 1.5);
  CHECK(number("F16", "003e") == 1.5);
  CHECK(number("BF16", "c03f") == 1.5);
  CHECK(number("I64", "feffffffffffffff") == -2);
  CHECK(number("I32", "feffffff") == -2);
  CHECK(number("I16", "feff") == -2);
  CHECK(number("I8", "fe") == -2);
  CHECK(number("U64", "0001000000000000") == 256);
  CHECK(number("U32", "00010000") == 256);
  CHECK(number("U16", "0001") == 256);
  CHECK(number("U8", "fe") == 254);
  CHECK(number("BOOL", "01") == 1);
}

TEST_CASE("integers are noted, floating-point numbers are not") {
  const Dump dump = dump_of(safetensors_file(
      R"({"m":{"dtype":"BOOL","shape":[8],"data_offsets":[8,16]},)" + one_tensor + "}",
      std::string(16, '\0')));
  CHECK(dump.notes == std::vector<std::string>{"m: bool values read as numbers"});
  const std::string bits =
      safetensors_file(R"({"m":{"dtype":"I16","shape":[1],"data_offsets":[0,2]}})", "ab");
  CHECK(dump_of(bits).notes.size() == 1);
  CHECK(read_dump(Bytes::from(bits), "a", {{}, {}, {}, {}, 0, Dtype::bf16}).notes.empty());
}

TEST_CASE("tokens come from the metadata") {
  const auto tokens = [](const std::string& metadata) {
    return dump_of(safetensors_file("{\"__metadata__\":{" + metadata + "}," + one_tensor + "}",
                                    std::string(8, '\0')));
  };
  CHECK(tokens(R"("format":"pt","tokens":"[\"a\", \"\\u0120b\"]")").tokens ==
        std::vector<std::string>{"a",
                                 "\xc4\xa0"
                                 "b"});
  const Dump words = tokens(R"("words":"[\"a\", \"b\"]")");
  CHECK(words.tokens == std::vector<std::string>{"a", "b"});
  CHECK(words.notes == std::vector<std::string>{"tokens taken from 'words'"});
  CHECK(tokens(R"("format":"pt")").tokens.empty());
  CHECK(tokens(R"("classes":"[\"yes\", \"no\", \"-\"]")").tokens.empty());  // three for two keys
}

TEST_CASE("metadata of null is none, a value of null is no text") {
  const auto with = [](const std::string& metadata) {
    return safetensors_file("{\"__metadata__\":" + metadata + "," + one_tensor + "}",
                            std::string(8, '\0'));
  };
  CHECK(dump_of(with("null")).tensors.size() == 1);
  CHECK_THROWS_WITH_AS(dump_of(with(R"({"format":null})")),
                       "a: metadata: format: is null, expected a string", InputError);
  CHECK_THROWS_WITH_AS(dump_of(with("[]")),
                       "a: header: __metadata__: is a list, expected an object", InputError);
}

TEST_CASE("metadata that is no JSON list is left unread") {
  for (const char* text : {"a b", "['a', 'b']", "3", "[\\\"a\\\"", "[null]"}) {
    CAPTURE(std::string(text));
    const Dump dump = dump_of(safetensors_file(
        R"({"__metadata__":{"tokens":")" + std::string(text) + "\"}," + one_tensor + "}",
        std::string(8, '\0')));
    CHECK(dump.tokens.empty());
    REQUIRE(dump.unread.size() == 1);
    CHECK(dump.unread[0].name == "tokens");
    CHECK_FALSE(dump.unread[0].reason.hint().empty());
  }
}

TEST_CASE("a tensor of another type, or without numbers, is left unread; its place is not") {
  const auto beside = [](const std::string& other, std::size_t bytes) {
    return safetensors_file("{" + one_tensor + ",\"b\":" + other + "}",
                            std::string(8 + bytes, '\0'));
  };
  for (const auto& dump :
       {dump_of(beside(R"({"dtype":"F8_E4M3","shape":[3],"data_offsets":[8,11]})", 3)),
        dump_of(beside(R"({"dtype":"C64","shape":[1],"data_offsets":[8,16]})", 8)),
        dump_of(beside(R"({"dtype":"F6_E3M2","shape":[4],"data_offsets":[8,11]})", 3)),
        dump_of(beside(R"({"dtype":"F4","shape":[2,3],"data_offsets":[8,11]})", 3)),
        dump_of(beside(R"({"dtype":"new","shape":[2,3],"data_offsets":[8,11]})", 3)),
        dump_of(beside(R"({"dtype":"F32","shape":[0],"data_offsets":[8,8]})", 0))}) {
    CHECK(dump.tensors.size() == 1);
    REQUIRE(dump.unread.size() == 1);
    CHECK(dump.unread[0].name == "b");
  }
  for (const char* other :
       {R"({"dtype":"F8_E4M3","shape":[3],"data_offsets":[8,99]})",
        R"({"dtype":"F8_E5M2","shape":[2],"data_offsets":[8,11]})",
        R"({"dtype":"F8_E8M0","shape":[4],"data_offsets":[8,11]})",
        R"({"dtype":"F8_E4M3FNUZ","shape":[1,2],"data_offsets":[8,11]})",
        R"({"dtype":"F8_E5M2FNUZ","shape":[0],"data_offsets":[8,11]})",
        R"({"dtype":"F6_E3M2","shape":[3],"data_offsets":[8,11]})",
        R"({"dtype":"F6_E2M3","shape":[8],"data_offsets":[8,11]})",
        R"({"dtype":"F4","shape":[5],"data_offsets":[8,11]})",
        R"({"dtype":"C64","shape":[1],"data_offsets":[8,11]})",
        R"({"dtype":"F8_E4M3","shape":[3],"data_offsets":[7,11]})",
        R"({"dtype":"F8_E4M3","shape":[3],"data_offsets":[9,11]})",
        R"({"dtype":"F32","shape":[3],"data_offsets":[8,11]})",
        R"({"dtype":"F32","shape":[0],"data_offsets":[8,11]})",
        R"({"dtype":"U8","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[8,11]})"}) {
    CAPTURE(std::string(other));
    CHECK_THROWS_AS(dump_of(beside(other, 3)), InputError);
  }
}

TEST_CASE("sizes and offsets are whole numbers, and written so") {
  for (const char* entry :
       {R"("shape":[1,2.0],"data_offsets":[0,8])", R"("shape":[1,2],"data_offsets":[0,8.0])",
        R"("shape":[1,2],"data_offsets":[0,0.8e1])", R"("shape":[1,2],"data_offsets":[-0,8])",
        R"("shape":[1,true],"data_offsets":[0,8])"}) {
    CAPTURE(std::string(entry));
    const std::string header = R"({"a":{"dtype":"F32",)" + std::string(entry) + "}}";
    CHECK_THROWS_AS(dump_of(safetensors_file(header, std::string(8, '\0'))), InputError);
  }
}

TEST_CASE("a label longer than the limit names the flag") {
  Limits limits;
  limits.label = 3;
  const std::string file = safetensors_file(
      R"({"__metadata__":{"tokens":"[\"four\"]"},)" + one_tensor + "}", std::string(8, '\0'));
  CHECK_THROWS_WITH_AS(dump_of(file, limits), doctest::Contains("longer than $max-label 3"),
                       LimitError);
}

TEST_CASE("a header of 640 bytes is not taken for a pickle, which begins alike") {
  std::string header = "{" + one_tensor + "}";
  header.resize(640, ' ');
  CHECK(dump_of(safetensors_file(header, std::string(8, '\0'))).tensors.size() == 1);
}

TEST_CASE("tensors view the file and keep it alive, at any alignment") {
  Tensor tensor;
  {
    const Dump dump =
        dump_of(safetensors_file(R"({"m":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},)"
                                 R"("n":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}})",
                                 "\x01" + raw<float>({0.5, 0.25})));
    tensor = dump.tensors[1].tensor;
  }
  CHECK(tensor.to_doubles() == std::vector{0.5, 0.25});
}

TEST_CASE("any tensors read back as they were written") {
  CHECK(rc::check("write then read is identity", [] {
    const auto lists = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::vector<double>>>(
        rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<double>>())));
    std::string header, data;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const std::size_t begin = data.size();
      data += raw(lists[i]);
      header += std::string(i > 0 ? "," : "{") + "\"t" + std::to_string(i) +
                "\":{\"dtype\":\"F64\",\"shape\":[" + std::to_string(lists[i].size()) +
                "],\"data_offsets\":[" + std::to_string(begin) + "," + std::to_string(data.size()) +
                "]}";
    }
    const Dump dump = dump_of(safetensors_file(header + "}", data));
    for (std::size_t i = 0; i < lists.size(); ++i) {
      RC_ASSERT(dump.tensors[i].name == "t" + std::to_string(i));
      RC_ASSERT(dump.tensors[i].tensor.to_doubles() == lists[i]);
    }
  }));
}

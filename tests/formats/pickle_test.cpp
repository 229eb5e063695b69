#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/objects/pickle/pickle.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;
using test::little;
using test::pickled;

namespace {

std::string text(std::string_view value) { return test::pickled_text(value); }

std::string real(double value) {
  std::string bytes = test::raw<double>({value});
  return "G" + std::string(bytes.rbegin(), bytes.rend());
}

/// An array of NumPy; `data` is what the pickle says of its bytes or objects.
std::string numpy(const std::string& type, const std::string& shape, const std::string& data) {
  const std::string order = type.starts_with('O') ? "|" : "<";
  const std::string dtype = "cnumpy\ndtype\n" + text(type) + "\x85R(K\x03" + text(order) + "NNNtb";
  return "cnumpy.core.multiarray\n_reconstruct\n)R(K\x01" + shape + dtype + "\x89" + data + "tb";
}

/// An array [0.5, 0.5] of NumPy.
std::string array_of_two(const std::string& shape = "K\x02\x85") {
  return numpy("f4", shape, "C\x08" + test::raw<float>({0.5F, 0.5F}));
}

Pickle read(const std::string& body) {
  const std::string bytes = pickled(body);
  return read_pickle(Bytes::from(bytes), 0, "a", {});
}

std::int64_t integer(const std::string& body) {
  const Pickle pickle = read(body);
  return pickle.integer(pickle.root()).value();
}

}  // namespace

TEST_CASE("whole numbers of every width are read with their sign") {
  using namespace std::string_literals;
  CHECK(integer("K\xff"s) == 255);
  CHECK(integer("M\x01\x02"s) == 513);
  CHECK(integer("J\xfe\xff\xff\xff"s) == -2);
  CHECK(integer("\x8a\x00"s) == 0);
  CHECK(integer("\x8a\x01\xff"s) == -1);
  CHECK(integer("\x8a\x02\xff\x00"s) == 255);
  CHECK(integer("\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80"s) == INT64_MIN);
  CHECK(integer("\x8b\x03\x00\x00\x00\x00\x00\x01"s) == 65536);
  CHECK(integer("\x88"s) == 1);
  CHECK(integer("\x8a\x0a\x05"s + std::string(9, '\0')) == 5);
  CHECK(integer("\x8a\x0a\xfe"s + std::string(9, '\xff')) == -2);
  CHECK(integer("\x8b"s + little(2000, 4) + "\x05" + std::string(1999, '\0')) == 5);
}

TEST_CASE("whole numbers beyond 64 bits are large ones, rounded once") {
  const auto large = [](const std::string& bytes) {
    const Pickle pickle = read("\x8b" + little(bytes.size(), 4) + bytes);
    CHECK_FALSE(pickle.integer(pickle.root()));
    CHECK_FALSE(pickle.real(pickle.root()));
    return pickle.large_integer(pickle.root()).value();
  };
  const auto zeros = [](std::size_t count) { return std::string(count, '\0'); };
  const auto ones = [](std::size_t count) { return std::string(count, '\xff'); };
  CHECK(large(ones(8) + zeros(1)) == 0x1p64);
  CHECK(large(zeros(7) + "\x80" + zeros(1)) == 0x1p63);
  CHECK(large(ones(7) + "\x7f\xff") == -0x1p63 - 1);
  CHECK(large(zeros(8) + "\x40") == 0x1p70);
  CHECK(large(zeros(8) + "\xc0") == -0x1p70);
  // Half a step above 2^200 goes to the even number, and with any bit below it to the next.
  CHECK(large(zeros(18) + "\x08" + zeros(6) + "\x01") == 0x1p200);
  CHECK(large("\x01" + zeros(17) + "\x08" + zeros(6) + "\x01") == 0x1.0000000000001p200);
  CHECK(large(zeros(18) + "\xf8" + ones(6) + "\xfe") == -0x1p200);
  CHECK(large(ones(18) + "\xf7" + ones(6) + "\xfe") == -0x1.0000000000001p200);
  CHECK(large(zeros(127) + "\x40") == 0x1p1022);
  CHECK(large(zeros(128) + "\x01") == std::numeric_limits<double>::infinity());
  CHECK(large(zeros(3000) + "\xff\x80") == -std::numeric_limits<double>::infinity());
}

TEST_CASE("a large whole number beside arrays is passed over, and a number among others") {
  const std::string large = "\x8a\x09" + std::string(8, '\0') + "\x40";  // 2^70
  const Dump dump = dump_of(pickled("}(" + text("seed") + large + text("state") + "](" + large +
                                    "e" + large + array_of_two() + "u"));
  REQUIRE(dump.tensors.size() == 1);
  CHECK(dump.tensors[0].name == "2");
  CHECK(dump.unread.empty());
  const Dump list = dump_of(pickled("](](" + large + real(0.5) + "e](K\x01" + large + "ee"));
  CHECK(list.tensors[0].tensor.to_doubles() == std::vector{0x1p70, 0.5, 1.0, 0x1p70});
}

TEST_CASE("ids beyond 64 bits label no tokens") {
  const std::string large = "\x8a\x09" + std::string(8, '\0') + "\x40";
  const Dump dump = dump_of(
      pickled("}(" + text("attn") + array_of_two() + text("tokens") + "](K\x01" + large + "eu"));
  REQUIRE(dump.unread.size() == 1);
  CHECK(dump.unread[0].reason.where() == "a: tokens: [1]");
  CHECK(dump.unread[0].reason.problem() ==
        "is a whole number beyond 64 bits, expected the id of a token");
}

TEST_CASE("what the stack drops and doubles leaves the rest") {
  const Pickle pickle = read("(NN1](Ne0K\x07");
  CHECK(pickle.integer(pickle.root()) == 7);
  const Pickle twice = read(
      "](K\x01"
      "2e");
  CHECK(twice.items(twice.root())->ids.size() == 2);
}

TEST_CASE("classes stay names, and objects are their arguments, state and items") {
  const Pickle pickle = read("ca\nB\n)\x81}" + text("x") + "K\x01sb(" + text("k") + "Nu");
  const PickleObject* object = pickle.object(pickle.root());
  REQUIRE(object != nullptr);
  CHECK(pickle.global(object->callable) == "a.B");
  CHECK(pickle.items(object->arguments)->ids.empty());
  CHECK(pickle.items(*object->state)->ids.size() == 2);
  CHECK(pickle.text(pickle.items(*object->keyed)->ids[0]) == "k");
  CHECK(pickle.globals() == std::vector<std::string>{"a.B"});
}

TEST_CASE("more than four million values are too many, and cost no more than their bytes") {
  CHECK_THROWS_WITH_AS(read("](" + std::string(4'000'001, 'N') + "e"),
                       doctest::Contains("more than 4000000 values"), LimitError);
}

TEST_CASE("values that would not fit the memory are not made") {
  Limits limits;
  limits.memory = 1 << 20;
  const std::string many = pickled("](" + std::string(20'000, 'N') + "e");
  CHECK_THROWS_WITH_AS(read_pickle(Bytes::from(many), 0, "a", limits),
                       doctest::Contains("$max-memory 1048576"), LimitError);
}

TEST_CASE("names of two texts each count, however few the texts are") {
  constexpr std::size_t texts = 60, length = 1000;
  std::string body;
  for (std::size_t i = 0; i < texts; ++i) {
    body += text(std::string(length, 'm') + std::to_string(i)) + "q" + static_cast<char>(i) + "0";
  }
  for (std::size_t i = 0; i < texts; ++i) {
    for (std::size_t j = 0; j < texts; ++j) {
      body += std::string("h") + static_cast<char>(i) + "h" + static_cast<char>(j) + "\x93" + "0";
    }
  }
  const std::string bytes = pickled(body + "]");
  Limits limits;
  limits.memory = 4'000'000;  // 3,600 names of 2,000 bytes
  CHECK_THROWS_WITH_AS(read_pickle(Bytes::from(bytes), 0, "a", limits),
                       doctest::Contains("$max-memory 4000000"), LimitError);
  CHECK(read_pickle(Bytes::from(bytes), 0, "a", {}).globals().size() == texts * texts);
}

TEST_CASE("lists of lists of numbers are an array") {
  const std::string row = "](" + real(0.25) + real(0.75) + "e";
  const std::string body = text("attention") + "](" + row +
                           "](K\x01K\x02"
                           "ees";
  const Dump dump = dump_of(pickled("}" + body));
  CHECK(dump.format == "pickle 2");
  REQUIRE(dump.tensors.size() == 1);
  CHECK(dump.tensors[0].name == "attention");
  CHECK(dump.tensors[0].tensor.shape() == Shape{2, 2});
  CHECK(dump.tensors[0].tensor.to_doubles() == std::vector{0.25, 0.75, 1.0, 2.0});
}

TEST_CASE("what occurs again is read once, and said") {
  const std::string row = "](" + real(0.5) + real(0.5) + "e";
  const Dump dump = dump_of(pickled("}(" + text("a") +
                                    "]q\x01"
                                    "](" +
                                    row + row + "ea" + text("b") + "h\x01u"));
  CHECK(dump.tensors.size() == 1);
  CHECK(dump.notes ==
        std::vector<std::string>{"1 object met again and left out: 'b' is the same as "
                                 "'a'"});
  const Dump twice = dump_of(pickled("}(" + text("a") + "]q\x01](" + row + row + "ea" + text("b") +
                                     "h\x01" + text("c") + "h\x01u"));
  CHECK(twice.notes ==
        std::vector<std::string>{"2 objects met again and left out: 'b' is the same as 'a'"});
}

TEST_CASE("names cost no more than they may, however often a key occurs") {
  const std::string key = text(std::string(250, 'k')) + "q\x01";
  CHECK_THROWS_WITH_AS(dump_of(pickled("}" + key +
                                       "}h\x01}h\x01}h\x01}h\x01}ssss"
                                       "s")),
                       doctest::Contains("the path to what it holds is longer than 1024 bytes"),
                       LimitError);
  // One tensor under a hundred thousand names of a thousand bytes each.
  const std::string array = array_of_two();
  std::string many = "](" + array + "q\x02";
  for (int i = 0; i < 400'000; ++i) many += "h\x02";
  const std::string named = "}" + key + "}h\x01}h\x01" + many + "esss";
  CHECK_THROWS_WITH_AS(dump_of(pickled(named)),
                       doctest::Contains("its arrays, names and labels take more than 64 MiB"),
                       LimitError);
}

TEST_CASE("of more than a thousand members left out it is told how many there are") {
  const auto notes = [](std::size_t nones) {
    return dump_of(pickled("](" + array_of_two() + std::string(nones, 'N') + "e")).notes;
  };
  CHECK(notes(1000).size() == 1);
  REQUIRE(notes(1200).size() == 2);
  CHECK(notes(1200)[0] == "200 members beyond the first 1000 left out");
  CHECK(notes(1200)[1].starts_with("1000 members left out: '1' (is None in place of an array)"));
}

TEST_CASE("layers of None beside arrays are left out, with the way to get some") {
  const auto unread = [](const std::string& body) {
    std::string names;
    for (const auto& left : dump_of(pickled(body)).unread) {
      CHECK(left.reason.hint().find("eager attention") != std::string::npos);
      names += left.name + " ";
    }
    return names;
  };
  const std::string array = array_of_two();
  CHECK(unread("](N" + array + "e") == "0 ");
  CHECK(unread("}(" + text("a") + array + text("attentions") + "(NNtu") == "attentions ");
  CHECK(unread("}(" + text("a") + array + text("attentions") + "Nu") == "attentions ");
  CHECK(unread("}(" + text("a") + array + text("attention_mask") + "N" + text("sizes") + "(NNtu") ==
        "");
  const std::string both = text("attentions") + array + text("cross_attentions") + "N";
  CHECK(unread("}(" + both + "u") == "");
}

TEST_CASE("lists that are called as labels are become labels if there are as many as tokens") {
  const auto labels = [](const std::string& list) {
    const Dump dump =
        dump_of(pickled("}(" + text("a") + "](" + "](" + real(0.5) + real(0.5) + "e](" + real(0.5) +
                        real(0.5) + "ee" + text("x") + "}" + text("token_strs") + list + "su"));
    std::string all;
    for (const auto& token : dump.tokens) all += token + " ";
    for (const auto& note : dump.notes) all += "| " + note;
    return all;
  };
  CHECK(labels("](" + text("one") + text("two") + "e") ==
        "one two | tokens taken from 'x.token_strs'");
  CHECK(labels("((" + text("one") + text("two") + "tt") ==
        "one two | tokens taken from 'x.token_strs'");
  CHECK(labels("](K\x07K\x08"
               "e")
            .starts_with("7 8 | tokens taken from 'x.token_strs'"));
  CHECK(labels("](" + text("one") + "e") ==
        "| 'x.token_strs' left out: 1 label, and no array has as many tokens");
  CHECK(labels("](](" + text("a") + text("b") + "e](" + text("c") + text("d") + "ee")
            .find("one for each item of a batch") != std::string::npos);
}

TEST_CASE("keys of bytes, of numbers and of both name what stands below them") {
  const auto name = [](const std::string& key) {
    const Dump dump = dump_of(pickled("}" + key + array_of_two() + "s"));
    REQUIRE(dump.tensors.size() == 1);
    return dump.tensors[0].name;
  };
  CHECK(name("C\x01"
             "a") == "a");
  CHECK(name("K\x07") == "7");
  CHECK(name(real(0.5)) == "0.5");
  CHECK(name(std::string("K\0", 2) + text("q") + "\x86") == "0.q");
  CHECK(name("K\x07\x85\x85") == "0");  // a tuple in a tuple is no name: the first key
  CHECK(name("(K\x01\x91") == "0");
}

TEST_CASE("a shape may be PyTorch's own tuple") {
  const std::string size = "ctorch\nSize\n";
  CHECK(dump_of(pickled(array_of_two(size + "K\x02\x85\x85R"))).tensors[0].tensor.shape() ==
        Shape{2});
  CHECK_THROWS_WITH_AS(dump_of(pickled(array_of_two(size + ")R"))),
                       doctest::Contains("whose shape is no tuple of whole numbers"), InputError);
}

TEST_CASE("an object whose state is a pair of a dict and its slots holds both") {
  const Dump dump = dump_of(pickled("ca\nB\n)\x81}" + text("a") + array_of_two() + "s}" +
                                    text("b") + array_of_two() +
                                    "s\x86"
                                    "b"));
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == "a");
  CHECK(dump.tensors[1].name == "b");
}

TEST_CASE("an array of strings in a pickle labels the tokens") {
  const std::string strings = numpy("U1", "K\x02\x85", "C\x08" + test::raw<char32_t>({U'x', U'y'}));
  const std::string square =
      numpy("f4", "K\x02K\x02\x86", "C\x10" + test::raw<float>({1, 0, 0.5F, 0.5F}));
  const auto tokens = [&](const std::string& name) {
    return dump_of(pickled("}(" + text("a") + square + text(name) + strings + "u")).tokens;
  };
  CHECK(tokens("tokens") == std::vector<std::string>{"x", "y"});
  CHECK(tokens("other").empty());
}

TEST_CASE("an array of strings of any length, as NumPy 2 has them, labels the tokens") {
  const auto strings = [](const std::string& shape, const std::string& items) {
    return "cnumpy._core.multiarray\n_reconstruct\n)R(K\x01" + shape +
           "cnumpy._core._internal\n_convert_to_stringdtype_kwargs\nK\x01\x85R\x89](" + items +
           "etb";
  };
  const std::string square =
      numpy("f4", "K\x02K\x02\x86", "C\x10" + test::raw<float>({1, 0, 0.5F, 0.5F}));
  const auto tokens = [&](const std::string& array) {
    return dump_of(pickled("}(" + text("a") + square + text("tokens") + array + "u")).tokens;
  };
  CHECK(tokens(strings("K\x02\x85", text("x") + text("yes"))) ==
        std::vector<std::string>{"x", "yes"});
  CHECK(tokens(strings("K\x02\x85", text("x") + "N")).empty());  // of a type with missing ones
  CHECK_THROWS_WITH_AS(tokens(strings("K\x03\x85", text("x") + text("yes"))),
                       doctest::Contains("does not hold as many as its shape [3]"), InputError);
}

TEST_CASE("an array whose type is a class of its own is left out beside others") {
  const auto array = [](const std::string& maker, const std::string& type,
                        const std::string& fields) {
    return "cnumpy._core.multiarray\n_reconstruct\n)R(K\x01K\x02\x85" + maker + type +
           "\x85R(K\x03" + text("|") + "N" + fields +
           "Ntb\x89"
           "C\x02xxtb";
  };
  const auto reason = [&](const std::string& other) -> std::string {
    const Dump dump = dump_of(pickled("}(" + text("a") + array_of_two() + text("b") + other + "u"));
    CHECK(dump.tensors.size() == 1);
    return dump.unread.empty() ? "none" : dump.unread[0].reason.problem();
  };
  CHECK(reason(array("cnumpy\ndtype\n", "cnumpy\nrecord\n", "(" + text("x") + "t")) ==
        "holds records, expected numbers");
  CHECK(reason(array("cnumpy\ndtype\n", "cml_dtypes\nint4\n", "N")) ==
        "holds 'ml_dtypes.int4', a type that is not read");
  CHECK(reason(array("cunits\nUnit\n", text("m"), "N")) ==
        "holds 'units.Unit', a type that is not read");
}

TEST_CASE("a DataFrame of pandas keeps a row for each column, and is read with its rows in front") {
  const std::string values =
      numpy("f4", "K\x02K\x03\x86", "C\x18" + test::raw<float>({1, 2, 3, 4, 5, 6}));
  const auto frame = [&](const std::string& first, const std::string& second = {}) {
    std::string blocks = "(";
    for (const std::string& block : {first, second}) {
      if (block.empty()) continue;
      blocks += "cpandas._libs.internals\n_unpickle_block\n(" + block + "NK\x02tR";
    }
    const std::string manager =
        "cpandas.core.internals.managers\nBlockManager\n" + blocks + "t]\x86R";
    return "cpandas.core.frame\nDataFrame\n)\x81}(" + text("_mgr") + manager + text("_typ") +
           text("dataframe") + "ub";
  };
  const Dump dump = dump_of(pickled(frame(values)));
  REQUIRE(dump.tensors.size() == 1);
  CHECK(dump.tensors[0].tensor.shape() == Shape{3, 2});
  CHECK(dump.tensors[0].tensor.to_doubles() == std::vector<double>{1, 4, 2, 5, 3, 6});
  // what stands in a cell, beside a frame and in another class is as it was
  const Dump cell = dump_of(pickled(frame(numpy("O8", "K\x01K\x01\x86", "](" + values + "e"))));
  REQUIRE(cell.tensors.size() == 1);
  CHECK(cell.tensors[0].tensor.shape() == Shape{2, 3});
  const std::string cells = numpy("O8", "K\x01K\x01\x86", "](" + array_of_two() + "e");
  const Dump records = dump_of(pickled(frame(values, cells)));
  REQUIRE(records.tensors.size() == 2);
  CHECK(records.tensors[0].tensor.shape() == Shape{2, 3});
  CHECK(records.notes ==
        std::vector<std::string>{"arrays in the cells of a pandas frame are numbered by their "
                                 "rows, not by its index or other columns"});
  CHECK(cell.notes.empty());
  const Dump texts =
      dump_of(pickled(frame(values, numpy("O8", "K\x01K\x01\x86", "](" + text("a") + "e"))));
  CHECK(texts.tensors.at(0).tensor.shape() == Shape{3, 2});
  CHECK(texts.notes.empty());
  const Dump list = dump_of(pickled("](" + frame(values) + values + "e"));
  REQUIRE(list.tensors.size() == 2);
  CHECK(list.tensors[0].tensor.shape() == Shape{3, 2});
  CHECK(list.tensors[1].tensor.shape() == Shape{2, 3});
  const Dump own = dump_of(pickled("cmodel\nBlockManager\n" + values + "\x85R"));
  CHECK(own.tensors.at(0).tensor.shape() == Shape{2, 3});
}

TEST_CASE("whole numbers of attention are read as numbers, with a note") {
  const std::string whole = numpy("i4", "K\x02\x85", "C\x08" + test::raw<std::int32_t>({1, 2}));
  const auto notes = [&](const std::string& name) {
    return dump_of(pickled("}(" + text("a") + array_of_two() + text(name) + whole + "u")).notes;
  };
  CHECK(notes("attentions") ==
        std::vector<std::string>{"attentions: int32 values read as numbers"});
  CHECK(notes("position_ids").empty());
  const std::string alone = pickled("}(" + text("attentions") + whole + "u");
  const auto read_later_as = [&](Dtype dtype) {
    return read_dump(Bytes::from(alone), "a", {{}, {}, {}, {}, 0, dtype}).notes.size();
  };
  CHECK(read_later_as(Dtype::f32) == 0);
  CHECK(read_later_as(Dtype::bf16) == 1);
  CHECK(read_later_as(Dtype::u32) == 1);
}

TEST_CASE("an array of objects has the indices of its items in their names") {
  const Dump dump =
      dump_of(pickled(numpy("O8", "K\x02K\x01\x86", "](" + array_of_two() + array_of_two() + "e")));
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == "0.0");
  CHECK(dump.tensors[1].name == "1.0");
}

TEST_CASE("the state of an object may be slots behind a dict or None") {
  const std::string slots = "}" + text("x") + array_of_two() + "s";
  for (const std::string first : {"N", "}"}) {
    const Dump dump = dump_of(pickled("ca\nB\n)\x81" + first + slots + "\x86" + "b"));
    REQUIRE(dump.tensors.size() == 1);
    CHECK(dump.tensors[0].name == "x");
  }
}

TEST_CASE("each argument of an unknown object is looked at") {
  const Dump dump = dump_of(pickled("ca\nB\n(" + array_of_two() + array_of_two() + "t\x81"));
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == "0");
  CHECK(dump.tensors[1].name == "1");
}

TEST_CASE("an array of objects is named by all its indices") {
  const std::string dtype = "cnumpy\ndtype\n" + text("O8") + "\x85R(K\x03" + text("|") + "NNNtb";
  const Dump dump = dump_of(pickled("cnumpy.core.multiarray\n_reconstruct\n)R(K\x01K\x01K\x02\x86" +
                                    dtype + "\x89](" + array_of_two() + array_of_two() + "etb"));
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == "0.0");
  CHECK(dump.tensors[1].name == "0.1");
}

TEST_CASE("an array of objects that holds itself, or another twice, is walked once") {
  const auto objects = [](const std::string& items) {
    const std::string dtype = "cnumpy\ndtype\n" + text("O8") + "\x85R(K\x03" + text("|") + "NNNtb";
    return "cnumpy.core.multiarray\n_reconstruct\n)Rq\x01(K\x01K\x02\x85" + dtype + "\x89](" +
           items + "etb";
  };
  CHECK_THROWS_WITH_AS(dump_of(pickled(objects("h\x01h\x01"))),
                       doctest::Contains("holds no tensor and no array of numbers"), InputError);
  const Dump dump = dump_of(pickled(objects("h\x01" + array_of_two())));
  REQUIRE(dump.tensors.size() == 1);
  CHECK(dump.tensors[0].name == "1");
}

TEST_CASE("labels repeated by the memo cost no more than they may") {
  const std::string label = text(std::string(4000, 'x')) + "q\x01";
  std::string many = "}" + text("tokens") + "](" + label;
  for (int i = 0; i < 20'000; ++i) many += "h\x01";
  CHECK_THROWS_WITH_AS(dump_of(pickled(many + "es")),
                       doctest::Contains("labels of more than 64 MiB"), LimitError);
}

TEST_CASE("a text or a name that Python does not decode is refused, half a surrogate pair is not") {
  CHECK_THROWS_WITH_AS(read(text("the\xff")), "a: byte 2: a text is not UTF-8", InputError);
  CHECK_THROWS_WITH_AS(read(text("\xed\xa0")), "a: byte 2: a text is not UTF-8", InputError);
  CHECK_THROWS_WITH_AS(read("cnum\x9ey\nndarray\n"), "a: byte 2: a name is not UTF-8", InputError);
  const Pickle pickle = read(text("\xed\xa0\x80 \xed\xbf\xbf é"));
  CHECK(pickle.text(pickle.root()) == "\xed\xa0\x80 \xed\xbf\xbf é");
}

TEST_CASE("an array of a version that NumPy does not know is refused") {
  std::string array = array_of_two();
  array.replace(array.find("(K\x01K\x02\x85") + 2, 1, "\x02");
  CHECK_THROWS_WITH_AS(dump_of(pickled(array)),
                       "a: is an array of NumPy of an unknown version, expected 1", InputError);
  array = array_of_two();
  array.replace(array.find("(K\x03") + 2, 1, "\x30");
  CHECK_THROWS_WITH_AS(
      dump_of(pickled(array)),
      "a: is an array of NumPy whose type is of an unknown version, expected 3 or 4", InputError);
}

TEST_CASE("only a class, a function or an object can be called") {
  CHECK_THROWS_WITH_AS(read("])R"), "a: byte 4: what is called is no class, function or object",
                       InputError);
  CHECK_NOTHROW(read("cmodule\nname\n)R)R"));
}

TEST_CASE("keys of a dict may be numbers and strings of NumPy, alone and in tuples") {
  const auto scalar = [](const std::string& type, const std::string& size,
                         const std::string& data) {
    return "cnumpy._core.multiarray\nscalar\n(cnumpy\ndtype\n" + text(type) + "\x85R(K\x03" +
           text("<") + "NNN" + size + "tbC" + static_cast<char>(data.size()) + data + "tR";
  };
  const std::string none = "J\xff\xff\xff\xff";
  const std::string two = scalar("i8", none + none + std::string("K\x00", 2), little(2, 8));
  const std::string word = scalar("U2", "K\x08K\x04K\x08",
                                  std::string("h\0\0\0"
                                              "1\0\0\0",
                                              8));
  const Dump dump = dump_of(pickled("}(" + two + array_of_two() + word + array_of_two() + "(" +
                                    two + word + "t" + array_of_two() + "u"));
  REQUIRE(dump.tensors.size() == 3);
  CHECK(dump.tensors[0].name == "2");
  CHECK(dump.tensors[1].name == "2.h1");
  CHECK(dump.tensors[2].name == "h1");
}

TEST_CASE("texts and whole numbers of dicts within a list are fields, of NumPy's scalars too") {
  const std::string scalar = "cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n" + text("i8") +
                             "\x85R(K\x03" + text("<") + "NNNtbC\x08" + little(7, 8) + "tR";
  const Dump dump =
      dump_of(pickled("](}(" + text("layer") + "K\x02" + text("said") + scalar + text("text") +
                      text("hello") + text("attn") + array_of_two() + "ue"));
  const std::string half = "cnumpy._core.multiarray\nscalar\n(cnumpy\ndtype\n" + text("f8") +
                           "\x85R(K\x03" + text("<") + "NNNtbC\x08" + test::raw<double>({.5}) +
                           "tR";
  const Dump scaled =
      dump_of(pickled("}(" + text("scale") + half + text("attn") + array_of_two() + "u"));
  REQUIRE(scaled.fields.size() == 1);
  CHECK(scaled.fields[0].text == "0.5");
  REQUIRE(dump.fields.size() == 3);
  CHECK(dump.fields[0].name == "0.layer");
  CHECK(dump.fields[0].number == 2);
  CHECK(dump.fields[1].name == "0.said");
  CHECK(dump.fields[1].number == 7);
  CHECK(dump.fields[2].text == "hello");
  CHECK_FALSE(dump.fields[2].number);
  const Dump alone = dump_of(pickled("}(" + text("layers") + "K\x02" + text("text") + text("a") +
                                     text("attn") + array_of_two() + "u"));
  REQUIRE(alone.fields.size() == 1);
  CHECK(alone.fields[0].name == "layers");
  CHECK(alone.fields[0].number == 2);
  CHECK(dump_of(pickled("}(" + text("layer") + "K\x02" + text("attn") + array_of_two() + "u"))
            .fields.size() == 1);
}

TEST_CASE("lists of whole numbers are told of, as long as they are") {
  const Dump dump = dump_of(pickled("}(" + text("ids") +
                                    "](](K\x01K\x02"
                                    "e](K\x03K\x04"
                                    "ee" +
                                    text("y") +
                                    "](K\x01K\x05"
                                    "e" +
                                    text("attn") + array_of_two() + "u"));
  REQUIRE(dump.other_lists.size() == 2);
  CHECK(dump.other_lists[0].name == "ids");
  CHECK(dump.other_lists[1].length == 2);
  CHECK(dump.other_lists[1].kind == ListKind::numbers);
}

TEST_CASE("numbers of a list of layers or heads are fields, those of another are not") {
  const Dump dump = dump_of(pickled("}(" + text("layers") +
                                    "](K\x02K\x01"
                                    "e" +
                                    text("scores") +
                                    "](K\x02K\x01"
                                    "e" +
                                    text("attn") + array_of_two() + "u"));
  REQUIRE(dump.fields.size() == 2);
  CHECK(dump.fields[0].name == "layers.0");
  CHECK(dump.fields[0].number == 2);
  CHECK(dump.fields[1].name == "layers.1");
}

TEST_CASE("names of axes are fields, those of anything else are not") {
  const Dump dump =
      dump_of(pickled("}(" + text("dims") + text("query") + text("key") + "\x86" + text("classes") +
                      text("a") + text("b") + "\x86" + text("attn") + array_of_two() + "u"));
  REQUIRE(dump.fields.size() == 2);
  CHECK(dump.fields[0].name == "dims.0");
  CHECK(dump.fields[1].text == "key");
}

TEST_CASE("texts beside an array in a list or tuple are told of, and lists of them are labels") {
  const std::string list = "](" + text("a") + text("b") + "e";
  const std::string matrix =
      "](](" + real(0.5) + real(0.5) + "e](" + real(0.25) + real(0.75) + "ee";
  const auto two = [&](const std::string& item) {
    return dump_of(pickled("](" + item + matrix + "\x86" + item + matrix + "\x86" + "e"));
  };
  const Dump texts = two(text("hello"));
  REQUIRE(texts.fields.size() == 2);
  CHECK(texts.fields[1].name == "1.0");
  CHECK(texts.fields[1].text == "hello");
  const Dump lists = two(list);
  CHECK(lists.tokens == std::vector<std::string>{"a", "b"});
  REQUIRE(lists.tokens_of_inputs.size() == 2);
  CHECK(lists.tokens_of_inputs[1].name == "1.0");
  // lists of texts alone are those of other things
  const Dump alone = dump_of(pickled("}(" + text("guesses") + "](" + list + list + "e" +
                                     text("attn") + array_of_two() + "u"));
  CHECK(alone.tokens.empty());
  CHECK(alone.other_lists.size() == 2);
}

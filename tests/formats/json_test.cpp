#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "formats/file_bytes.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

TEST_CASE("a matrix is one tensor of float64 without a name") {
  const Dump dump = dump_of(" [[0.5, 0.5],\n\t[1e-3, 0.999]]\r\n");
  CHECK(dump.format == "JSON");
  REQUIRE(dump.tensors.size() == 1);
  CHECK(dump.tensors[0].name.empty());
  CHECK(dump.tensors[0].tensor.dtype() == Dtype::f64);
  CHECK(dump.tensors[0].tensor.shape() == Shape{2, 2});
  CHECK(dump.tensors[0].tensor.to_doubles() == std::vector{0.5, 0.5, 0.001, 0.999});
}

TEST_CASE("a stack is as deep as its axes") {
  CHECK(dump_of("[[[1,0],[0,1]]]").tensors[0].tensor.shape() == Shape{1, 2, 2});
  CHECK(dump_of("[[[[1,0],[0,1]]],[[[1,0],[0,1]]]]").tensors[0].tensor.shape() ==
        Shape{2, 1, 2, 2});
  CHECK(dump_of("[[[[[1],[2],[3]]]]]").tensors[0].tensor.shape() == Shape{1, 1, 1, 3, 1});
}

TEST_CASE("an object names its tensors and holds the tokens") {
  const Dump dump = dump_of(
      R"({"tokens": ["a", "\u0120\ud83d\ude00", "</script>"], "query": [[1, 2]], "key": [[3, 4]]})");
  CHECK(dump.tokens == std::vector<std::string>{"a", "\xc4\xa0\xf0\x9f\x98\x80", "</script>"});
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == "key");
  CHECK(dump.tensors[0].tensor.to_doubles() == std::vector{3.0, 4.0});
  CHECK(dump.tensors[1].name == "query");
}

TEST_CASE("names stand in natural order") {
  const Dump dump = dump_of(R"({"layer_10": [[1]], "layer_9": [[1]]})");
  CHECK(dump.tensors[0].name == "layer_9");
}

TEST_CASE("what stands beside the lists is left out, with its reason and one note") {
  const Dump dump =
      dump_of(R"({"model": "bert", "loss": null, "ragged": [[1], [1, 2]], "attention": [[1]]})");
  CHECK(dump.tensors.size() == 1);
  REQUIRE(dump.unread.size() == 3);
  CHECK(dump.unread[0].name == "model");
  CHECK(dump.unread[0].reason.problem() == "is a string, expected nested lists of numbers");
  CHECK(dump.unread[1].reason.hint().find("eager") != std::string::npos);
  CHECK(dump.unread[2].reason.where() == "a: ragged: row [1]");
  CHECK(dump.notes == std::vector<std::string>{
                          "3 members left out: 'model' (is a string, expected nested lists of "
                          "numbers), 'loss', 'ragged'"});
  CHECK(dump_of(R"({"layers": 12, "attention": [[1]]})").notes ==
        std::vector<std::string>{
            "1 member left out: 'layers' (is a number, expected nested lists of numbers)"});
}

TEST_CASE("a file whose every list is wrong is refused with the reason that has a cure") {
  CHECK_THROWS_WITH_AS(dump_of(R"({"model": "bert", "attention": null})"),
                       "a: attention: is null, expected nested lists of numbers", InputError);
}

TEST_CASE("lists in objects are called by their path") {
  const Dump dump = dump_of(R"({"layers": [{"attn": [[1]]}, {"attn": [[2]]}],)"
                            R"("model": {"name": "x", "attention": [[3]]}})");
  REQUIRE(dump.tensors.size() == 3);
  CHECK(dump.tensors[0].name == "layers.0.attn");
  CHECK(dump.tensors[1].name == "layers.1.attn");
  CHECK(dump.tensors[2].name == "model.attention");
  CHECK(dump_of(R"([{"w": [[1]]}])").tensors[0].name == "0.w");
  CHECK_THROWS_WITH_AS(dump_of(R"({"a": {"b": [[1]]}, "a.b": [[1]]})"),
                       "a: two lists are called 'a.b'", InputError);
}

TEST_CASE("tokens that are ids stand as they are, with a note") {
  const Dump dump = dump_of(R"({"tokens": [101, 7592], "attention": [[1]]})");
  CHECK(dump.tokens == std::vector<std::string>{"101", "7592"});
  REQUIRE(dump.notes.size() == 1);
  CHECK(dump.notes[0].find("convert_ids_to_tokens") != std::string::npos);
}

TEST_CASE("of the tokens of a batch those of the item are taken") {
  const std::string text = R"({"tokens": [["a", "b"], ["c", "d"]], "attention": [[1]]})";
  const auto tokens = [&](std::optional<std::size_t> batch) {
    return read_dump(Bytes::from(text), "a", {{}, batch}).tokens;
  };
  CHECK(tokens(1) == std::vector<std::string>{"c", "d"});
  CHECK(tokens(2).empty());
  const Dump unchosen = dump_of(text);
  CHECK(unchosen.tokens.empty());
  REQUIRE(unchosen.unread.size() == 1);
  CHECK(unchosen.unread[0].reason.hint().find("$batch") != std::string::npos);
  CHECK(dump_of(R"({"tokens": [["a"]], "attention": [[1]]})").tokens ==
        std::vector<std::string>{"a"});
}

TEST_CASE("tokens that are no strings are left out") {
  for (const char* tokens : {R"(["a", 2])", "[null]", "[[\"a\"], 1]", "3", "\"a b\"",
                             R"({"0": "a", "1": ["b", {}]})", "[]"}) {
    CAPTURE(std::string(tokens));
    const Dump dump = dump_of(R"({"tokens": )" + std::string(tokens) + R"(, "attention": [[1]]})");
    CHECK(dump.tokens.empty());
    CHECK(dump.unread.size() == (std::string(tokens) == "[]" ? 0 : 1));
  }
}

TEST_CASE("integers, exponents and the smallest numbers are read exactly") {
  CHECK(dump_of("[-1, 0, 18446744073709551615, 9007199254740993.0, 5e-324, 1E2, 0.1]")
            .tensors[0]
            .tensor.to_doubles() ==
        std::vector<double>{-1, 0, 18446744073709551616.0, 9007199254740992.0, 5e-324, 100, 0.1});
}

TEST_CASE("numbers too small for a float64 are 0, those too large are refused") {
  CHECK(dump_of("[1e-400, -1e-99999, 0." + std::string(400, '0') + "1]")
            .tensors[0]
            .tensor.to_doubles() == std::vector<double>{0, 0, 0});
  CHECK_THROWS_AS(dump_of("[1e99999]"), InputError);
  CHECK_THROWS_AS(dump_of("[1" + std::string(6000, '0') + "]"), InputError);
}

TEST_CASE("a byte order mark before the text is skipped") {
  CHECK(dump_of("\xef\xbb\xbf[[1]]").tensors.size() == 1);
}

TEST_CASE("a ragged row is named by its indices, with the cure") {
  try {
    dump_of("[[[1, 2], [3, 4]], [[5, 6], [7]]]");
    FAIL("a ragged row was accepted");
  } catch (const InputError& error) {
    CHECK(error.where() == "a: row [1][1]");
    CHECK(error.problem() == "1 number, expected 2 as in the first");
    CHECK(error.hint().find("pad") != std::string::npos);
  }
}

TEST_CASE("a mapped file is read wherever in its last page it ends") {
  const auto path = std::filesystem::temp_directory_path() /
                    ("attngraph_json_" + std::to_string(getpid()) + ".json");
  for (const std::size_t size : {4000, 4031, 4032, 4033, 4095, 4096, 4097, 8192, 8300}) {
    std::string text = R"({"tokens": ["a"], "attention": [[0.5]])";
    text.resize(size - 1, ' ');
    std::ofstream(path, std::ios::binary) << text << '}';
    const Dump dump = read_dump(file_bytes(path, {}), "a", {});
    CHECK(dump.tensors[0].tensor.to_doubles() == std::vector{0.5});
    std::ofstream(path, std::ios::binary) << text << '"';
    CHECK_THROWS_AS(read_dump(file_bytes(path, {}), "a", {}), InputError);
  }
  std::filesystem::remove(path);
}

TEST_CASE("NaN, as Python writes it, gets a hint") {
  try {
    dump_of("[[1, 0],\n [NaN, 1]]");
    FAIL("NaN was accepted");
  } catch (const InputError& error) {
    CHECK(error.where() == "a: line 2, column 3");
    CHECK(error.hint().find("nan_to_num") != std::string::npos);
  }
}

TEST_CASE("what Python and NumPy print gets the hint to write JSON") {
  for (const char* text :
       {"[[0.5 0.5]\n [0.25 0.75]]", "[[1., 0.]]", "[[0.5, ..., 0.5]]",
        "[[0.5, 0.5]\n [0.25, 0.75]]", "{'a': [[1]]}", "[[None, 1]]", "[tensor([1])]"}) {
    CAPTURE(std::string(text));
    try {
      dump_of(text);
      FAIL("printed Python was accepted");
    } catch (const InputError& error) {
      CHECK(error.hint().find("write it with json.dump(array.tolist(), file)") !=
            std::string::npos);
    }
  }
  CHECK_THROWS_WITH_AS(dump_of("tensor([[0.5, 0.5]])"),
                       "a: is a printed tensor, expected its numbers in a file", InputError);
}

TEST_CASE("an attention of null gets the hint of fused attention") {
  try {
    dump_of(R"({"attention": [null, null]})");
    FAIL("null was accepted");
  } catch (const InputError& error) {
    CHECK(error.hint().find("eager") != std::string::npos);
  }
}

TEST_CASE("what is noted of commas and brackets counts against the memory limit") {
  Limits limits;
  limits.memory = 100000;
  std::string text = "[[]";
  for (int i = 0; i < 20000; ++i) text += ",[]";
  CHECK_THROWS_WITH_AS(dump_of(text + "]", limits), doctest::Contains("$max-memory 100000"),
                       LimitError);
}

TEST_CASE("numbers beyond the memory limit are refused while they are read") {
  Limits limits;
  limits.memory = 100000;
  std::string text = "[0";
  for (int i = 0; i < 20000; ++i) text += ",1";
  CHECK_THROWS_WITH_AS(dump_of(text + "]", limits), doctest::Contains("$max-memory 100000"),
                       LimitError);
  text.clear();
  for (int i = 0; i < 20; ++i) {
    text += (i > 0 ? ",\"t" : "{\"t") + std::to_string(i) + "\":[0";
    for (int k = 1; k < 1000; ++k) text += ",1";
    text += "]";
  }
  CHECK_THROWS_AS(dump_of(text + "}", limits), LimitError);
  CHECK(dump_of(text + "}").tensors.size() == 20);
}

TEST_CASE("any nested lists read back as another program writes them") {
  CHECK(rc::check("write then read is identity", [] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 6);
    const auto columns = *rc::gen::inRange<std::size_t>(1, 6);
    const auto values = *rc::gen::container<std::vector<double>>(
        rows * columns, rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t bits) {
          return static_cast<double>(bits) /
                 static_cast<double>(std::numeric_limits<std::int32_t>::max());
        }));
    nlohmann::json matrix = nlohmann::json::array();
    for (std::size_t r = 0; r < rows; ++r) {
      matrix.push_back(std::vector<double>(values.begin() + static_cast<long>(r * columns),
                                           values.begin() + static_cast<long>((r + 1) * columns)));
    }
    const auto indent = *rc::gen::inRange(-1, 3);
    const Dump dump = dump_of(nlohmann::json{{"attention", matrix}}.dump(indent));
    RC_ASSERT((dump.tensors[0].tensor.shape() == Shape{rows, columns}));
    RC_ASSERT(dump.tensors[0].tensor.to_doubles() == values);
  }));
}

TEST_CASE("any tokens read back as another program writes them") {
  CHECK(rc::check("labels survive their escapes", [] {
    const auto codes = *rc::gen::arbitrary<std::vector<std::vector<std::uint8_t>>>();
    std::vector<std::string> tokens;
    for (const auto& code : codes) {
      std::string& token = tokens.emplace_back();
      for (const auto byte : code) {
        // Latin-1 as UTF-8: control characters, quotes and two-byte sequences.
        if (byte < 0x80) token += static_cast<char>(byte);
        if (byte >= 0x80)
          token += {static_cast<char>(0xc0 | (byte >> 6)), static_cast<char>(0x80 | (byte & 0x3f))};
      }
    }
    const bool ascii = *rc::gen::arbitrary<bool>();
    const nlohmann::json object{{"tokens", tokens}, {"x", {{1}}}};
    RC_ASSERT(dump_of(object.dump(-1, ' ', ascii)).tokens == tokens);
  }));
}

TEST_CASE("inputs of one file keep tokens of their own") {
  const Dump dump = dump_of(R"([{"tokens": ["a", "b"], "attention": [[1, 0], [0, 1]]},)"
                            R"( {"tokens": ["x", "y"], "attention": [[1, 0], [0, 1]]}])");
  REQUIRE(dump.tokens_of_inputs.size() == 2);
  CHECK(dump.tokens_of_inputs[1].name == "1.tokens");
  CHECK(dump.tokens_of_inputs[1].tokens == std::vector<std::string>{"x", "y"});
  CHECK(dump_of(R"({"tokens_0": ["a", "b"], "attn_0": [[1, 0], [0, 1]],)"
                R"( "tokens_1": ["x", "y"], "attn_1": [[1, 0], [0, 1]]})")
            .tokens_of_inputs.size() == 2);
  CHECK(dump_of(R"({"a": {"tokens": ["a", "b"], "attention": [[1, 0], [0, 1]]}})")
            .tokens_of_inputs.empty());
}

TEST_CASE("numbers of many digits are those that strtod reads") {
  rc::check("", [] {
    const std::string zeros(*rc::gen::inRange(0, 4), '0');
    std::string digits(*rc::gen::inRange(1, 60), '0');
    for (char& digit : digits) digit = static_cast<char>('0' + *rc::gen::inRange(0, 10));
    std::string number = "0." + zeros + digits;
    if (*rc::gen::arbitrary<bool>()) number.insert(0, "-");
    if (*rc::gen::arbitrary<bool>()) number += "e-" + std::to_string(*rc::gen::inRange(0, 40));
    const std::string blanks(*rc::gen::inRange(0, 30), ' ');
    const Dump dump = dump_of("[[" + number + blanks + ", 1]," + blanks + "[1, " + number + "]]");
    const double expected = std::strtod(number.c_str(), nullptr);
    RC_ASSERT(dump.tensors[0].tensor.to_doubles() == (std::vector{expected, 1., 1., expected}));
  });
}

TEST_CASE("an exponent of many digits is one") {
  CHECK(dump_of("[[1e-99999999999999999999, 1]]").tensors[0].tensor.to_doubles() ==
        std::vector{0., 1.});
  CHECK(dump_of("[[1e00000000000000000000001, 1]]").tensors[0].tensor.to_doubles() ==
        std::vector{10., 1.});
}

TEST_CASE("a file has lists of tokens for both sides") {
  const Dump dump = dump_of(R"({"attn": [[1, 0], [0, 1]], "left_text": ["x", "y"],)"
                            R"( "right_text": ["a", "b"], "labels": ["A", "B"]})");
  CHECK(dump.tokens == std::vector<std::string>{"a", "b"});
  CHECK(dump.tokens_name == "right_text");
  REQUIRE(dump.query_tokens.size() == 1);
  CHECK(dump.query_tokens[0].name == "left_text");
  CHECK(dump.query_tokens[0].tokens == std::vector<std::string>{"x", "y"});
  CHECK(dump_of(R"({"attn": [[1, 0], [0, 1]], "left_text": ["x", "y"]})").tokens ==
        std::vector<std::string>{"x", "y"});
}

TEST_CASE("classes of tokens are labels only where nothing else is") {
  const auto tokens = [](const std::string& lists) {
    return dump_of(R"({"labels": ["PER", "O"], )" + lists + R"("attn": [[1, 0], [0, 1]]})").tokens;
  };
  CHECK(tokens(R"("words": ["a", "b"], )") == std::vector<std::string>{"a", "b"});
  CHECK(tokens(R"("input_tokens": ["a", "b"], )") == std::vector<std::string>{"a", "b"});
  CHECK(tokens(R"("words": ["a", "b", "c"], )") == std::vector<std::string>{"PER", "O"});
  CHECK(tokens("") == std::vector<std::string>{"PER", "O"});
}

TEST_CASE("names of axes and of layers are fields, and are not left out") {
  const Dump dump = dump_of(
      R"({"attn": [[1, 0], [0, 1]], "dims": ["query", "key"], "layer_names": ["layer_8"]})");
  REQUIRE(dump.fields.size() == 3);
  CHECK(dump.fields[0].name == "dims.0");
  CHECK(dump.fields[1].text == "key");
  CHECK(dump.fields[2].name == "layer_names.0");
  CHECK(dump.unread.empty());
  CHECK(dump_of(R"({"attn": [[1, 0], [0, 1]], "dims": ["a", "b", "c", "d", "e", "f"]})")
            .unread.size() == 1);
}

TEST_CASE("lists of texts that label no tokens are counted") {
  const Dump dump = dump_of(R"({"attn": [[1, 0], [0, 1]], "sentences": ["a b", "c d", "e"],)"
                            R"( "labels": ["x", "y", "z"], "mixed": ["a", 1]})");
  REQUIRE(dump.other_lists.size() == 2);
  CHECK(dump.other_lists[0].name == "sentences");
  CHECK(dump.other_lists[0].length == 3);
  CHECK(dump.other_lists[1].name == "labels");
  CHECK(dump.unread.size() == 2);
}

TEST_CASE("a list of stacks that are not alike is one of arrays") {
  const std::string two = "[[1, 0], [0, 1]]", three = "[[1, 0, 0]]";
  const Dump dump = dump_of("[[[" + two + "]], [[" + three + "]]]");
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[0].name == "0");
  CHECK(dump.tensors[0].tensor.shape() == Shape{1, 1, 2, 2});
  CHECK(dump.tensors[1].name == "1");
  CHECK(dump.tensors[1].tensor.shape() == Shape{1, 1, 1, 3});
  CHECK(dump.tensors[1].tensor.to_doubles() == std::vector<double>{1, 0, 0});
  const Dump named = dump_of(R"({"a": [[)" + two + "], [" + three + "]]}");
  CHECK(named.tensors[1].name == "a.1");
  CHECK(dump_of("[[" + two + "], [" + two + "]]").tensors[0].tensor.shape() == Shape{2, 1, 2, 2});
  // within an array all lists are alike, and so are matrices of a list
  for (const auto& [text, place] : std::vector<std::pair<std::string, std::string>>{
           {"[[" + two + ", " + three + "]]", "row [0][1][0]: 3 numbers, expected 2"},
           {"[" + two + ", " + three + "]", "row [1][0]: 3 numbers, expected 2"},
           {"[[" + two + "], [[[1, 0], [0]]]]", "row [1][0][1]: 1 number, expected 2"}}) {
    CHECK_THROWS_WITH_AS(dump_of(text), ("a: " + place + " as in the first").c_str(), InputError);
  }
  Limits limits;
  limits.memory = 40 << 10;
  std::string row = "[0";
  for (int i = 0; i < 1000; ++i) row += ",0";
  row += "]";
  CHECK_THROWS_AS(dump_of("[[[" + row + "]],[[" + row + "],[" + row + "]]]", limits), LimitError);
}

TEST_CASE("texts and numbers of objects within others are fields") {
  const Dump dump = dump_of(R"([{"layer": 2, "text": "a \u00e9", "loss": 0.5, "attn": [[1]]},
                                {"layer": -3 , "ok": true, "text": null, "attn": [[1]]}])");
  REQUIRE(dump.fields.size() == 5);
  CHECK(dump.fields[0].name == "0.layer");
  CHECK(dump.fields[0].number == 2);
  CHECK(dump.fields[1].text == "a \u00e9");
  CHECK(dump.fields[2].text == "0.5");
  CHECK(dump.fields[3].name == "1.layer");
  CHECK(dump.fields[3].number == -3);
  CHECK(dump.fields[4].name == "1.ok");
  CHECK(dump.fields[4].number == 1);
}

TEST_CASE("of what stands in no other object numbers alone are fields") {
  const Dump dump =
      dump_of(R"({"layers": 2, "text": "a", "loss": 0.5, "attn": [[1]], "causal": false})");
  REQUIRE(dump.fields.size() == 3);
  CHECK(dump.fields[2].number == 0);
  CHECK(dump.fields[0].name == "layers");
  CHECK(dump.fields[0].number == 2);
  CHECK(dump.fields[1].text == "0.5");
  CHECK(dump.unread.size() == 4);
}

TEST_CASE("of a long text the two ends are kept, and no more than 1 MiB of all") {
  const std::string text(300, 'x');
  std::string list = R"([{"text": ")" + text + R"(y", "attn": [[1]]})";
  for (int i = 0; i < 6000; ++i) list += R"(, {"text": ")" + text + R"("})";
  const Dump dump = dump_of(list + "]");
  CHECK(dump.fields.front().text.size() == 200);
  CHECK(dump.fields.front().text.ends_with("xy"));
  CHECK(dump.fields.size() < 6000);
}

TEST_CASE("lists that say by a word which array they are of are those of inputs") {
  const auto names = [](const std::string& text) {
    std::string all;
    for (const NamedTokens& list : dump_of(text).tokens_of_inputs) all += list.name + " ";
    return all;
  };
  CHECK(names(R"({"cat": {"tokens": ["a"], "attn": [[1]]}, "dog": {"tokens": ["b"],
                  "attn": [[1]]}})") == "cat.tokens dog.tokens ");
  CHECK(names(R"({"cat_attn": [[1]], "dog_attn": [[1]], "cat_tokens": ["a"],
                  "dog_tokens": ["b"]})") == "cat_tokens dog_tokens ");
  CHECK(names(R"({"attn": {"cat": [[1]], "dog": [[1]]}, "tokens": {"cat": ["a"],
                  "dog": ["b"]}})") == "tokens.cat tokens.dog ");
  // no array is called so
  const Dump dump = dump_of(R"({"attn": [[1]], "special_tokens": ["[CLS]"]})");
  CHECK(dump.tokens.empty());
  REQUIRE(dump.other_lists.size() == 1);
  CHECK(dump.unread[0].reason.problem() == "is a string, expected a number");
}

TEST_CASE("objects in lines are a list") {
  const Dump dump = dump_of(
      "{\"tokens\": [\"a\"], \"attention\": [[1]]}\n\n"
      "{\"tokens\": [\"b\"], \"attention\": [[2]]}\r\n");
  REQUIRE(dump.tensors.size() == 2);
  CHECK(dump.tensors[1].name == "lines.1.attention");
  CHECK(dump.tensors[1].tensor.to_doubles() == std::vector{2.0});
  REQUIRE(dump.tokens_of_inputs.size() == 2);
  CHECK(dump.tokens_of_inputs[1].tokens == std::vector<std::string>{"b"});
  CHECK(dump.notes ==
        std::vector<std::string>{"a JSON object in each line, read as a list 'lines' of these"});
}

TEST_CASE("of lines of objects one that is none, or was cut off, is named by its number") {
  const auto refusal = [](const std::string& behind) {
    try {
      dump_of("{\"a\": [[1]]}\n\n{\"a\": [[1]]}\n" + behind);
    } catch (const InputError& error) {
      return std::string(error.what()) + " / " + error.hint();
    }
    return std::string("was read");
  };
  const std::string line = "a: line 4: is no whole object, expected one in each line / ";
  const std::string cut =
      "where the file was cut off, copy or save it again, or leave out this line";
  CHECK(refusal("{\"a\": [[0.5, 0.5], [0") == line + cut);
  CHECK(refusal("{\"a\"\n \n") == line + cut);
  for (const char* other : {"[[1]]", "null", "done"}) {
    CHECK(refusal(std::string(other) + "\n{\"a\": [[1]]}\n") ==
          line + "write every object on a line of its own: json.dumps(record)");
  }
  CHECK(refusal("") == "was read");
}

TEST_CASE("what is damaged in a line is named with its place, and other lines are refused") {
  const auto problem = [](const char* text) {
    try {
      dump_of(text);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  CHECK(problem("{\"a\": [[1]]}\n{\"a\": [[1,,2]]}\n") ==
        "a: line 2, column 11: found ',', expected a value");
  CHECK(problem("{\"a\": [[1]]}\n[[1]]\n") ==
        "a: line 2, column 1: found '[', expected nothing more");
  CHECK(problem("{\"a\": [[1]]} {\"a\": [[1]]}").find("found '{', expected nothing more") !=
        std::string::npos);
}

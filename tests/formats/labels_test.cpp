#include "formats/labels/labels.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/labels/label_lines.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using namespace std::string_literals;
using test::npy_file;
using test::raw;

namespace {

using Texts = std::vector<std::string>;

Texts labels(const std::string& text, const Limits& limits = {}) {
  return read_labels(Bytes::from(text), "t", {limits}).texts;
}

Texts labels_of_item(const std::string& text, std::size_t batch) {
  return read_labels(Bytes::from(text), "t", {{}, batch}).texts;
}

std::string problem(const std::string& text) {
  try {
    labels(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

std::string utf32(const std::string& letters) {
  std::string bytes;
  for (const char letter : letters) bytes += letter + std::string(3, '\0');
  return bytes;
}

}  // namespace

TEST_CASE("each line is a label, whatever its line end") {
  CHECK(labels("[CLS]\nthe\r\n cat \nend") == Texts{"[CLS]", "the", " cat ", "end"});
  CHECK(labels("a\n") == Texts{"a"});
  CHECK(labels("a\rb\r") == Texts{"a", "b"});
}

TEST_CASE("an empty line is an empty label") { CHECK(labels("a\n\nb\n") == Texts{"a", "", "b"}); }

TEST_CASE("a JSON list of strings is read as such") {
  CHECK(labels(" [ \"a\\n\", \"\\\"\"]") == Texts{"a\n", "\""});
}

TEST_CASE("lines that begin with a bracket or a brace are no JSON") {
  CHECK(labels("[CLS]\na") == Texts{"[CLS]", "a"});
  CHECK(labels("[[\na") == Texts{"[[", "a"});
  CHECK(labels("[1]\na") == Texts{"[1]", "a"});
  CHECK(labels("{\n}\n") == Texts{"{", "}"});
  CHECK(labels("<s>\na") == Texts{"<s>", "a"});
}

TEST_CASE("an object gives its tokens, and one without says what is expected") {
  CHECK(labels(R"({"tokens": ["a", "b"]})") == Texts{"a", "b"});
  CHECK(labels(R"({"tokens": ["a", "b"], "attention": [[1]]})") == Texts{"a", "b"});
  CHECK(labels(R"({"input_tokens": ["a", "b"]})") == Texts{"a", "b"});
  CHECK(problem(R"({"[CLS]": 0, "the": 1})") ==
        "t: is an object without 'tokens', expected a list of strings");
  CHECK(problem(R"({"tokens": ["a", null]})") == "t: tokens: [1]: is null, expected a string");
  CHECK(problem(R"({"tokens": {"0": "a"}})") ==
        "t: tokens: is an object, expected a list of strings");
  CHECK(problem(R"([{"token": "a"}])") == "t: [0]: is an object, expected a string");
  CHECK(read_labels(Bytes::from(R"({"tokens": ["a"], "words": ["b"]})"), "t",
                    {{}, std::nullopt, "words"})
            .texts == Texts{"b"});
}

TEST_CASE("ids stand for texts, with a note that says how to get those") {
  for (const std::string& text :
       {std::string("[101, 7592]"), std::string(R"({"input_ids": [101, 7592]})"),
        npy_file("<i8", "(2,)", raw<std::int64_t>({101, 7592})),
        npy_file("<i4", "(1, 2)", raw<std::int32_t>({101, 7592})),
        test::zip_file(
            {{"tokens.npy", npy_file("<i8", "(2,)", raw<std::int64_t>({101, 7592}))}})}) {
    const Labels found = read_labels(Bytes::from(text), "t", {});
    CHECK(found.texts == Texts{"101", "7592"});
    if (text.find("input_ids") == text.npos && text.find("PK") != 0) {
      CHECK(found.note.find("convert_ids_to_tokens") != std::string::npos);
    }
  }
  CHECK(problem("[101.5, 2]") == "t: [0]: is a number, expected a string");
  CHECK(problem(npy_file("<f4", "(1,)", raw<float>({0.5}))) == "t: float32 [1], expected labels");
}

TEST_CASE("of labels for each item of a batch those of the item are taken") {
  const std::string array = npy_file("<U1", "(2, 2)", utf32("abcd"));
  for (const std::string& text : {std::string(R"([["a", "b"], ["c", "d"]])"), array}) {
    CHECK(labels_of_item(text, 1) == Texts{"c", "d"});
    CHECK(problem(text).find("holds 2 lists of labels, one for each item of a batch") !=
          std::string::npos);
    CHECK_THROWS_AS(labels_of_item(text, 2), InputError);
  }
  CHECK(labels(R"([["a", "b"]])") == Texts{"a", "b"});
}

TEST_CASE("arrays of strings, archives and safetensors give their tokens") {
  const std::string array = npy_file("<U1", "(2,)", utf32("ab"));
  CHECK(labels(array) == Texts{"a", "b"});
  CHECK(labels(npy_file("|S1", "(2,)", "ab")) == Texts{"a", "b"});
  CHECK(labels(test::zip_file({{"tokens.npy", array}})) == Texts{"a", "b"});
  CHECK(labels(test::safetensors_file(R"({"__metadata__":{"tokens":"[\"a\", \"b\"]"},)"
                                      R"("x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                                      "x")) == Texts{"a", "b"});
  CHECK(read_labels(Bytes::from(test::zip_file({{"phrases.npy", array}})), "t",
                    {{}, std::nullopt, "phrases"})
            .texts == Texts{"a", "b"});
  CHECK(problem(test::zip_file({{"phrases.npy", array}})) == "t: holds no labels called 'tokens'");
}

TEST_CASE("an array of strings that Python pickled is read") {
  const std::string pickle =
      test::bytes_of("80 04 5d 94 28 8c 01 61 94 8c 01 62 94 65 2e");  // ["a", "b"], protocol 4
  CHECK(labels(npy_file("|O", "(2,)", pickle)) == Texts{"a", "b"});
}

TEST_CASE("a list of a pickle that is no labels says why, whatever stands beside it") {
  const auto word = [](const std::string& value) {
    return "X" + test::little(value.size(), 4) + value;
  };
  const auto list = [](const std::string& items) { return "](" + items + "e"; };
  const auto pickle = [](const std::string& body) { return "\x80\x02" + body + "."; };
  const std::string half = list(word("a") + word("\xed\xa0\x80") + word("c"));
  const std::string found =
      "[1]: byte 1 of the label is half a surrogate pair, expected a character";
  CHECK(problem(pickle(half)) == "t: tokens: " + found);
  CHECK(problem(npy_file("|O", "(3,)", pickle(half))) == "t: tokens: " + found);
  CHECK(problem(pickle("}" + word("tokens") + half + "s")) == "t: tokens: " + found);
  CHECK(problem(pickle("}" + word("words") + half + "s")) == "t: words: " + found);
  CHECK(problem(pickle("}(" + word("words") + list(word("x")) + word("tokens") + half + "u")) ==
        "t: tokens: " + found);
  CHECK(problem(pickle(list("K\x01\x8a\x09" + std::string(8, '\xff') + std::string(1, '\0')))) ==
        "t: tokens: [1]: is a whole number beyond 64 bits, expected the id of a token");
  CHECK(problem(pickle(list(list(word("a")) + list(word("b"))))) ==
        "t: tokens: holds 2 lists of labels, one for each item of a batch, expected one list");
  CHECK(problem("a\n\xed\xbf\xbf\n") == "t: line 2: " + found.substr(5));
}

TEST_CASE("of several lists that is taken which is called tokens, or asked for") {
  const auto word = [](const std::string& value) {
    return "X" + test::little(value.size(), 4) + value;
  };
  const std::string both = "}(" + word("words") + "](" + word("x") + "e" + word("tokens") + "](" +
                           word("a") + "e" + word("extra") + "](" + word("y") + "eu";
  const std::string pickle = "\x80\x02" + both + ".";
  const std::string sides = "\x80\x02}(" + word("query_tokens") + "](" + word("q") + "e" +
                            word("key_tokens") + "](" + word("k") + "eu.";
  const auto named = [](const std::string& file, const std::string& name) {
    return read_labels(Bytes::from(file), "t", {{}, std::nullopt, name}).texts;
  };
  const std::string archive =
      test::zip_file({{"words.npy", npy_file("<U1", "(1,)", utf32("x"))},
                      {"tokens.npy", npy_file("<U1", "(1,)", utf32("a"))},
                      {"extra.npy", npy_file("<U1", "(1,)", utf32("y"))},
                      {"input_ids.npy", npy_file("<i4", "(1,)", raw<int>({7}))}});
  for (const std::string& file :
       {pickle, npy_file("|O", "()", pickle), test::zip_file({{"t/data.pkl", pickle}}), archive,
        R"({"words":["x"],"tokens":["a"],"extra":["y"]})"s}) {
    CAPTURE(file);
    CHECK(labels(file) == Texts{"a"});
    CHECK(named(file, "words") == Texts{"x"});
    CHECK(named(file, "extra") == Texts{"y"});
    CHECK_THROWS_WITH_AS(named(file, "other"), doctest::Contains("'other'"), InputError);
  }
  CHECK(labels(sides) == Texts{"k"});
  const std::string owned = "\x80\x02}" + word("dog_tokens") + "](" + word("d") + "es.";
  CHECK(problem(owned) == "t: holds no labels called 'tokens'");
  CHECK(named(owned, "dog_tokens") == Texts{"d"});
  CHECK(named(sides, "query_tokens") == Texts{"q"});
}

TEST_CASE("a set, or records, of a pickle are no labels") {
  const auto word = [](const std::string& value) {
    return "X" + test::little(value.size(), 4) + value;
  };
  const auto pickle = [](const std::string& body) { return "\x80\x04" + body + "."; };
  const std::string set = "\x8f(" + word("a") + word("b") + "\x90";
  CHECK(problem(pickle(set)) == "t: tokens: is a set, which has no order, expected a list");
  CHECK(problem(pickle("}" + word("tokens") + "(K\x01K\x02\x91s")) ==
        "t: tokens: is a set, which has no order, expected a list");
  const std::string list = "](" + word("a") + word("b") + "e";
  for (const char* made : {"c__builtin__\nset\n", "cbuiltins\nset\n", "c__builtin__\nfrozenset\n",
                           "cbuiltins\nfrozenset\n"}) {
    CHECK(problem(pickle(made + list + "\x85R")) ==
          "t: tokens: is a set, which has no order, expected a list");
  }
  CHECK(labels(pickle("cmine\nTokens\n" + list + "\x85R")) == Texts{"a", "b"});
  CHECK(labels(pickle("}(" + word("kinds") + "cbuiltins\nset\nN\x85R" + word("tokens") + list +
                      "u")) == Texts{"a", "b"});
  const std::string record = "}" + word("token") + word("a") + "s";
  CHECK(problem(pickle("](" + record + record + "e")) == "t: holds no labels called 'tokens'");
  CHECK(labels(pickle("(" + word("a") + word("b") + "t")) == Texts{"a", "b"});
}

TEST_CASE("of labels that are called otherwise, or are ids, a note says so") {
  const auto note = [](const std::string& file) {
    return read_labels(Bytes::from(file), "t", {}).note;
  };
  const auto word = [](const std::string& value) {
    return "X" + test::little(value.size(), 4) + value;
  };
  const auto pickle = [](const std::string& body) { return "\x80\x02" + body + "."; };
  for (const std::string& words :
       {pickle("}" + word("words") + "](" + word("x") + "es"), R"({"words":["x"]})"s}) {
    CHECK(note(words) == "tokens taken from 'words'");
    CHECK(read_labels(Bytes::from(words), "t", {{}, std::nullopt, "words"}).note.empty());
  }
  const std::string ids = pickle("}" + word("tokens") + "](K\x07" + "es");
  CHECK(note(ids).starts_with("token ids stand for labels"));
  CHECK(note(test::zip_file({{"t/data.pkl", ids}})).starts_with("token ids stand for labels"));
  CHECK(note(R"({"tokens":[7]})").starts_with("token ids stand for labels"));
}

TEST_CASE("an array of NumPy's strings of any length is read, as a file and as a member") {
  const auto short_text = [](const std::string& value) {
    return "\x8c" + std::string(1, static_cast<char>(value.size())) + value;
  };
  const std::string array =
      npy_file("|O", "(2,)",
               "\x80\x04" + short_text("numpy._core.multiarray") + short_text("_reconstruct") +
                   "\x93)R(K\x01K\x02\x85" + short_text("numpy._core._internal") +
                   short_text("_convert_to_stringdtype_kwargs") + "\x93K\x01\x85R\x89](" +
                   short_text("a") + short_text("bb") + "etb.");
  CHECK(labels(array) == Texts{"a", "bb"});
  CHECK(labels(test::zip_file({{"tokens.npy", array}})) == Texts{"a", "bb"});
}

TEST_CASE("a list of texts in a file of torch.save is one of labels") {
  const std::string list =
      test::bytes_of("80 02 5d 71 00 28 58 01 00 00 00 61 58 01 00 00 00 62 65 2e");
  const std::string file =
      test::zip_file({{"t/data.pkl", list}, {"t/byteorder", "little"}, {"t/version", "3\n"}});
  CHECK(labels(file) == Texts{"a", "b"});
  CHECK(read_labels(Bytes::from(file), "t", {{}, std::nullopt, "words"}).texts == Texts{"a", "b"});
}

TEST_CASE("the tokens of a legacy file of torch.save are labels") {
  const std::string file = test::file_text("data/torch/legacy-protocol-4/dump.pt");
  CHECK(labels(file) == Texts{"the", "cat", "sat"});
  CHECK_NOTHROW(check_labels_begin(Bytes::from(file).data, "t"));
}

TEST_CASE("a pickle without a mark is no lines of labels, lines that begin as one are") {
  const std::string refused = "t: is a pickle of protocol 0 or 1, expected 2 to 5";
  for (const std::string& pickle : {
           "(lp0\nVa\np1\naVb\np2\na."s,                            // ['a', 'b']
           "(dp0\nVtokens\np1\n(lp2\nVa\np3\nas."s,                 // {'tokens': ['a']}
           "(lp1\nS'a'\np2\naF0.5\naI2\naL70L\nag2\na."s,           // of Python 2
           "(lp0\nFnan\naFinf\na."s,                                // numbers
           "(VaVb\nI01\nl."s,                                       // without a memo
           "(Va\nVb\nt."s,                                          // ('a', 'b')
           "ccollections\nOrderedDict\np0\n(tRp1\n(dp2\nb."s,       // an object and its state
           "(i__main__\nTokens\np0\n(dp1\nb."s,                     // of an old class
           "(c__main__\nTokens\no."s,                               //
           "]q\0(X\1\0\0\0aq\1U\1bT\1\0\0\0cK\1M\1\1J\1\1\1\1e."s,  // protocol 1
           "]q\0(Nh\0j\0\0\0\0G\0\0\0\0\0\0\0\0r\1\1\1\1e2020."s,
           "}q\0(X\1\0\0\0ah\0u."s,
           "](Pa\nQ(1e."s,
       }) {
    CAPTURE(pickle);
    CHECK(problem(pickle) == refused);
    CHECK_THROWS_AS(check_labels_begin(Bytes::from(pickle).data, "t"), InputError);
  }
  CHECK(labels("cat\nsat\n.") == Texts{"cat", "sat", "."});
  CHECK(labels("Vice\nPresident\n.") == Texts{"Vice", "President", "."});
  CHECK(labels("(lp0\nVa\naVb\nb") == Texts{"(lp0", "Va", "aVb", "b"});
  CHECK(labels("(lp0\nVa\n.") == Texts{"(lp0", "Va", "."});  // two values are left
  CHECK(labels("((lp0\n.") == Texts{"((lp0", "."});          // and a mark
  CHECK(labels("(lp0\n.\n") == Texts{"(lp0", "."});          // something behind the end
  CHECK(labels("(la\n.") == Texts{"(la", "."});              // no value to append
  CHECK(labels("lp0\n.") == Texts{"lp0", "."});              // no mark
  CHECK(labels("(lp\n.") == Texts{"(lp", "."});              // no number
  CHECK(labels("(Sa\nlp0\n.") == Texts{"(Sa", "lp0", "."});  // no quotes
  CHECK(labels("(lX") == Texts{"(lX"});                      // no count
  const std::string deep = std::string(1500, '(') + std::string(1500, 't') + ".";
  CHECK(labels(deep) == Texts{deep});
  CHECK(labels("(lUaa\n.") == Texts{"(lUaa", "."});  // more than follows
}

TEST_CASE("a file with a mark is named, a label that is one is read") {
  CHECK(problem("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n") ==
        "t: is a Git LFS pointer, not the file itself");
  CHECK(problem("\x89PNG\r\n\x1a\n") == "t: is a PNG picture");
  CHECK(problem("L119547037146038801333356L\n.I1001\n.") ==
        "t: is a PyTorch file of pickle protocol 0 or 1");
  CHECK(labels("GGUF\nis\n%PDF") == Texts{"GGUF", "is", "%PDF"});
}

TEST_CASE("a CSV gives the column that is called so") {
  CHECK(labels("index,token\n0,[CLS]\n1,\"a,b\"\n") == Texts{"[CLS]", "a,b"});
  CHECK(labels("token,label\n0,x\n1,y\n") == Texts{"x", "y"});
  CHECK(labels(",Text\n0,x\n") == Texts{"x"});
  CHECK(labels("token;label\n0;x\n1;y\n") == Texts{"x", "y"});
  CHECK(labels("index\ttoken\r\n0\t[CLS]\r\n") == Texts{"[CLS]"});
  CHECK(read_labels(Bytes::from("token\na\nb\n"), "t.csv", {}).texts == Texts{"a", "b"});
  CHECK(labels("token\na\nb\n") == Texts{"token", "a", "b"});
  CHECK(problem("a,token\n0\n").find("line 2: 1 field") != std::string::npos);
  CHECK(problem("index,token\n0,b,c\n").find("line 2: 3 fields, expected 2 as in the header") !=
        std::string::npos);
  CHECK(labels("index,token\n0,a\n\n") == Texts{"a"});
}

TEST_CASE("lines of two columns without a header give the texts beside the numbers") {
  for (const char* table :
       {"0\t[CLS]\n1\tcat\n", "1\t[CLS]\r\n2\tcat\r\n", "\t0\n0\t[CLS]\n1\tcat",
        "[CLS]\t0\ncat\t1\n", "0,[CLS]\n1,cat\n", ",0\n0,[CLS]\n1,\"cat\"\n",
        "i,t\n0,[CLS]\n1,cat\n", "0;[CLS]\n1;cat\n", "0 [CLS]\n1 cat\n", "1: [CLS]\n2: cat\n"}) {
    CAPTURE(std::string(table));
    const Labels found = read_labels(Bytes::from(table), "t", {});
    CHECK(found.texts == Texts{"[CLS]", "cat"});
    CHECK(found.note == "labels are the column beside the numbers of the tokens");
  }
  const Labels before_ids = read_labels(Bytes::from("[CLS]\t101\ncat\t4937\n"), "t", {});
  CHECK(before_ids.texts == Texts{"[CLS]", "cat"});
  CHECK(before_ids.note == "labels are the first column, in the order of the lines");
  CHECK(labels(",0\n0,\",\"\n1,\"a \"\"b\"\"\"\n") == Texts{",", "a \"b\""});
  CHECK(problem("a\tNOUN\nb\tVERB\n") ==
        "t: every line has 2 columns, and no header says which holds the labels");
}

TEST_CASE("lines that only look like columns stay labels") {
  CHECK(labels("0,5\n7,5\n") == Texts{"0,5", "7,5"});
  CHECK(labels(",\n.\n") == Texts{",", "."});
  CHECK(labels("a,b\nc\n") == Texts{"a,b", "c"});
  CHECK(labels("0 a\n2 b\n") == Texts{"0 a", "2 b"});
  CHECK(labels("0\n1\n2\n") == Texts{"0", "1", "2"});
  CHECK(labels("a\tb\nc\n") == Texts{"a\tb", "c"});
}

TEST_CASE("an empty text in quotes is a label, a blank line at the end is none") {
  const auto of = [](const char* text) {
    return read_labels(Bytes::from(text), "t.csv", {}).texts;
  };
  CHECK(of("token\n\"a\"\n\"\"\n") == Texts{"a", ""});
  CHECK(of("token\n\"a\"\n\n") == Texts{"a"});
}

TEST_CASE("a column that numbers the tokens orders the labels of a CSV") {
  CHECK(labels("layer,head,token,label,value\n0,0,2,c,9\n0,0,0,a,5\n0,0,1,b,1\n") ==
        Texts{"a", "b", "c"});
  CHECK(labels("token\tlabel\n1\ty\n0\tx\n") == Texts{"x", "y"});
  for (const char* name : {"index", "Position", "idx", "id"}) {
    CHECK(labels(std::string("token,") + name + "\n3,1\n7,0\n") == Texts{"7", "3"});
  }
  CHECK(labels("id,token\n2,b\n1,a\n") == Texts{"a", "b"});
  CHECK(labels("index,token,label\n0,1,b\n1,0,a\n") == Texts{"a", "b"});
  // The index of a frame that pandas sorted, and one with numbers that were read as reals.
  for (const char* name : {"", "\"\"", "Unnamed: 0", "pos", "token_index", "node", "i", "query",
                           "q", "source", "target", "row", "patch", "token_pos", "tok_idx",
                           "tok_pos", "seq_pos", "Position_IDs", "#"}) {
    CAPTURE(name);
    CHECK(labels(std::string(name) + ",token,score\n2,c,.9\n0,a,.5\n1,b,.1\n") ==
          Texts{"a", "b", "c"});
  }
  CHECK(labels("index,token\n1.0,b\n0.0,a\n") == Texts{"a", "b"});
}

TEST_CASE("tokens that are numbers beside words are their places or ids, and words the labels") {
  CHECK(labels("token,word\n1,cat\n0,the\n") == Texts{"the", "cat"});
  CHECK(labels("token,text\n101,[CLS]\n7,the\n7,the\n") == Texts{"[CLS]", "the", "the"});
  CHECK(labels("token,word\n2019,a\nin,b\n") == Texts{"2019", "in"});
  CHECK(labels("token,word\n5,\n6\n") == Texts{"5", "6"});
}

TEST_CASE("beside texts of tokens, labels are classes, which a note names") {
  CHECK(labels("token,label\nx,NOUN\ny,VERB\n") == Texts{"x", "y"});
  CHECK(labels("text,label\nx,0\ny,1\n") == Texts{"x", "y"});
  CHECK(labels("label,word\nO,x\nB,y\n") == Texts{"x", "y"});
  CHECK(label_lines("token,label\nx,NOUN\ny,VERB\n", "t.csv", {}).note ==
        "labels are those of column 'token': FILE:label takes those of 'label'");
  ReadOptions asked;
  asked.labels = "label";
  const Labels classes = label_lines("token,label\nx,NOUN\ny,VERB\n", "t.csv", asked);
  CHECK(classes.texts == Texts{"NOUN", "VERB"});
  CHECK(classes.note.empty());
  // As in answers about tokens, which are numbered.
  const Labels own = label_lines("token,label\n1,y\n0,x\n", "t.csv", {});
  CHECK(own.texts == Texts{"x", "y"});
  CHECK(own.note.empty());
}

TEST_CASE("a column of something else leaves the labels of a CSV as they stand") {
  CHECK(labels("id,token\n101,[CLS]\n7,the\n7,the\n") == Texts{"[CLS]", "the", "the"});
  // Of a frame of which rows were left out.
  CHECK(labels(",token\n2,c\n5,f\n") == Texts{"c", "f"});
  CHECK(labels("node,token\nn1,b\nn0,a\n") == Texts{"b", "a"});
  CHECK(labels("index,token\n").empty());
}

TEST_CASE("a column that numbers tokens twice or leaves some out is refused") {
  const std::string expected =
      "t: column 'token' does not number its 2 rows, expected each of 0 to 1 once";
  for (const char* rows : {"0,a\n0,b\n", "0,a\n2,b\n", "2,a\n3,b\n"}) {
    CHECK(problem(std::string("token,label\n") + rows) == expected);
  }
  CHECK_THROWS_AS(labels("token,label\n0,a\n18446744073709551615,b\n"), InputError);
  for (const char* rows : {"b,1.5\na,0\n", "b\na,0\n", "b,\na,0\n", "b,-1\na,0\n"}) {
    CHECK(problem(std::string("token,index\n") + rows) ==
          "t: line 2: column 'index' has no whole number here, expected the place of the token, "
          "from 0 on");
  }
}

TEST_CASE("a file of JSON Lines gives its strings, and lines elsewhere keep their quotes") {
  const auto lines = [](const char* text, const char* name) {
    return read_labels(Bytes::from(text), name, {}).texts;
  };
  CHECK(lines("\"a b\"\r\n\"\\n\"\n", "t.jsonl") == Texts{"a b", "\n"});
  CHECK(lines("\"\\u00e9\"", "T.NDJSON") == Texts{"é"});
  CHECK(lines("\"a\"\n\"\n", "t.txt") == Texts{"\"a\"", "\""});
  CHECK(lines("a\n\"b\"\n", "t.jsonl") == Texts{"a", "\"b\""});
  for (const char* bad : {"\"a\"\nb\n", "\"a\"\n1\n", "\"a\"\n\"b\n", "\"a\"\n\n\"b\""}) {
    CHECK_THROWS_WITH_AS(lines(bad, "t.jsonl"),
                         "t.jsonl: line 2: is no JSON string, expected one as the first line is",
                         InputError);
  }
}

TEST_CASE("what is no list of labels says what it is") {
  CHECK_THROWS_WITH_AS(labels("[ ]\n"), "t: is an empty list, expected labels", InputError);
  CHECK(problem("['[CLS]', 'the']\n") ==
        "t: is a printed Python list, expected a JSON list or one label a line");
  CHECK(problem("array(['a', 'b'], dtype='<U1')").find("printed Python") != std::string::npos);
  CHECK(problem("a\t5\n") == "t: one line of 2 words, expected one label a line");
  CHECK(problem("the cat sat down\n") == "t: one line of 4 words, expected one label a line");
  CHECK(problem("[CLS],the,cat") == "t: one line of 3 words, expected one label a line");
  CHECK(problem("") == "t: is empty, expected labels");
  CHECK(problem("\xef\xbb\xbf") == "t: is empty, expected labels");
  CHECK(labels("word") == Texts{"word"});
}

TEST_CASE("a mark says how the text is written, and is no part of the first label") {
  CHECK(labels("\xef\xbb\xbf"
               "a\nb\n") == Texts{"a", "b"});
  CHECK(labels(std::string("\xff\xfe"
                           "a\0\r\0\n\0\xe9\0",
                           10)) == Texts{"a", "é"});
  CHECK(labels(std::string("\xfe\xff\0a\0\n\xd8\x3d\xde\0", 10)) == Texts{"a", "😀"});
  CHECK(labels(std::string("\xff\xfe\0\0a\0\0\0", 8)) == Texts{"a"});
}

TEST_CASE("the limit on labels is a number of bytes and names its flag") {
  Limits limits;
  limits.label = 4;
  CHECK(labels("four\n", limits) == Texts{"four"});
  CHECK_THROWS_WITH_AS(labels("one\nfives\n", limits),
                       "t: line 2: a label of 5 bytes, longer than $max-label 4", LimitError);
  CHECK_THROWS_WITH_AS(labels("[\"fives\"]", limits),
                       "t: [0]: a label of 5 bytes, longer than $max-label 4", LimitError);
}

TEST_CASE("UTF-8 is checked to the letter of RFC 3629") {
  for (const char* good : {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                           "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CHECK(labels(good) == Texts{good});
  }
  for (const char* bad :
       {"\x80\x21", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    CAPTURE(std::string(bad));
    CHECK_THROWS_AS(labels(bad), InputError);
  }
}

TEST_CASE("a column of another name is that of the labels where it is asked for") {
  const Bytes table = Bytes::from("token,upos,index\nthe,DET,1\ncat,NOUN,0\n");
  const auto named = [](const std::string& name) {
    ReadOptions options;
    options.labels = name;
    return options;
  };
  CHECK(read_labels(table, "t.csv", {}).texts == Texts{"cat", "the"});
  CHECK(read_labels(table, "t.csv", named("upos")).texts == Texts{"NOUN", "DET"});
  CHECK(read_labels(table, "t", named("UPOS")).texts == Texts{"NOUN", "DET"});
  const std::string problem = "has no column 'nope', its columns are 'token', 'upos', 'index'";
  CHECK_THROWS_WITH_AS(read_labels(table, "t.csv", named("nope")), ("t.csv: " + problem).c_str(),
                       InputError);
  CHECK_THROWS_WITH_AS(read_labels(table, "t", named("nope")), ("t: " + problem).c_str(),
                       InputError);
  const std::string bare = "t: is one list of labels, and nothing in it is called 'x'";
  for (const char* list : {"the\ncat\n", "[\"the\", \"cat\"]", "0 the\n1 cat\n"}) {
    CHECK_THROWS_WITH_AS(read_labels(Bytes::from(list), "t", named("x")), bare.c_str(), InputError);
  }
}

TEST_CASE("of a list for each input one is chosen by its number, whatever the batch is") {
  const Bytes lists = Bytes::from("[[\"the\", \"cat\"], [\"a\", \"dog\"]]");
  ReadOptions options;
  options.labels = "1";
  CHECK(read_labels(lists, "two lists.json", options).texts == Texts{"a", "dog"});
  options.batch = 0;
  CHECK(read_labels(lists, "two lists.json", options).texts == Texts{"a", "dog"});
  const auto refusal = [&](const std::string& name) {
    ReadOptions asked;
    asked.labels = name;
    try {
      read_labels(lists, "two lists.json", asked);
    } catch (const InputError& error) {
      return std::string(error.what()) + " / " + error.hint();
    }
    return std::string("was read");
  };
  CHECK(refusal("2") == "two lists.json: has no list '2' / its lists are 0 to 1");
  CHECK(refusal("x") == "two lists.json: has no list 'x' / its lists are 0 to 1");
  CHECK(
      refusal("") ==
      "two lists.json: holds 2 lists of labels, one for each item of a batch, expected one list / "
      "choose one of 0 to 1: "
      "'two lists.json':0; where the array has a batch, $batch 0 is the item of both");
}

TEST_CASE("lines that are all JSON strings are read as such, whatever the file is called") {
  const auto found = [](const std::string& text) {
    return read_labels(Bytes::from(std::string(text)), "t.txt", {});
  };
  const Labels quoted = found("\"[CLS]\"\r\n\"c\\\\n\"\r\n\"\"\r\n");
  CHECK(quoted.texts == Texts{"[CLS]", "c\\n", ""});
  CHECK(quoted.note == "lines are JSON strings");
  // a quote is a token, and one that is escaped otherwise is no JSON
  for (const char* text :
       {"\"\n\"a\"\n", "\"a\"\n\"\"\"b\"\"\"\n", "\"a\"\n\n\"b\"\n", "\"a\"\n"}) {
    CAPTURE(text);
    CHECK(found(text).texts.front() == std::string(text).substr(0, std::string(text).find('\n')));
    CHECK(found(text).note.empty());
  }
}

TEST_CASE("of JSON Lines with tokens of several texts one is chosen") {
  const Bytes lines = Bytes::from("{\"tokens\":[\"a\",\"b\"]}\n{\"tokens\":[\"c\",\"d\"]}\n");
  const auto found = [&](const std::string& name) {
    ReadOptions options;
    options.labels = name;
    return read_labels(lines, "t.jsonl", options).texts;
  };
  CHECK(found("1") == Texts{"c", "d"});
  CHECK(found("lines.1.tokens") == Texts{"c", "d"});
  ReadOptions of_item;
  of_item.batch = 1;
  CHECK(read_labels(lines, "t.jsonl", of_item).texts == Texts{"c", "d"});
  try {
    found("");
    FAIL("the first was taken");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) ==
          "t.jsonl: holds 2 lists of labels, one for each item of a batch, expected one list");
    CHECK(error.hint().starts_with("choose one of 0 to 1: t.jsonl:0; "));
  }
}

TEST_CASE("of labels in rows, in arrays and under names, one is chosen by its number, too") {
  const std::string text = npy_file("<U1", "(2, 2)", utf32("abcd"));
  const std::string ids = npy_file("<i4", "(2, 2)", raw<int>({7, 8, 9, 10}));
  const auto found = [](const std::string& file, const std::string& name) {
    ReadOptions options;
    options.labels = name;
    options.batch = 0;
    return read_labels(Bytes::from(file), "t", options).texts;
  };
  CHECK(found(text, "1") == Texts{"c", "d"});
  CHECK(found(ids, "1") == Texts{"9", "10"});
  const std::string archive = test::zip_file({{"tokens.npy", text}, {"names.npy", ids}});
  CHECK(found(archive, "1") == Texts{"c", "d"});
  CHECK(found(archive, "tokens.1") == Texts{"c", "d"});
  CHECK(found(archive, "names.1") == Texts{"9", "10"});
  CHECK(found(R"({"tokens": [["a", "b"], ["c", "d"]]})", "tokens.1") == Texts{"c", "d"});
  const auto refusal = [](const std::string& file, const std::string& name) {
    ReadOptions options;
    options.labels = name;
    try {
      read_labels(Bytes::from(file), "my labels", options);
    } catch (const InputError& error) {
      return error.problem() + " / " + error.hint();
    }
    return std::string("was read");
  };
  const std::string several =
      "holds 2 lists of labels, one for each item of a batch, expected one list / choose one of 0 "
      "to 1: 'my labels':";
  const std::string behind = "0; where the array has a batch, $batch 0 is the item of both";
  CHECK(refusal(text, "") == several + behind);
  CHECK(refusal(text, "2") == several + behind);
  CHECK(refusal(ids, "") == several + behind);
  CHECK(refusal(archive, "names") == several + "names." + behind);
  CHECK(refusal(text, "x") == "has no list 'x' / its lists are 0 to 1");
  // of one list none is the first
  const std::string one = npy_file("<U1", "(2,)", utf32("ab"));
  CHECK(refusal(one, "0").starts_with("is one list of labels, and nothing in it is called '0'"));
  CHECK(refusal(R"([["a", "b"]])", "0").starts_with("is one list of labels"));
  CHECK(refusal(npy_file("<U1", "(1, 2)", utf32("ab")), "0").starts_with("is one list of labels"));
  CHECK(refusal(test::zip_file({{"tokens.npy", one}}), "0")
            .starts_with("holds no labels called '0'"));
}

TEST_CASE("a list that begins with something else than a label is a list all the same") {
  for (const char* list : {"[null, \"cat\"]", "[\n true,\n \"cat\"\n]", "[false, \"cat\"]"}) {
    CAPTURE(list);
    CHECK_THROWS_WITH_AS(read_labels(Bytes::from(list), "t", {}), doctest::Contains("t: [0]: is "),
                         InputError);
  }
  CHECK(read_labels(Bytes::from("[none]\ncat\n"), "t", {}).texts == Texts{"[none]", "cat"});
}

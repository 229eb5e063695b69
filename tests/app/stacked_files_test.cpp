#include "input/stacked_files.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "run.hpp"

using namespace attngraph;
namespace fs = std::filesystem;

namespace {

using Files = std::vector<StackedFile>;

/// What is noted where two files, each one layer, are stacked in this order.
std::string notes_of_stack(const fs::path& folder, const std::string& first,
                           const std::string& second) {
  for (const auto& name : {first, second}) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << "[[1, 0], [0.5, 0.5]]";
  }
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  CHECK(run({"heads", "--csv", "--stack", folder / first, folder / second}, in, out, err) == 0);
  return err.str();
}

/// What `heads` gives for files of these texts that are stacked.
struct Stacked {
  int status;
  std::string out, err;
};

Stacked stacked(const std::vector<std::pair<std::string, std::string>>& files,
                const std::vector<std::string>& options = {}) {
  std::string folder = (fs::temp_directory_path() / "attngraph-stack-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  std::vector<std::string> words{"heads", "--csv", "--columns", "layer,head,previous", "--stack"};
  for (const auto& [name, text] : files) {
    std::ofstream(fs::path(folder) / name) << text;
    words.push_back((fs::path(folder) / name).string());
  }
  words.insert(words.end(), options.begin(), options.end());
  std::istringstream in;
  std::ostringstream out, err;
  const int status = run(words, in, out, err);
  fs::remove_all(folder);
  return {status, out.str(), err.str()};
}

/// A matrix whose second query gives `previous` to the first.
std::string matrix(const std::string& previous, const std::string& self) {
  return "[[1, 0], [" + previous + ", " + self + "]]";
}
const std::string quarter = matrix("0.25", "0.75"), half = matrix("0.5", "0.5"),
                  most = matrix("0.75", "0.25"), none = matrix("0", "1");

bool says(const Stacked& stack, const std::string& text) {
  return stack.err.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("files of a stack follow their names, whatever their folders are") {
  CHECK(stacked_files({"ra/layer_10.npy", "rb/layer_2.npy"}) ==
        Files{{"layer_2.npy", "rb/layer_2.npy"}, {"layer_10.npy", "ra/layer_10.npy"}});
}

TEST_CASE("files of a stack that have the same name follow their folders") {
  CHECK(stacked_files({"run/layer_10/attn.npy", "./run/layer_2/attn.npy"}) ==
        Files{{"layer_2/attn.npy", "./run/layer_2/attn.npy"},
              {"layer_10/attn.npy", "run/layer_10/attn.npy"}});
  CHECK(stacked_files({"/a/l10/x/attn.npy", "/a/l9/y/attn.npy", "/a/l10/attn.npy"}) ==
        Files{{"l9/y/attn.npy", "/a/l9/y/attn.npy"},
              {"l10/attn.npy", "/a/l10/attn.npy"},
              {"l10/x/attn.npy", "/a/l10/x/attn.npy"}});
  CHECK(stacked_files({"attn.npy", "/attn.npy"}).front().name == "attn.npy");
}

TEST_CASE("heads in folders of their layers are called by both") {
  CHECK(stacked_files({"layer_10/head_0.npy", "layer_2/head_1.npy", "layer_2/head_0.npy"}) ==
        Files{{"layer_2/head_0.npy", "layer_2/head_0.npy"},
              {"layer_2/head_1.npy", "layer_2/head_1.npy"},
              {"layer_10/head_0.npy", "layer_10/head_0.npy"}});
}

TEST_CASE("a file may stand in a stack twice") {
  CHECK(stacked_files({"a/x.npy", "a/x.npy"}) == Files{{"x.npy", "a/x.npy"}, {"x.npy", "a/x.npy"}});
}

TEST_CASE("that a stack is not in the order given is noted, and only then") {
  std::string name = (fs::temp_directory_path() / "attngraph-stack-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  const std::string note = "note: the files are stacked in natural order of their names";
  const auto is_noted = [&](const std::string& first, const std::string& second) {
    return notes_of_stack(name, first, second).find(note) != std::string::npos;
  };
  CHECK(is_noted("layer_10/attn.json", "layer_2/attn.json"));
  CHECK_FALSE(is_noted("layer_2/attn.json", "layer_10/attn.json"));
  CHECK(is_noted("ra/layer_10.json", "rb/layer_2.json"));
  CHECK_FALSE(is_noted("rb/layer_2.json", "ra/layer_10.json"));
  fs::remove_all(name);
}

TEST_CASE("members of files are stacked as files are") {
  std::istringstream in;
  std::ostringstream out, err;
  const std::string file = "data/minilm/cats/per_layer.npz";
  CHECK(run({"heads", "--csv", "--columns", "layer,head", "--stack", file + ":arr_0",
             file + ":arr_3"},
            in, out, err) == 0);
  CHECK(out.str().find("\n1,11\n") != std::string::npos);
  CHECK(out.str().find("\n2,") == std::string::npos);
  std::ostringstream both;
  CHECK(run({"heads", "--stack", file + ":arr_0", file + ":arr_3", "--tensor", "x"}, in, out,
            both) != 0);
  CHECK(both.str().find("names a tensor already") != std::string::npos);
}

TEST_CASE("files that are no layers of one stack are not chosen from by the name of a tensor") {
  std::istringstream in;
  std::ostringstream out, several, other;
  const std::string cats = "data/minilm/cats/attention.npy";
  const std::string advice =
      "a stack is of files that hold one layer each, of the same heads and tokens: leave others "
      "out, or --stack, and each file is answered by itself\n";
  CHECK(run({"heads", "--stack", cats, cats}, in, out, several) != 0);
  CHECK(several.str().find("hint: choose one of the batch with --batch 0; " + advice) !=
        std::string::npos);
  CHECK(run({"heads", "--stack", cats, "data/minilm/short/attention.npy", "--axes",
             "layer,head,query,key"},
            in, out, other) != 0);
  CHECK(other.str().find("hint: " + advice) != std::string::npos);
}

TEST_CASE("files that hold several arrays each are read by the numbers of both") {
  const auto heads = [](const std::string& first, const std::string& second) {
    return R"({"head_0": )" + first + R"(, "head_1": )" + second + "}";
  };
  const Stacked layers =
      stacked({{"layer_0.json", heads(quarter, half)}, {"layer_1.json", heads(most, none)}});
  CHECK(layers.out == "layer,head,previous\n0,0,0.25\n0,1,0.5\n1,0,0.75\n1,1,0\n");
  CHECK(says(layers, "layer_0.json:head_0 to layer_1.json:head_1: 2 layers of 2 heads"));
  const auto step = [](const std::string& first, const std::string& second) {
    return R"({"layer_0": [[)" + first + R"(]], "layer_1": [[)" + second + "]]}";
  };
  const Stacked steps = stacked(
      {{"step_0.json", step(quarter, half)}, {"step_1.json", step("[[0, 1, 0]]", "[[0, 0, 1]]")}});
  CHECK(steps.out == "layer,head,previous\n0,0,0.625\n1,0,0.25\n");
  CHECK(says(steps, "2 steps of generate()"));
}

TEST_CASE("layers that stand in one file each keep their names") {
  const Stacked parts =
      stacked({{"part1.json", R"({"layer_1": )" + half + R"(, "layer_2": )" + most + "}"},
               {"part2.json", R"({"layer_0": )" + quarter + "}"}});
  CHECK(parts.out == "layer,head,previous\n0,0,0.25\n1,0,0.5\n2,0,0.75\n");
}

TEST_CASE("arrays of files whose names leave open what they are are refused") {
  const std::string two = R"({"layer_0": )" + quarter + R"(, "layer_1": )" + half + "}";
  const Stacked names = stacked({{"a.json", two}, {"b.json", two}});
  CHECK(names.status == 3);
  CHECK(says(names, "b.json:layer_0 and a.json:layer_0 differ by more than numbers"));
  CHECK(says(names, "stacked by the numbers in their names, as step_0.npz and step_1.npz"));
  CHECK(says(stacked({{"a.json", two}, {"a.json", two}}), "a.json:layer_0 stands there twice"));
  CHECK(says(stacked({{"x0.json", two}, {"x1.json", two}}), "differ by two numbers"));
}

TEST_CASE("files that say which layer they are stand so or are refused") {
  const auto layer = [](const std::string& number, const std::string& weights) {
    return R"({"layer": )" + number + R"(, "attention": [)" + weights + "]}";
  };
  const Stacked other = stacked({{"x0.json", layer("2", half)}, {"x1.json", layer("0", most)}});
  CHECK(other.status == 3);
  CHECK(says(other, "x1.json says that it is layer 0, and stands behind layer 2, x0.json"));
  CHECK(says(other, "hint: files are stacked by their names: call each by its layer, as layer_0"));
  const Stacked late = stacked({{"x0.json", layer("5", half)}, {"x1.json", layer("8", most)}});
  CHECK(late.status == 0);
  CHECK(says(late, "note: layer 0 is 5, layer 1 is 8 by what each file says"));
  CHECK(stacked({{"x0.json", layer("0", half)}, {"x1.json", layer("1", most)}}).status == 0);
  const Stacked named =
      stacked({{"layer_5.json", layer("5", half)}, {"layer_8.json", layer("8", most)}});
  CHECK(says(named, "note: layer 0 is 5, layer 1 is 8 in the names"));
}

TEST_CASE("files with tokens of different texts are no layers of one") {
  const auto text = [](const std::string& tokens, const std::string& weights) {
    return R"({"tokens": )" + tokens + R"(, "attention": [)" + weights + "]}";
  };
  const std::string one = R"(["a", "b"])", other = R"(["a", "c"])";
  const Stacked different = stacked({{"x0.json", text(one, half)}, {"x1.json", text(other, most)}});
  CHECK(different.status == 3);
  CHECK(says(different, "x1.json: its tokens are not those of "));
  CHECK(says(different, "hint: leave --stack out, and each is answered by itself"));
  CHECK(stacked({{"x0.json", text(one, half)}, {"x1.json", text(one, most)}}).status == 0);
  const auto ids = [](const std::string& numbers) {
    return R"({"input_ids": )" + numbers + R"(, "attention": [)" + half + "]}";
  };
  CHECK(says(stacked({{"x0.json", ids("[5, 6]")}, {"x1.json", ids("[5, 7]")}}),
             "its tokens are not those of"));
  CHECK(stacked({{"x0.json", ids("[5, 6]")}, {"x1.json", ids("[5, 6]")}}).status == 0);
}

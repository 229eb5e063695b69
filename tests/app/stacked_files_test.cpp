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

#include "run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/scratch_folder.hpp"
#include "cli/transcript.hpp"
#include "command.hpp"

using namespace attngraph::test;
namespace fs = std::filesystem;

namespace {

struct Outcome {
  int status;
  std::string out;
  std::string err;
};

Outcome outcome(const std::string& command, const std::string& standard_input = "") {
  std::istringstream in(standard_input);
  std::ostringstream out;
  std::ostringstream err;
  const int status = attngraph::run(words(command), in, out, err);
  return {status, out.str(), err.str()};
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::string cats = "data/minilm/cats/attention.npy";

}  // namespace

TEST_CASE("an unknown command or option is a usage error with the nearest name") {
  const auto command = outcome("centralty " + cats);
  CHECK(command.status == 2);
  CHECK(command.err ==
        "attngraph: there is no command 'centralty'\nhint: did you mean centrality?\n");
  const auto option = outcome("inspect " + cats + " --strickt");
  CHECK(option.status == 2);
  CHECK(option.err == "attngraph: inspect has no option --strickt\nhint: did you mean --strict?\n");
}

TEST_CASE("labels of one input may come from standard input, once") {
  const auto labelled = outcome("heads data/minilm/short/attention.npy --tokens - -q --csv",
                                "a\nb\nc\nd\ne\nf\ng\nh\n");
  CHECK(labelled.status == 0);
  CHECK(labelled.out.find(",0,a,") != std::string::npos);
  const auto both = outcome("heads - --tokens -", "a\n");
  CHECK(both.status == 2);
  const auto several = outcome("heads " + cats + " " + cats + " --tokens -", "a\n");
  CHECK(several.status == 2);
  CHECK(several.err ==
        "attngraph: standard input cannot be both an input and an option's file, nor the file of "
        "several inputs\nhint: save it to a file\n");
}

TEST_CASE("an option of another command leads to that, one of another program to ours") {
  const auto hint = [](const std::string& line) {
    const std::string text = outcome(line).err;
    return text.substr(text.find("hint: ") + 6);
  };
  CHECK(hint("topology x.npy --triads") == "structure has it; see attngraph topology --help\n");
  CHECK(
      hint("topology x.npy --direction column").find(" have it; see attngraph topology --help\n") !=
      std::string::npos);
  CHECK(hint("rollout x.npy --source 2") == "did you mean --target?\n");
}

TEST_CASE("integers that attend reads as another type are not told of as numbers") {
  const std::string bits = "data/field/J3-bfloat16-as-int16/bits.npy";
  const auto err = [&](const std::string& type) {
    return outcome("attend --query " + bits + " --key " + bits + type).err;
  };
  CHECK(err("").find("int16 values read as numbers") != std::string::npos);
  CHECK(err(" --dtype bfloat16").find("read as numbers") == std::string::npos);
}

TEST_CASE("a missing file is an error of reading, and nothing is written") {
  const auto missing = outcome("inspect nowhere.npy");
  CHECK(missing.status == 4);
  CHECK(missing.out.empty());
  CHECK(missing.err == "attngraph: nowhere.npy: cannot be opened: No such file or directory\n");
}

TEST_CASE("standard input is read where no file is named") {
  const auto piped = outcome("inspect --csv -q", file_text(ATTNGRAPH_ROOT "/" + cats));
  CHECK(piped.status == 0);
  CHECK(piped.out.find("standard input,") != std::string::npos);
}

TEST_CASE("of several inputs a bad one is reported and the others finish") {
  const auto several = outcome("inspect --csv -q " + cats + " nowhere.npy " + cats);
  CHECK(several.status == 1);
  CHECK(several.err.starts_with("attngraph: nowhere.npy: "));
  CHECK(std::count(several.out.begin(), several.out.end(), '\n') == 3);
}

TEST_CASE("mistakes of the command line are found before a file is opened") {
  for (const std::string line : {"attend --query nowhere --key nowhere --top-k 0",

                                 "centrality nowhere --sort hub",
                                 "centrality nowhere --metric hub --distance weight",
                                 "compare nowhere --cluster 2 --merges",
                                 "compare nowhere --against nowhere --cluster 2",
                                 "flow nowhere --relative --causal-null",
                                 "flow nowhere --cut --relative",
                                 "flow nowhere --cut --format npy",
                                 "gat --features nowhere --adjacency nowhere --weight-bias nowhere",
                                 "graph nowhere --edge-labels",
                                 "graph nowhere --wq w.npy",
                                 "heads nowhere --sort entropi",
                                 "heatmap nowhere --rows 3",
                                 "inspect nowhere --words",
                                 "inspect nowhere --csv --verbose",
                                 "layers nowhere --csv --edge-labels",
                                 "maxflow nowhere --source 1",
                                 "maxflow nowhere --all-pairs --cut",
                                 "norms --query nowhere --key nowhere",
                                 "norms nowhere --value nowhere --mixing",
                                 "paths nowhere --from 1",
                                 "paths nowhere --from 1 --to 2 --count 0",
                                 "rollout nowhere --csv --rows 3",
                                 "sparsify nowhere",
                                 "sparsify nowhere --top-p 2",
                                 "sparsify nowhere nowhere --top-k 1 -o a.npy",

                                 "heads nowhere --query nowhere",
                                 "heads nowhere --tensor a --tensor b",
                                 "heads nowhere --skip-existing"}) {
    CAPTURE(line);
    const auto refused = outcome(line);
    CHECK(refused.status == 2);
    CHECK(refused.err.find("cannot be opened") == std::string::npos);
  }
}

TEST_CASE("the same bytes come out for any number of jobs") {
  const std::string files = cats + " data/minilm/short/attention.npy data/small/gpt/attention.npy";
  const auto one = outcome("heads --csv --jobs 1 " + files);
  CHECK(one.status == 0);
  CHECK(one.out.starts_with("file,layer,head,"));
  CHECK(outcome("heads --csv --jobs 2 " + files).out == one.out);
  CHECK(outcome("heads --csv --jobs 7 " + files).out == one.out);
}

TEST_CASE("the heads of one input have the same centrality for any number of jobs") {
  for (const std::string options :
       {"--metric all", "--metric all --engine igraph --direction informs",
        "--metric pagerank,betweenness,closeness --distance inverse --sort closeness"}) {
    INFO(options);
    const std::string command = "centrality --csv -q " + cats + " " + options + " --jobs ";
    const auto one = outcome(command + "1");
    CHECK(one.status == 0);
    CHECK(one.out.starts_with("layer,head,token,label,"));
    CHECK(outcome(command + "2").out == one.out);
    CHECK(outcome(command + "4").out == one.out);
  }
}

TEST_CASE("shards share the inputs out") {
  const std::string files = cats + " data/minilm/short/attention.npy data/small/gpt/attention.npy";
  const auto first = outcome("inspect --csv -q --shard 0/2 " + files);
  const auto second = outcome("inspect --csv -q --shard 1/2 " + files);
  CHECK(std::count(first.out.begin(), first.out.end(), '\n') == 3);
  CHECK(std::count(second.out.begin(), second.out.end(), '\n') == 2);
}

TEST_CASE("one file for each input holds the same bytes for any split") {
  const ScratchFolder folder;
  const std::string files = "data/minilm/cats/per_layer.npz data/minilm/short/attention.npy";
  const std::string command = "heads -q --layer 0 -o '" + folder.path();
  CHECK(outcome(command + "/whole-{stem}.json' " + files).status == 0);
  const std::string shards = command + "/split-{stem}.json' " + files;
  CHECK(outcome(shards + " --shard 0/2").status == 0);
  CHECK(outcome(shards + " --shard 1/2 --jobs 2").status == 0);
  for (const std::string name : {"per_layer.json", "attention.json"}) {
    CHECK(text_of(folder.path() + "/whole-" + name) == text_of(folder.path() + "/split-" + name));
  }
}

TEST_CASE("what another shard would write over is refused, too") {
  const ScratchFolder folder;
  const auto clash = outcome("inspect -q --shard 0/2 -o '" + folder.path() + "/{stem}.csv' " +
                             "data/minilm/cats/attention.npy data/minilm/short/attention.npy");
  CHECK(clash.status == 2);
  CHECK(clash.err.find("two inputs would write") != std::string::npos);
}

TEST_CASE("what another shard reads is not written over") {
  const ScratchFolder folder;
  const std::string first = folder.path() + "/t.npy", second = folder.path() + "/t_x.csv";
  fs::copy_file("data/minilm/short/attention.npy", first);
  write_file(second, "source,target,weight\n0,1,1\n1,0,1\n");
  const std::string call =
      "graph -q -o '" + folder.path() + "/{stem}_x.csv' " + first + " " + second;
  for (const char* shard : {" --shard 0/2", " --shard 1/2", ""}) {
    const auto clash = outcome(call + shard);
    CHECK(clash.status == 2);
    CHECK(clash.err.find("is an input, too") != std::string::npos);
  }
  CHECK(outcome("graph -q --shard 0/2 -o " + folder.path() + "/all.csv " + first + " " + second)
            .status == 0);
}

TEST_CASE("one file for each input is named by its stem, and two of one name are refused") {
  const ScratchFolder folder;
  const std::string pattern = " -q -o '" + folder.path() + "/{stem}.csv' ";
  CHECK(
      outcome("inspect" + pattern + "data/minilm/cats/attention.npy data/minilm/cats/per_layer.npz")
          .status == 0);
  CHECK(fs::exists(folder.path() + "/attention.csv"));
  CHECK(fs::exists(folder.path() + "/per_layer.csv"));
  const auto clash = outcome("inspect" + pattern +
                             "data/minilm/cats/attention.npy data/minilm/short/attention.npy");
  CHECK(clash.status == 2);
  CHECK(clash.err.find("two inputs would write") != std::string::npos);
}

TEST_CASE("an error leaves the old output as it was, and no temporary behind") {
  const ScratchFolder folder;
  const std::string path = folder.path() + "/result.csv";
  write_file(path, "old");
  CHECK(outcome("inspect nowhere.npy -o " + path).status == 4);
  CHECK(file_text(path) == "old");
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 3);
}

TEST_CASE("a full disk behind the output is an error of writing") {
  const auto full = outcome("inspect -q " + cats + " -o /dev/full");
  CHECK(full.status == 4);
  CHECK(full.err == "attngraph: /dev/full: cannot be written: No space left on device\n");
}

TEST_CASE("a format a command cannot write is refused with a list of those it can") {
  const auto wrong = outcome("inspect " + cats + " --format npy");
  CHECK(wrong.status == 2);
  CHECK(wrong.err ==
        "attngraph: inspect does not write npy\nhint: it writes table, markdown, chart, csv, tsv, "
        "json, jsonl\n");
}

TEST_CASE("the help of every command begins with a sentence and three examples that run") {
  const ScratchFolder folder;
  for (const auto& make : attngraph::command_makers()) {
    const attngraph::Manual manual = make()->manual();
    INFO(manual.name);
    CHECK(manual.examples.size() == 3);
    const auto help = outcome(manual.name + " -h");
    CHECK(help.status == 0);
    CHECK(help.out.starts_with(manual.summary.substr(0, 60)));
    CHECK(help.out.find("\n\nExamples:\n  attngraph " + manual.name) != std::string::npos);
    for (const auto& example : manual.examples) {
      const std::string shown = shown_by_shell(example.command_line + " >/dev/null", folder.path());
      CHECK_MESSAGE(shown.find("[status ") == std::string::npos, shown);
    }
  }
}

TEST_CASE("help is had in every way that a user tries") {
  const std::string page = outcome("heads --help").out;
  CHECK(page.find("Selection:\n") != std::string::npos);
  for (const std::string line : {"help heads", "--help heads", "heads help", "heads x.npy --help",
                                 "heads --rows many --help", "help heads --help"}) {
    CAPTURE(line);
    CHECK(outcome(line).out == page);
  }
  const std::string screen = outcome("heads -h").out;
  CHECK(screen.find("Selection:\n") == std::string::npos);
  CHECK(outcome("-h heads").out == screen);
  const std::string general = outcome("--help").out;
  CHECK(general.starts_with("attngraph treats"));
  for (const std::string line : {"help", "-h", "help help", "help --help"}) {
    CHECK(outcome(line).out == general);
  }
  const std::string completion = outcome("completion --help").out;
  CHECK(completion.find("attngraph completion bash") != std::string::npos);
  CHECK(outcome("help completion").out == completion);
  CHECK(outcome("help hedas").err ==
        "attngraph: there is no command 'hedas'\nhint: did you mean heads?\n");
}

TEST_CASE("the program says what it is and what it stands on, and explains itself") {
  const std::string version = outcome("--version").out;
  CHECK(version.starts_with("attngraph "));
  CHECK(std::count(version.begin(), version.end(), '\n') == 1);
  CHECK(outcome("-V").out == version);
  const std::string all = outcome("--version -v").out;
  CHECK(all.starts_with(version));
  CHECK(all.find("\n  igraph ") != std::string::npos);
  CHECK(outcome("explain --help").out == outcome("help explain").out);
  CHECK(outcome("explain -h").out.find("attngraph explain sink_mass") != std::string::npos);
  CHECK(outcome("demo --help").out == outcome("help demo").out);
  CHECK(outcome("demo -h").out.find("cats.npy and cats.json") != std::string::npos);
  const std::string names = outcome("completion --complete explain ''").out;
  CHECK(names.starts_with("words\n"));
  CHECK(names.find("\nsink_mass\t\n") != std::string::npos);
  CHECK(outcome("completion --complete centrality --metric ''").out.starts_with("list\n"));
}

TEST_CASE("demo makes its files once, and its commands run on them") {
  const ScratchFolder folder;
  CHECK(shown_by_shell("attngraph demo", folder.path()).find("Five commands to try") !=
        std::string::npos);
  CHECK(shown_by_shell("attngraph inspect cats.npy --tokens cats.json -q", folder.path())
            .find("17") != std::string::npos);
  CHECK(shown_by_shell("attngraph demo", folder.path())
            .starts_with("attngraph: demo: cats.npy is there already\n"));
}

TEST_CASE("an input whose output is there already is left alone when that is asked for") {
  const ScratchFolder folder;
  const std::string command = "heads --layer 0 --skip-existing -o '" + folder.path() +
                              "/{stem}.csv' data/minilm/cats/attention.npy "
                              "data/minilm/cats/per_layer.npz";
  CHECK(outcome(command).status == 0);
  const std::string first = folder.path() + "/attention.csv",
                    second = folder.path() + "/per_layer.csv";
  write_file(first, "mine");
  fs::remove(second);
  const auto again = outcome(command);
  CHECK(again.status == 0);
  CHECK(again.err.starts_with("note: 1 of 2 inputs have their output already\n"));
  CHECK(text_of(first) == "mine");
  CHECK(fs::exists(second));
  CHECK(outcome(command).err == "note: 2 of 2 inputs have their output already\n");
}

TEST_CASE("pictures have a file for each layer where their name says only that") {
  const ScratchFolder folder;
  CHECK(outcome("heatmap -q " + cats + " --layer 0,1 -o '" + folder.path() + "/{layer}.svg'")
            .status == 0);
  CHECK(text_of(folder.path() + "/0.svg").find("</svg>") != std::string::npos);
  CHECK(text_of(folder.path() + "/1.svg") != text_of(folder.path() + "/0.svg"));
}

TEST_CASE("edges that lead from key to query are noted where the format does not tell it") {
  CHECK(outcome("graph " + cats + " --layer 0 --head 0 --direction informs --csv")
            .err.find("--direction informs is not told by csv") != std::string::npos);
}

TEST_CASE("a page holds as many edges of a token as are asked for") {
  const ScratchFolder folder;
  const std::string path = folder.path() + "/page.html";
  CHECK(outcome("view -q " + cats + " --layer 0 --top-k all -o " + path).status == 0);
  const std::string all = text_of(path);
  CHECK(all.starts_with("<!DOCTYPE html>"));
  CHECK(outcome("view -q " + cats + " --layer 0 --top-k 3 -o " + path).status == 0);
  CHECK(text_of(path).size() < all.size());
}

TEST_CASE("graphs through all layers are drawn with their residual edges and their routes") {
  const ScratchFolder folder;
  const std::string path = folder.path() + "/x.svg";
  const std::string short_one = " data/minilm/short/attention.npy --top-k 1 --start-layer 3 -o ";
  CHECK(outcome("layers -q" + short_one + path).status == 0);
  CHECK(text_of(path).find("</svg>") != std::string::npos);
  CHECK(outcome("layers -q --from 1 --to 0 --count 2" + short_one + path).status == 0);
  CHECK(text_of(path).find("routes, the widest of probability") != std::string::npos);
}

TEST_CASE("edge lists are stacked, a layer each, and not with arrays") {
  const ScratchFolder folder;
  write_file(folder.path() + "/a.csv", "source,target,weight\n0,1,0.5\n1,0,1\n");
  write_file(folder.path() + "/b.csv", "source,target,weight\n0,1,1\n1,0,1\n");
  const std::string command = "inspect -q --csv --stack '" + folder.path() + "/a.csv' ";
  CHECK(outcome(command + folder.path() + "/b.csv").status == 0);
  const auto mixed = outcome(command + cats);
  CHECK(mixed.status == 3);
  CHECK(mixed.err.find("some files hold arrays, others edges\nhint: stack files of one kind") !=
        std::string::npos);
}

TEST_CASE("segments stand in a file, and a tensor of an input is named behind a colon") {
  const ScratchFolder folder;
  write_file(folder.path() + "/segments.csv", "name,first,last\nfront,0,8\nrest,9,16\n");
  const auto listed = outcome("segments -q --csv --layer 0 --segments front:0-8,rest:9-16 " + cats);
  const auto read =
      outcome("segments -q --csv --layer 0 --segments " + folder.path() + "/segments.csv " + cats);
  CHECK(listed.status == 0);
  CHECK(read.out == listed.out);
  const auto tensor = outcome("heads -q --csv data/minilm/cats/per_layer.npz --tensor arr_0");
  CHECK(tensor.status == 0);
  CHECK(outcome("heads -q --csv data/minilm/cats/per_layer.npz:arr_0").out == tensor.out);
}

TEST_CASE("a first word that is no command leads to one") {
  const auto hint = [](const std::string& line) {
    const auto refused = outcome(line);
    CHECK(refused.status == 2);
    return refused.err.substr(refused.err.find("hint: ") + 6);
  };
  CHECK(hint(cats) == "name a command in front of a file: attngraph inspect " + cats + "\n");
  CHECK(hint("CENTRALITY x.npy") == "did you mean centrality?\n");
  CHECK(hint("--layer 2 heads x.npy") == "the command comes first: attngraph heads --layer …\n");
  CHECK(hint("--layer 2") == "the command comes first, options behind it: see attngraph --help\n");
  CHECK(hint("pagerank x.npy") == "did you mean centrality --metric pagerank?\n");
  CHECK(hint("plot x.npy") == "did you mean heatmap?\n");
  CHECK(hint("xyzzy") == "see attngraph --help\n");
}

TEST_CASE("a list with a space, and a dash from a page, are named as such") {
  CHECK(outcome("centrality " + cats + " --metric pagerank, in_strength").err ==
        "attngraph: --metric: 'pagerank,' is half a list\nhint: write no space beside a comma: "
        "a,b\n");
  CHECK(outcome("gat –features x.npy").err ==
        "attngraph: '–features' begins with a dash that is no hyphen\n"
        "hint: write --features with hyphens, as on the keyboard\n");
}

TEST_CASE("in a terminal, a command says that it reads standard input; help is as wide as it") {
  const ScratchFolder folder;
  const auto in_terminal = [&](const std::string& command) {
    return shown_by_shell("script -qec '" + command + "' /dev/null </dev/null | tr -d '\\r'",
                          folder.path());
  };
  const std::string note = "note: reading standard input; name a file, or end with Ctrl-D\n";
  CHECK(in_terminal("attngraph centrality").starts_with(note));
  CHECK(in_terminal("attngraph heads --files-from -").starts_with(note));
  CHECK(in_terminal("attngraph centrality -q").find(note) == std::string::npos);
  CHECK(in_terminal("attngraph inspect " + cats).find(note) == std::string::npos);
  CHECK(in_terminal("stty cols 60; attngraph heads -h").find("in nats: 0 on\n") !=
        std::string::npos);
  CHECK(in_terminal("stty cols 200; attngraph heads -h").find("--sort induction\n") !=
        std::string::npos);
}

TEST_CASE("there is a completion script for each shell") {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const auto script = outcome(std::string("completion ") + shell);
    CHECK(script.status == 0);
    CHECK(script.out.find("completion --complete") != std::string::npos);
  }
  CHECK(outcome("completion csh").status == 2);
  CHECK(outcome("completion bash zsh").err ==
        "attngraph: completion: 'zsh' is one word too many\n"
        "hint: name one shell: attngraph completion bash\n");
  CHECK(outcome("completion").err ==
        "attngraph: completion: which shell is not said\n"
        "hint: write attngraph completion bash, zsh or fish\n");
}

TEST_CASE("layers kept in files of their own are stacked") {
  const std::string file = "data/minilm/short/attention.npy ";
  const auto stacked =
      outcome("inspect --csv -q --stack --axes layer,head,query,key " + file + file);
  CHECK(stacked.status == 0);
  CHECK(stacked.out.find(",float32,12,12,8,8,") != std::string::npos);
}

#include "output/outputs.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/scratch_folder.hpp"
#include "core/error.hpp"
#include "memory_disk.hpp"
#include "options/common_options.hpp"
#include "output/console.hpp"
#include "output/different_outputs.hpp"
#include "output/output_places.hpp"
#include "output/output_plan.hpp"
#include "report/answer/picture.hpp"

using namespace attngraph;

namespace {

using Names = std::vector<std::string>;

const Manual rows_manual{"heads", "", {}, answers::rows, InputKind::attention};
const Manual arrays_manual{"sparsify", "", {}, answers::rows_and_arrays, InputKind::attention};
const Manual pictures_manual{"heatmap", "", {}, answers::pictures, InputKind::attention};

/// The options of `-o path`, and more where a test sets it.
CommonOptions writing_to(const std::string& path) {
  CommonOptions common;
  common.output.out = path;
  return common;
}

OutputPlan plan_of(const CommonOptions& common, const Names& names, const Parsed& parsed = {},
                   const Manual& manual = arrays_manual, bool terminal = false) {
  return output_plan(common, manual, parsed, names, terminal);
}

std::string refusal(const CommonOptions& common, const Names& names, const Parsed& parsed = {},
                    const Manual& manual = arrays_manual) {
  try {
    plan_of(common, names, parsed, manual);
  } catch (const ArgumentError& error) {
    return std::string(error.what()) + " / " + error.hint();
  }
  return "";
}

void give_rows(Sink& sink, std::int64_t value) {
  sink.begin_rows({{"n", ColumnType::integer}});
  sink.rows({std::vector<std::int64_t>{value}});
}

struct World {
  std::ostringstream err;
  Console console{err, std::nullopt};
  MemoryDisk disk;
};

}  // namespace

TEST_CASE("an output appears at commit, completed first, and not a moment earlier") {
  World world;
  const OutputPlan plan = plan_of(writing_to("a.csv"), {"a.npy"});
  Outputs outputs(plan, world.disk, world.console, "a.npy");
  give_rows(outputs.sink(), 7);
  CHECK(world.disk.files.empty());
  outputs.commit();
  CHECK(world.disk.files.at("a.csv") == "n\n7\n");
  CHECK(world.disk.events == Names{"open a.csv", "complete a.csv", "show a.csv"});
}

TEST_CASE("two results of an input appear both or neither") {
  Parsed parsed;
  parsed.further_outputs = {{"--features-out", "{stem}.csv"}};
  const OutputPlan plan = plan_of(writing_to("{stem}.json"), {"x/a.npy", "b.npy"}, parsed);
  const auto answer = [&](World& world) {
    Outputs outputs(plan, world.disk, world.console, "x/a.npy");
    give_rows(outputs.sink(), 1);
    give_rows(*outputs.further_sink("{stem}.csv"), 2);
    outputs.commit();
  };
  World good;
  answer(good);
  CHECK(good.disk.files.at("a.csv") == "file,n\nx/a.npy,2\n");
  CHECK(good.disk.files.contains("a.json"));
  World full;
  full.disk.full = {"a.json"};
  CHECK_THROWS_AS(answer(full), IoError);
  CHECK(full.disk.files.empty());
  World locked;
  locked.disk.locked = {"a.json"};  // shown after a.csv
  CHECK_THROWS_AS(answer(locked), IoError);
  CHECK(locked.disk.events.back() == "show a.csv");
  CHECK(locked.disk.files.empty());
}

TEST_CASE("outputs that are not committed leave nothing") {
  World world;
  const OutputPlan plan = plan_of(writing_to("a.csv"), {"a.npy"});
  {
    Outputs outputs(plan, world.disk, world.console, "a.npy");
    give_rows(outputs.sink(), 7);
  }
  CHECK(world.disk.files.empty());
  CHECK(world.disk.open_now == 0);
}

TEST_CASE("every graph or picture has a file of its own where the name says layer and head") {
  World world;
  const OutputPlan plan = plan_of(writing_to("{layer}-{head}.txt"), {"a.npy"}, {}, pictures_manual);
  Outputs outputs(plan, world.disk, world.console, "a.npy");
  Picture picture;
  HeatMap map;
  map.rows = map.columns = 1;
  map.panels = {{"", {1.0F}}};
  picture.content = map;
  for (const std::int64_t head : {0, 3}) {
    picture.layer = 2;
    picture.head = head;
    outputs.sink().picture(picture);
  }
  outputs.commit();
  CHECK(world.disk.files.contains("2-0.txt"));
  CHECK(world.disk.files.contains("2-3.txt"));
}

TEST_CASE("a name that ends in gz is compressed") {
  World world;
  const OutputPlan plan = plan_of(writing_to("a.csv.gz"), {"a.npy"});
  Outputs outputs(plan, world.disk, world.console, "a.npy");
  give_rows(outputs.sink(), 7);
  outputs.commit();
  CHECK(world.disk.files.at("a.csv.gz").substr(0, 2) == "\x1f\x8b");
  CHECK(refusal(writing_to("a.npy.gz"), {"a.npy"}) ==
        "-o: npy is no text, which alone is compressed / leave .gz out of the name");
}

TEST_CASE("what a missing program would write is refused with its package and a way out") {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere:", 1);
  const std::string png = refusal(writing_to("a.png"), {"a.npy"}, {}, pictures_manual);
  const std::string svg = refusal(writing_to("a.svg"), {"a.npy"}, {}, pictures_manual);
  setenv("PATH", path.c_str(), 1);
  CHECK(png ==
        "-o: png is drawn by rsvg-convert, which is not installed / install librsvg2-bin, or write "
        "SVG, which needs nothing: -o x.svg");
  CHECK(svg.empty());
}

TEST_CASE("an ending that the command does not write is refused with those that it writes") {
  CHECK(refusal(writing_to("a.pdf"), {"a.npy"}, {}, rows_manual) ==
        "heads does not write pdf / it writes table, markdown, chart, csv, tsv, json, jsonl");
  CommonOptions mermaid;
  mermaid.output.format = "mermaid";
  CHECK(refusal(mermaid, {"a.npy"}, {}, pictures_manual) ==
        "heatmap does not write mermaid / it writes table, svg, png, pdf");
  const Manual page{"view", "", {}, answers::pages, InputKind::attention};
  CHECK(refusal(writing_to("cats"), {"a.npy"}, {}, page) ==
        "view does not write a table / it writes html");
  CHECK(plan_of(writing_to("A.NPY"), {"a.npy"}).format->name == "npy");
  CHECK(plan_of(writing_to("a.txt"), {"a.npy"}).format->name == "table");
  CHECK(plan_of(writing_to("answer"), {"a.npy"}).format->name == "table");
}

TEST_CASE("two formats at once are refused") {
  CommonOptions both;
  both.output.csv = both.output.json = true;
  CHECK(refusal(both, {"a.npy"}) == "two formats are asked for, csv and json / ");
}

TEST_CASE("a placeholder that nobody fills is refused") {
  CHECK(refusal(writing_to("{name}.csv"), {"a.npy"}) ==
        "-o: there is no placeholder {name} / what is filled in: {stem}, {dir}, {layer}, "
        "{head}");
  Parsed parsed;
  parsed.further_outputs = {{"--features-out", "{layer}.npy"}};
  CHECK(refusal(writing_to("a.csv"), {"a.npy"}, parsed) ==
        "--features-out: there is no placeholder {layer} / what is filled in: {stem}, {dir}");
  CHECK(refusal(writing_to("{stm}.csv"), {"a.npy"}) ==
        "-o: there is no placeholder {stm} / did you mean {stem}? what is filled in: {stem}, "
        "{dir}, {layer}, {head}");
  CHECK(refusal(writing_to("{layer}.csv"), {"a.npy"}) ==
        "-o: {layer} and {head} are for graphs and heat maps of single heads / this answer is one, "
        "of all heads, and goes into one file");
}

TEST_CASE("a picture of all heads is not named after one of them") {
  const Manual heads{"heads", "", {}, answers::rows_and_pictures, InputKind::attention};
  const Manual graph{"graph", "", {}, answers::rows_and_graphs, InputKind::attention};
  CHECK(refusal(writing_to("{layer}.svg"), {"a.npy"}, {}, heads) != "");
  CHECK(refusal(writing_to("{head}.svg"), {"a.npy"}, {}, pictures_manual) == "");
  CHECK(refusal(writing_to("{head}.svg"), {"a.npy"}, {}, graph) == "");
  Manual each = heads;
  each.picture_of_each_head = true;
  CHECK(refusal(writing_to("{head}.svg"), {"a.npy"}, {}, each) == "");
  CHECK(refusal(writing_to("{head}.csv"), {"a.npy"}, {}, each) != "");
}

TEST_CASE("outputs go beside their inputs where the name says dir") {
  const Names two{"x/a.npy", "y/a.npy"};
  const OutputPlan plan = plan_of(writing_to("{dir}/{stem}.csv"), two);
  CHECK(plan.separate);
  CHECK(plan.settings.file_column);
  CHECK(plan.paths_for("y/a.npy") == Names{"y/a.csv"});
  CHECK(refusal(writing_to("{dir}/all.csv"), two) == "");
  CHECK(refusal(writing_to("{dir}/all.csv"), {"x/a.npy", "x/b.npy"}) ==
        "-o: two inputs would write 'x/all.csv' / put {stem} into the name, which is each input's "
        "own");
  CHECK(refusal(writing_to("{dir}/{stem}.csv"), {"x/a.npy", "./x/a.npy"}) != "");
}

TEST_CASE("what several inputs would write over each other is refused before any work") {
  const Names two{"a.npy", "b.npy"};
  CHECK(refusal(writing_to("x.npy"), two) ==
        "-o: one npy file holds one answer, there are 2 inputs / write each to its own file: -o "
        "'out-{stem}.npy'");
  CHECK(
      refusal(writing_to("{stem}.csv"), {"x/a.npy", "y/a.npy"}) ==
      "-o: two inputs would write 'a.csv' / name their folders, too: {dir}/{stem}; or leave {stem} "
      "out for one output");
  Parsed parsed;
  parsed.further_outputs = {{"--features-out", "f.npy"}};
  CHECK(refusal(writing_to("{stem}.csv"), two, parsed) ==
        "--features-out: 2 inputs would write 'f.npy' / put {stem} into the name, which is each "
        "input's own");
  parsed.further_outputs = {{"--features-out", "x.csv"}};
  CHECK(refusal(writing_to("x.csv"), {"a.npy"}, parsed) ==
        "--features-out: is the same file as -o, x.csv / ");
}

TEST_CASE("what is written beside one answer to all is each input's own") {
  Parsed parsed;
  parsed.further_outputs = {{"--features-out", "{stem}.csv"}};
  const std::string same_file =
      "--features-out: 'o.csv', of x/o.npy, is the same file as -o / write each result to a file "
      "of its own";
  CHECK(refusal(writing_to("o.csv"), {"a.npy", "x/o.npy"}, parsed) == same_file);
  CHECK(refusal(writing_to("o.csv"), {"x/o.npy", "a.npy"}, parsed) == same_file);
  CHECK(refusal(writing_to("o.csv"), {"x/a.npy", "y/a.npy"}, parsed)
            .starts_with("--features-out: two inputs would write 'a.csv' / name their folders"));
  CHECK(refusal(writing_to("o.csv"), {"a.npy", "b.npy"}, parsed) == "");
}

TEST_CASE("numbers of names and of layers do not run together") {
  Manual graph;
  graph.name = "graph";
  graph.forms = {Form::drawing};
  const Names names{"s1.npy", "s11.npy"};
  CHECK(refusal(writing_to("{stem}{layer}-{head}.svg"), names, {}, graph) ==
        "-o: two inputs may write one file, 's1{layer}-{head}.svg' and 's11{layer}-{head}.svg': "
        "numbers run together / put something that is no digit between them: "
        "{stem}-{layer}-{head}");
  CHECK(refusal(writing_to("{layer}{stem}.svg"), {"1.npy", "2.npy"}, {}, graph) != "");
  CHECK(refusal(writing_to("{stem}-{layer}-{head}.svg"), names, {}, graph) == "");
  CHECK(refusal(writing_to("{stem}{layer}.svg"), {"s1.npy"}, {}, graph) == "");
  CHECK(refusal(writing_to("{stem}{layer}.svg"), {"a.npy", "b.npy"}, {}, graph) == "");
}

TEST_CASE("the column file is there by the command line alone") {
  const auto has_column = [](const CommonOptions& common, const Parsed& parsed = {}) {
    return plan_of(common, {"a.npy"}, parsed).settings.file_column;
  };
  CommonOptions common;
  common.inputs = {"a.npy"};
  CHECK_FALSE(has_column(common));
  CHECK(has_column(writing_to("{stem}.csv")));
  Parsed shard;
  shard.given = {{"shard", "0/2"}};
  CHECK(has_column(common, shard));
  CommonOptions list = common, asked = common, named = common;
  list.files_from = "list";
  CHECK(has_column(list));
  asked.output.with_filename = true;
  CHECK(has_column(asked));
  named.inputs = {"a.npy", "b.npy"};
  CHECK(has_column(named));
  named.stack = true;
  CHECK_FALSE(has_column(named));
}

TEST_CASE("a table is cut to fifty rows in a terminal only") {
  CHECK(plan_of({}, {"a.npy"}, {}, rows_manual, true).settings.table_rows == 50);
  CHECK(plan_of({}, {"a.npy"}, {}, rows_manual, false).settings.table_rows == std::nullopt);
  CHECK(plan_of(writing_to("a.txt"), {"a.npy"}, {}, rows_manual, true).settings.table_rows ==
        std::nullopt);
  CommonOptions three;
  three.output.table.rows = 3;
  CHECK(plan_of(three, {"a.npy"}).settings.table_rows == 3);
  three.output.table.rows = all_rows;
  CHECK(plan_of(three, {"a.npy"}, {}, rows_manual, true).settings.table_rows == std::nullopt);
}

TEST_CASE("bytes that are no text do not go to a terminal") {
  CommonOptions npy;
  npy.output.format = "npy";
  CHECK_THROWS_AS(plan_of(npy, {"a.npy"}, {}, arrays_manual, true), ArgumentError);
  CHECK(plan_of(npy, {"a.npy"}, {}, arrays_manual, false).format->name == "npy");
}

TEST_CASE("options of the output are no parameters of the answer") {
  Parsed parsed;
  parsed.given = {{"top-k", "3", Concern::question},
                  {"scale", "0.5", Concern::question},
                  {"quiet", "true", Concern::output}};
  const auto parameters = plan_of({}, {"a.npy"}, parsed).settings.parameters;
  REQUIRE(parameters.size() == 2);
  CHECK(parameters[0] == std::pair<std::string, ParameterValue>("top-k", std::int64_t{3}));
  CHECK(parameters[1] == std::pair<std::string, ParameterValue>("scale", 0.5));
}

TEST_CASE("options that are not given are parameters with their defaults, as JSON has them") {
  Parsed parsed;
  parsed.given = {{"top-k", "3", Concern::question}};
  parsed.left_out = {{.name = "--gini"},
                     {.name = "--damping", .type = "NUMBER", .fallback = "0.85"},
                     {.name = "--nodes", .type = "N"},
                     {.name = "--distance", .type = "neglog|inverse", .fallback = "neglog"}};
  const auto parameters = plan_of({}, {"a.npy"}, parsed).settings.parameters;
  REQUIRE(parameters.size() == 5);
  CHECK(parameters[1] == std::pair<std::string, ParameterValue>("gini", false));
  CHECK(parameters[2] == std::pair<std::string, ParameterValue>("damping", 0.85));
  CHECK(parameters[3] == std::pair<std::string, ParameterValue>("nodes", std::monostate()));
  CHECK(parameters[4] == std::pair<std::string, ParameterValue>("distance", std::string("neglog")));
}

TEST_CASE("a folder that is not there is refused once") {
  World world;
  const OutputPlan plan = plan_of(writing_to("out/{stem}.csv"), {"a.npy", "b.npy"});
  CHECK_THROWS_WITH_AS(check_folders(plan, {"a.npy", "b.npy"}, world.disk),
                       "out/a.csv: there is no folder out", IoError);
  world.disk.files = {{"out", ""}};
  CHECK_THROWS_WITH_AS(check_folders(plan, {"a.npy"}, world.disk),
                       "out/a.csv: out is a file, expected a folder", IoError);
  world.disk.folders = {"out"};
  check_folders(plan, {"a.npy", "b.npy"}, world.disk);
}

TEST_CASE("one file under two names is refused before any work") {
  World world;
  const auto said = [&](const CommonOptions& common, const Names& names,
                        const std::string& features = "") {
    Parsed parsed;
    if (!features.empty()) parsed.further_outputs = {{"--features-out", features}};
    try {
      check_places(plan_of(common, names, parsed), names, {"values.npy", "t.json", "{stem}.v.npy"},
                   world.disk);
    } catch (const ArgumentError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(said(writing_to("w.npy"), {"a.npy"}, "./w.npy") ==
        "--features-out: ./w.npy is the same file as w.npy");
  CHECK(said(writing_to("{stem}-4.npy"), {"a.npy", "a-4.npy"}) ==
        "-o: a-4.npy, the output of a.npy, is an input, too");
  CHECK(said(writing_to("{stem}.npy"), {"a.npy", "b.npy"}) == "");  // each in its own place
  CHECK(said(writing_to("a.csv"), {"a.npy", "a.csv"}) == "");       // written when all are read
  CHECK(said(writing_to("-"), {"a.npy"}, "w.npy") == "");
  CHECK(said(writing_to("{stem}.json"), {"a.npy", "t.npy"}) ==
        "-o: t.json, the output of t.npy, is an input, too");
  CHECK(said(writing_to("{stem}.json"), {"t.npy"}) == "");  // written when it is read
  CHECK(said(writing_to("values.npz"), {"values.npy"}) == "");
  CHECK(said(writing_to("out-{stem}.npz"), {"a.npz:attention", "out-a.npz:attention"}) ==
        "-o: out-a.npz, the output of a.npz:attention, is an input, too");
  CHECK(said(writing_to("{stem}.npy"), {"values.npy", "b.npy"}) ==
        "-o: values.npy, the output of values.npy, is an input, too");
  CHECK(said(writing_to("o.csv"), {"a.npy", "b.npy"}, "./{stem}.npy") == "");
  CHECK(said(writing_to("o.csv"), {"a.npy", "a_f.npy"}, "{stem}_f.npy") ==
        "--features-out: a_f.npy, the output of a.npy, is an input, too");
  CHECK(said(writing_to("o.csv"), {"s/values.npy", "b.npy"}, "{stem}.npy") ==
        "--features-out: values.npy, the output of s/values.npy, is an input, too");
  CHECK(said(writing_to("o.csv"), {"a.npy", "b.npy"}, "{stem}_f.npy") == "");
  CHECK(said(writing_to("out-{stem}.v.npy"), {"x.npy", "out-x.npy"}) ==
        "-o: out-x.v.npy, the output of x.npy, is an input, too");
}

TEST_CASE("names of one place lead to one place") {
  const test::ScratchFolder folder;
  std::ostringstream out;
  const auto disk = real_disk(out);
  const std::string file = folder.path() + "/a.npy", link = folder.path() + "/b.npy";
  std::ofstream(file) << "x";
  std::filesystem::create_symlink("a.npy", link);
  CHECK(disk->place(link) == disk->place(file));
  CHECK(disk->place(folder.path() + "/new.npy") == disk->place(folder.path() + "/./new.npy"));
  CHECK(disk->place(folder.path() + "/new.npy") != disk->place(file));
  for (const char* dangling : {"/l1", "/l2"}) {
    std::filesystem::create_symlink("not_there.npy", folder.path() + dangling);
  }
  CHECK(disk->place(folder.path() + "/l1") == disk->place(folder.path() + "/l2"));
  CHECK(disk->place(folder.path() + "/l1") == disk->place(folder.path() + "/not_there.npy"));
  CHECK(disk->place("/dev/null") == "");
  CHECK(disk->place("-") == disk->place("/dev/stdout"));
  CHECK(disk->place("/dev/fd/7") == disk->place("/proc/self/fd/7"));
}

TEST_CASE("inputs are left out where all their outputs are there") {
  World world;
  world.disk.files = {{"a.csv", ""}, {"b.csv", ""}, {"a.npy", ""}};
  Parsed parsed;
  parsed.further_outputs = {{"--features-out", "{stem}.npy"}};
  const Names names{"in/a.npz", "in/b.npz", "in/c.npz"};
  const OutputPlan plan = plan_of(writing_to("{stem}.csv"), names, parsed);
  CHECK(unanswered(plan, names, world.disk) == Names{"in/b.npz", "in/c.npz"});
  CommonOptions nowhere;
  nowhere.output.skip_existing = true;
  CHECK(refusal(nowhere, {"a.npy"}) ==
        "--skip-existing: needs the file that may be there: -o FILE / ");
  CommonOptions joined = writing_to("o.csv");
  joined.output.skip_existing = true;
  CHECK(refusal(joined, {"a.npy", "b.npy"}) ==
        "--skip-existing: needs an output of each input, there is one of all / put {stem} into the "
        "name: -o 'out-{stem}.csv'");
}

TEST_CASE("of two inputs with one output is said what makes their names differ") {
  const auto hint = [](const std::string& out, const Names& names) {
    const OutputPlan plan = [&] {
      OutputPlan made;
      made.out = out;
      return made;
    }();
    try {
      check_different(plan, names);
    } catch (const ArgumentError& error) {
      return error.hint();
    }
    return std::string("differ");
  };
  CHECK(hint("{stem}.csv", {"x/a.npy", "y/a.npy"}) ==
        "name their folders, too: {dir}/{stem}; or leave {stem} out for one output");
  CHECK(hint("{dir}.csv", {"x/a.npy", "x/b.npy"}) ==
        "put {stem} into the name, which is each input's own");
  const std::string alike =
      "their names are the same but for ending and member: answer each by itself with -o FILE, or "
      "leave ";
  CHECK(hint("{stem}.csv", {"x/a.npy", "x/a.npz"}) == alike + "{stem} out for one output");
  CHECK(hint("{stem}.csv", {"a.npz:q", "a.npz:k"}) == alike + "{stem} out for one output");
  CHECK(hint("{dir}/{stem}.csv", {"a.npy", "a.npz"}) ==
        alike + "{dir} and {stem} out for one output");
}

TEST_CASE("what fills a placeholder is no placeholder") {
  World world;
  CommonOptions common = writing_to("{stem}.csv");
  const Names names{"{layer}.npy"};
  const OutputPlan plan = plan_of(common, names);
  CHECK(plan.paths_for(names.front()) == Names{"{layer}.csv"});
}

TEST_CASE("a folder to be made is named as a shell takes it") {
  World world;
  const OutputPlan plan = plan_of(writing_to("my out/x.csv"), {"a.npy"});
  try {
    check_folders(plan, {"a.npy"}, world.disk);
    FAIL("was taken");
  } catch (const IoError& error) {
    CHECK(error.hint() == "make it first: mkdir -p 'my out'");
  }
}

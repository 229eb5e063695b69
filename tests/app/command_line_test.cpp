#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "cli/scratch_folder.hpp"
#include "core/error.hpp"
#include "input/input_names.hpp"
#include "options/check_options.hpp"
#include "options/common_options.hpp"
#include "options/options.hpp"
#include "options/stray_words.hpp"
#include "options/table_options.hpp"
#include "output/output_plan.hpp"
#include "output/placeholders.hpp"

using namespace attngraph;
using test::ScratchFolder;

namespace {

using Names = std::vector<std::string>;

const Manual manual{"heads", "", {}, answers::rows, InputKind::attention};

struct CommandLine {
  CommonOptions common;
  std::string metrics;
  std::string features;
  Parsed parsed;

  explicit CommandLine(const Names& arguments) {
    parsed = parse_options("heads", arguments, [this](OptionTable& options) {
      options.list(
          "--metric", "LIST", "", [this](const std::string& text) { metrics = text; }, "");
      options.further_output("--features-out", features, "");
      declare_common(options, common, manual);
    });
  }
};

std::string refusal(const Names& arguments) {
  try {
    const CommandLine line(arguments);
    check_options(line.common, line.parsed, manual);
  } catch (const ArgumentError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("lists add up, any other option given twice is refused") {
  CHECK(CommandLine({"--metric", "a,b", "--metric", "c"}).metrics == "a,b,c");
  const CommandLine layers({"--layer", "0", "--layer", "2-3"});
  CHECK(layers.common.request.layers.resolve(6, "--layer") == std::vector<std::size_t>{0, 2, 3});
  CHECK(refusal({"--scale", "1", "--scale", "2", "--query", "q"}) == "--scale: is given twice");
  CHECK(refusal({"-q", "-q"}) == "--quiet: is given twice");
}

TEST_CASE("a value that is missing, or one too many, is told in our own words") {
  CHECK(refusal({"--top"}) == "--top: needs a value, N");
  CHECK(refusal({"a.npy", "-o"}) == "-o: needs a value, FILE");
  CHECK(refusal({"--layer="}) == "--layer: is given nothing");
  CHECK(refusal({"--wide=maybe"}) == "--wide: takes no value");
}

TEST_CASE("a word that is none of the choices brings the one that is near, in lists, too") {
  const auto hint = [](const Names& arguments) -> std::string {
    try {
      const CommandLine line(arguments);
      check_table(line.common.output.table,
                  {.columns = {{.name = "layer"}, {.name = "entropy"}, {.name = "sink_mass"}}});
      chosen_format(line.common, manual);
    } catch (const ArgumentError& error) {
      return error.hint().substr(0, error.hint().find('?') + 1);
    }
    return "";
  };
  CHECK(hint({"--axes", "layer,heads,query,key"}) == "did you mean head?");
  CHECK(hint({"--dtype", "bfloat"}) == "did you mean bfloat16?");
  CHECK(hint({"--sort", "entrpy"}) == "did you mean entropy?");
  CHECK(hint({"--columns", "layer,sinkmass"}) == "did you mean sink_mass?");
  CHECK(hint({"--format", "cvs"}) == "did you mean csv?");
}

TEST_CASE("a word that is a choice is not said to be meant") {
  try {
    CommandLine({"--shard", "auto", "a.npy"});
    FAIL("this is no task of Slurm");
  } catch (const ArgumentError& error) {
    CHECK(error.hint().starts_with("run it as a task of sbatch"));
  }
}

TEST_CASE("two dashes end the options") {
  CHECK(CommandLine({"-q", "--", "-1.npy"}).common.inputs == Names{"-1.npy"});
  CHECK(refusal({"--strange"}) == "heads has no option --strange");
  CHECK(refusal({"-:attention"}) == "'-:attention' begins like an option");
}

TEST_CASE("a value or an input that is empty is refused, as an unset variable would give it") {
  CHECK(refusal({"--tokens", ""}) == "--tokens: is given nothing");
  CHECK(refusal({"--tensor="}) == "--tensor: is given nothing");
  CHECK(refusal({"--out=", "a.npy"}) == "--out: is given nothing");  // a.npy would be written over
  CHECK(refusal({"-o", ""}) == "--out: is given nothing");
  CHECK_THROWS_WITH_AS(check_stray_words({"a.npy", ""}), "'' names no input", ArgumentError);
}

TEST_CASE("a count beyond all things is refused, as sums with it would overflow") {
  CHECK(refusal({"-j", "18446744073709551615"}) ==
        "--jobs: is 18446744073709551615, expected at most 1000000000000000");
  CHECK(CommandLine({"--jobs", "1000000000000000"}).common.jobs == 1'000'000'000'000'000);
}

TEST_CASE("an option is not the value of the one before it") {
  CHECK(refusal({"a.npy", "-o", "--csv"}) == "-o: needs a value, FILE, and --csv is an option");
  CHECK(refusal({"--tokens", "-q"}) == "--tokens: needs a value, FILE, and -q is an option");
  CHECK(refusal({"--out", "--layer=1"}) == "--out: needs a value, FILE, and --layer is an option");
  CHECK(refusal({"-o", "--", "a.npy"}) == "-o: needs a value, FILE, and -- is an option");
  CHECK(CommandLine({"--out=--csv"}).common.output.out == "--csv");
  CHECK(CommandLine({"--layer", "-1", "--", "-o", "--csv"}).common.inputs == Names{"-o", "--csv"});
}

TEST_CASE("a letter and a flag have no value behind an equals sign") {
  CHECK(refusal({"-o=x.csv"}) == "-o: takes its value without =");
  CHECK(refusal({"-j=2"}) == "-j: takes its value without =");
  CHECK(refusal({"--csv="}) == "--csv: takes no value");
  CHECK(refusal({"--quiet=false"}) == "--quiet: takes no value");
}

TEST_CASE("options know what they are about") {
  const CommandLine line({"--scale", "2", "--query", "q", "--layer", "1", "--jobs", "3", "-q"});
  const auto concern = [&](const std::string& name) {
    for (const auto& option : line.parsed.given) {
      if (option.name == name) return option.concern;
    }
    throw std::logic_error(name + " is not given");
  };
  CHECK(concern("scale") == Concern::question);
  CHECK(concern("layer") == Concern::question);
  CHECK(concern("jobs") == Concern::output);
  CHECK(concern("quiet") == Concern::output);
}

TEST_CASE("further outputs are known with the option that names them") {
  const CommandLine line({"--features-out", "f.npy"});
  REQUIRE(line.parsed.further_outputs.size() == 1);
  CHECK(line.parsed.further_outputs[0].first == "--features-out");
  CHECK(line.parsed.further_outputs[0].second == "f.npy");
  CHECK(CommandLine({}).parsed.further_outputs.empty());
}

TEST_CASE("an option that the format does not heed is refused") {
  CHECK(refusal({"--csv", "--rows", "3"}) == "--rows: has no effect on csv");
  CHECK(refusal({"--json", "--color", "always"}) == "--color: has no effect on json");
  CHECK(refusal({"--spreadsheet-safe"}) == "--spreadsheet-safe: has no effect on table");
  CHECK(refusal({"--force"}) == "--force: has no effect on table");
  CHECK(refusal({"--rows", "3", "--color", "never"}).empty());
}

TEST_CASE("options of queries and keys, and those of files, do not mix") {
  CHECK(refusal({"--wq", "w.npy"}) == "--wq: goes with --query and --key, or with --input");
  CHECK(refusal({"--scale", "2"}).empty());
  CHECK(refusal({"--query", "q", "--tensor", "a"}) ==
        "--tensor: is about attention in a file, not about --query, --key and --input");
  CHECK(refusal({"a.npy", "--query", "q"}) ==
        "an INPUT is given, and --query, --key or --input too");
  CHECK(refusal({"a.npz", "--query", ":q", "--key", ":k"}).empty());
}

TEST_CASE("options about several inputs are refused where none is named") {
  CHECK(refusal({"--shard", "0/2"}) == "--shard: is about several inputs, none is named");
  CHECK(refusal({"--shard", "0/2", "a.npy"}).empty());
}

TEST_CASE("lists of inputs end lines as anybody does, or have NUL between names") {
  CHECK(names_in("a.npy\nb c.npy\n\n") == Names{"a.npy", "b c.npy"});
  CHECK(names_in("a.npy\r\nb.npy\r\n") == Names{"a.npy", "b.npy"});
  CHECK(names_in(std::string("a.npy\0b\nc.npy\0", 14)) == Names{"a.npy", "b\nc.npy"});
  CHECK(names_in("last") == Names{"last"});
  CHECK(names_in("").empty());
}

TEST_CASE("a list of inputs is read as any text is, and one that cannot be read is named") {
  std::istringstream list(
      "\xef\xbb\xbf"
      "c\n");
  CommonOptions common;
  common.files_from = "-";
  CHECK(input_names(common, InputKind::attention, list) == Names{"c"});
  std::istringstream endless(std::string(std::size_t{3} << 20, '\0'));
  CHECK_THROWS_WITH_AS(input_names(common, InputKind::attention, endless),
                       "standard input: names no input in its first megabyte", InputError);
  std::istringstream arrays(std::string("\x93NUMPY\1\0v\0{'descr'", 18));
  CHECK_THROWS_WITH_AS(input_names(common, InputKind::attention, arrays),
                       "standard input: holds arrays, expected a list of names", InputError);
  common.files_from = "/nowhere/list";
  CHECK_THROWS_WITH_AS(input_names(common, InputKind::attention, list),
                       "/nowhere/list: cannot be opened: No such file or directory", IoError);
  common.files_from = "/tmp";
  CHECK_THROWS_WITH_AS(input_names(common, InputKind::attention, list),
                       "/tmp: is a directory, expected a file", IoError);
}

TEST_CASE("a list of inputs without end is refused") {
  CommonOptions common;
  common.files_from = "-";
  std::string names;
  while (names.size() <= std::size_t{64} << 20) names += std::string(1023, 'n') + '\n';
  std::istringstream endless(names);
  CHECK_THROWS_WITH_AS(input_names(common, InputKind::attention, endless),
                       "standard input: lists over 64 MiB of names", LimitError);
  common.limits.memory = 1 << 20;
  std::istringstream again(names);
  CHECK_THROWS_WITH_AS(
      input_names(common, InputKind::attention, again),
      "standard input: needs 2097152 bytes of memory, more than $max-memory 1048576", LimitError);
}

TEST_CASE("braces in the name of a file to read are placeholders where no such file is") {
  CHECK(refusal({"a.npy", "--tokens", "in/{stm}.json"}) ==
        "--tokens: there is no placeholder {stm}");
  CHECK(refusal({"a.npy", "--tokens", "in/{stem}.json"}).empty());
  CHECK(refusal({"a.npy", "--tokens", "{dir}/{stem}.npz:{x}"}) ==
        "--tokens: there is no placeholder {x}");
  const ScratchFolder folder;
  const std::string odd = folder.path() + "/{odd}.json";
  std::ofstream(odd) << "[]";
  CHECK(refusal({"a.npy", "--tokens", odd}).empty());
  CHECK(refusal({"a.npy", "--tokens", odd + ":x"}).empty());
  CHECK(refusal({"a.npy", "--segments", "{0}:0-3"}).empty());
}

TEST_CASE("inputs come from arguments, then the list, and a shard takes every n-th") {
  std::istringstream list("c\nd\n");
  CommonOptions common;
  common.inputs = {"a", "b"};
  common.files_from = "-";
  CHECK(input_names(common, InputKind::attention, list) == Names{"a", "b", "c", "d"});
  common.files_from.clear();
  CHECK(share_of({"a", "b", "c", "d"}, {1, 3}) == Names{"b"});
  CHECK(share_of({"a", "b", "c", "d"}, {0, 3}) == Names{"a", "d"});
  CHECK(input_names({}, InputKind::attention, list) == Names{"-"});
  CHECK(input_names({}, InputKind::options, list) == Names{""});
  common.files_from = "nowhere";
  CHECK_THROWS_AS(input_names(common, InputKind::attention, list), IoError);
  common.inputs.clear();
  common.files_from = "-";
  std::istringstream nothing;
  CHECK_THROWS_AS(input_names(common, InputKind::attention, nothing), ArgumentError);
}

TEST_CASE("placeholders are filled, and unknown ones found") {
  CHECK(filled("{stem}-{stem}.csv", "stem", "a") == "a-a.csv");
  CHECK(filled_from("out/{stem}.csv", "x/a.b.npy") == "out/a.b.csv");
  CHECK(filled_from("{dir}/{stem}-{dir}", "x/y/a.npy") == "x/y/a-x/y");
  CHECK(filled_from("{dir}/{stem}.csv", "a.npy") == "./a.csv");
  CHECK(filled_from("{dir}/{stem}.csv", "-") == "./stdin.csv");
  CHECK(filled_from("{stem}.{layer}", "{dir}/{stem}.npy") == "{stem}.{layer}");
  CHECK(unknown_placeholder("{stem}/{nam}.csv", {"stem"}) == "{nam}");
  CHECK(unknown_placeholder("{stem}{STEM}.csv", {"stem"}) == "{STEM}");
  CHECK(unknown_placeholder("a{1}.csv", {"stem"}) == "{1}");
  CHECK(unknown_placeholder("a{}.csv", {"stem"}) == "{}");
  CHECK(unknown_placeholder("a{{stem}.csv", {"stem"}) == "{{stem}");
  CHECK(unknown_placeholder("{stem}-{stem.csv", {"stem"}) == "{stem.csv");
  CHECK(unknown_placeholder("{stem}-{head}}.csv", {"stem", "head"}) == std::nullopt);
}

TEST_CASE("words behind the value of a list are those of a list without commas") {
  const std::string problem = " is given several words, and there are no files called so";
  CHECK(refusal({"a.npy", "--head", "0", "1", "2"}) == "--head:" + problem);
  CHECK(refusal({"--head=0", "1", "a.npy"}) == "--head:" + problem);
  CHECK(refusal({"--layer", "0-1", "3-4", "a.npy"}) == "--layer:" + problem);
  CHECK(refusal({"--head", "0", "a.npy"}).empty());
  CHECK(refusal({"--metric", "pagerank", "5"}).empty());  // as anybody may call a file
  CHECK(refusal({"--digits", "4", "5"}).empty());
  try {
    const CommandLine line({"a.npy", "--head", "0", "1", "2"});
    FAIL("was taken");
  } catch (const ArgumentError& error) {
    CHECK(error.hint() == "write a list with commas: --head 0,1,2");
  }
}

TEST_CASE("a stack has no file for each row") {
  CHECK(refusal({"a.npy", "b.npy", "--stack", "--with-filename"}) ==
        "--with-filename: names the file of each row, and a stack is one input of many files");
  CHECK(refusal({"a.npy", "b.npy", "--with-filename"}).empty());
}

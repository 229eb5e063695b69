#include "output/several/several_inputs.hpp"

#include <doctest/doctest.h>

#include <signal.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>
#include <string_view>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "memory_disk.hpp"
#include "options/common_options.hpp"
#include "output/console.hpp"
#include "output/several/parallel_inputs.hpp"
#include "output/several/relay.hpp"
#include "report/answer/drawing.hpp"
#include "report/answer/page.hpp"
#include "report/answer/picture.hpp"

using namespace attngraph;

namespace {

using Names = std::vector<std::string>;

const Manual manual{"heads", "", {}, answers::rows_and_arrays, InputKind::attention};
const Manual pictures{"heatmap", "", {}, answers::pictures, InputKind::attention};

struct Result {
  int status = 0;
  std::map<std::string, std::string> files;
  std::string err;
  std::size_t most_open = 0;

  bool operator==(const Result& other) const {
    return status == other.status && files == other.files && err == other.err;
  }
};

Names numbered(std::size_t count) {
  Names names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("in/" + std::to_string(i) + ".npy");
  return names;
}

/// Answers inputs by `answer`, which gives a sink what it wants for each.
Result answered(const Names& names, std::size_t jobs, const std::string& out,
                const std::function<void(const std::string&, Sink&)>& answer,
                const Manual& asked = manual) {
  CommonOptions common;
  common.inputs = names;
  common.output.out = out;
  std::ostringstream err;
  Console console(err, std::nullopt);
  MemoryDisk disk;
  signal(SIGTERM, SIG_DFL);  // a worker that is ended is no failure of doctest's
  const OutputPlan plan = output_plan(common, asked, {}, names, false);
  Result result;
  result.status = several_inputs(
      names, jobs, plan, disk, console,
      [&](const std::string& name, Outputs& outputs, Messages&) { answer(name, outputs.sink()); });
  result.files = disk.files;
  result.err = err.str();
  result.most_open = disk.most_open;
  return result;
}

void give_row(Sink& sink, const std::string& name, Known tokens) {
  sink.begin_rows({{"name", ColumnType::text}, {"tokens", ColumnType::integer, tokens}});
  Chunk chunk{std::vector{name.substr(3)}};
  if (tokens == Known::yes) {
    chunk.emplace_back(std::vector<std::int64_t>{4});
  } else {
    chunk.emplace_back(Unknown{1});
  }
  sink.rows(chunk);
}

}  // namespace

TEST_CASE("a column that one input cannot fill is there and empty, for any number of jobs") {
  const auto answer = [](const std::string& name, Sink& sink) {
    give_row(sink, name, name == "in/1.npy" ? Known::no : Known::yes);
  };
  const Result in_turn = answered(numbered(3), 1, "all.csv", answer);
  CHECK(in_turn.status == 0);
  CHECK(in_turn.files.at("all.csv") ==
        "file,name,tokens\nin/0.npy,0.npy,4\nin/1.npy,1.npy,\nin/2.npy,2.npy,4\n");
  CHECK(answered(numbered(3), 2, "all.csv", answer) == in_turn);
  CHECK(answered(numbered(3), 3, "all.csv", answer) == in_turn);
}

TEST_CASE("a bad input is reported and leaves nothing, also what it had given already") {
  const auto answer = [](const std::string& name, Sink& sink) {
    give_row(sink, name, Known::yes);
    sink.note("each note once");
    if (name == "in/1.npy") throw InputError(name, "is bad", "make it good");
  };
  const Result in_turn = answered(numbered(3), 1, "all.csv", answer);
  CHECK(in_turn.status == 1);
  CHECK(in_turn.files.at("all.csv") == "file,name,tokens\nin/0.npy,0.npy,4\nin/2.npy,2.npy,4\n");
  CHECK(in_turn.err == "attngraph: in/1.npy: is bad\nhint: make it good\nnote: each note once\n");
  CHECK(answered(numbered(3), 2, "all.csv", answer) == in_turn);
}

TEST_CASE("inputs that failed stand in the JSON of the others") {
  const auto answer = [](const std::string& name, Sink& sink) {
    if (name == "in/0.npy") throw InputError(name, "is bad", "see $axes");
    give_row(sink, name, Known::yes);
  };
  for (const std::size_t jobs : {1, 2}) {
    const std::string json = answered(numbered(2), jobs, "all.json", answer).files.at("all.json");
    CHECK(
        json.ends_with("],\"errors\":[{\"file\":\"in/0.npy\",\"status\":3,"
                       "\"message\":\"in/0.npy: is bad\",\"hint\":\"see --axes\"}]}\n"));
  }
}

TEST_CASE("where every input failed there is no answer") {
  const auto answer = [](const std::string& name, Sink&) { throw IoError(name, "cannot be read"); };
  for (const std::size_t jobs : {1, 2}) {
    const Result result = answered(numbered(2), jobs, "all.csv", answer);
    CHECK(result.status == 1);
    CHECK(result.files.empty());
  }
}

TEST_CASE(
    "what an option asks and one input has not is told of that input, the others are answered") {
  const auto answer = [](const std::string& name, Sink& sink) {
    if (name == "in/1.npy") throw ArgumentError("$layer", "there is no layer 9", "see $layer");
    if (name == "in/2.npy") throw InputError("$query :q", "[0, 1] is NaN");
    if (name == "in/3.npy") throw InputError(name + ": q", "is text");
    give_row(sink, name, Known::yes);
  };
  const Result in_turn = answered(numbered(5), 1, "all.csv", answer);
  CHECK(in_turn.status == 1);
  CHECK(in_turn.files.at("all.csv") == "file,name,tokens\nin/0.npy,0.npy,4\nin/4.npy,4.npy,4\n");
  CHECK(in_turn.err ==
        "attngraph: in/1.npy: --layer: there is no layer 9\nhint: see --layer\n"
        "attngraph: in/2.npy: --query :q: [0, 1] is NaN\n"
        "attngraph: in/3.npy: q: is text\n");
  CHECK(answered(numbered(5), 2, "all.csv", answer) == in_turn);
}

TEST_CASE("a usage error of the first inputs is told of each as soon as one is answered") {
  const auto answer = [](const std::string& name, Sink& sink) {
    if (name < "in/2.npy") throw ArgumentError("$layer", "there is no layer 9");
    give_row(sink, name, Known::yes);
  };
  const Result in_turn = answered(numbered(3), 1, "all.csv", answer);
  CHECK(in_turn.status == 1);
  CHECK(in_turn.files.at("all.csv") == "file,name,tokens\nin/2.npy,2.npy,4\n");
  CHECK(in_turn.err ==
        "attngraph: in/0.npy: --layer: there is no layer 9\n"
        "attngraph: in/1.npy: --layer: there is no layer 9\n");
  CHECK(answered(numbered(3), 2, "all.csv", answer) == in_turn);
}

TEST_CASE("the same usage error of every input is one of the command line, said once") {
  const auto answer = [](const std::string&, Sink&) {
    throw ArgumentError("$layer", "there is no layer 9", "see $layer");
  };
  const Result in_turn = answered(numbered(40), 1, "all.csv", answer);
  CHECK(in_turn.status == 2);
  CHECK(in_turn.files.empty());
  CHECK(in_turn.err == "attngraph: --layer: there is no layer 9\nhint: see --layer\n");
  CHECK(answered(numbered(40), 2, "all.csv", answer) == in_turn);
  const auto each = [](const std::string& name, Sink&) {
    throw ArgumentError("$tensor", "nothing in " + name + " is called 'x'");
  };
  CHECK(answered(numbered(2), 1, "all.csv", each).status == 1);
}

TEST_CASE(
    "each input's own output is closed as soon as the input is done, those of bad ones never "
    "appear") {
  const auto answer = [](const std::string& name, Sink& sink) {
    give_row(sink, name, Known::yes);
    if (name == "in/3.npy") throw InputError(name, "is bad", "");
  };
  const Result result = answered(numbered(1200), 1, "{stem}.csv", answer);
  CHECK(result.status == 1);
  CHECK(result.files.size() == 1199);
  CHECK_FALSE(result.files.contains("3.csv"));
  CHECK(result.files.at("7.csv") == "file,name,tokens\nin/7.npy,7.npy,4\n");
  CHECK(result.most_open == 1);
}

TEST_CASE("finished outputs stay where the user stops") {
  const auto answer = [](const std::string& name, Sink& sink) {
    if (name == "in/5.npy") throw Interrupted(SIGINT);
    give_row(sink, name, Known::yes);
  };
  const Result result = answered(numbered(9), 1, "{stem}.csv", answer);
  CHECK(result.status == 130);
  CHECK(result.files.size() == 5);
}

TEST_CASE("matrices, summaries and parameters come through workers as they are") {
  const auto answer = [](const std::string& name, Sink& sink) {
    MatrixSeries series;
    series.shape = {2, 2};
    series.place_columns = {{"layer", ColumnType::integer}, {"head", ColumnType::text}};
    series.row_column = {"query"};
    series.column_column = {"key"};
    series.value_column = {"weight"};
    series.column_label = {"label", ColumnType::text};
    series.column_labels = {"the", "cat"};
    series.single_precision = true;
    series.skip_zeros = true;
    sink.parameter("source", "2");
    sink.begin_matrices(series);
    const std::vector<float> first{0.1F, 0}, second{0.3F, 0.7F};
    sink.matrix({std::int64_t{5}, std::string("mean")}, {1, 2, nullptr, first.data(), 0});
    sink.matrix({std::int64_t{5}, std::string("mean")}, {1, 2, nullptr, second.data(), 1});
    const std::vector<double> third{0.1, 0.9};
    sink.matrix({std::int64_t{6}, std::string("mean")}, {1, 2, third.data(), nullptr, 0});
    sink.summary({"sum"}, name == "in/0.npy" ? 1.5 : 2.5);
  };
  const Result in_turn = answered(numbered(2), 1, "all.json", answer);
  CHECK(in_turn.files.at("all.json").find("\"label\":\"the\",\"weight\":0.1}") !=
        std::string::npos);
  CHECK(in_turn.files.at("all.json").find("{\"file\":\"in/1.npy\",") != std::string::npos);
  CHECK(answered(numbered(2), 2, "all.json", answer) == in_turn);
}

TEST_CASE("graphs and pages of several inputs never come through workers: each has its own file") {
  Relay relay(Form::drawing, [](std::string_view) {});
  CHECK_THROWS_AS(relay.graph({}), std::logic_error);
  CHECK_THROWS_AS(relay.page({}), std::logic_error);
}

TEST_CASE("pictures come through workers as they are") {
  const auto answer = [](const std::string& name, Sink& sink) {
    Picture picture;
    picture.title = name;
    picture.layer = 3;
    picture.head = std::string("mean");
    HeatMap map;
    map.rows = 1;
    map.columns = 2;
    map.panels = {{"head 0", {0.25F, 1.0F}}, {"head 1", {0.5F, 0.75F}}};
    map.panels_per_row = 2;
    map.row_labels = {"cat"};
    map.column_labels = {"the", "cat"};
    map.row_axis = "Output";
    map.low = 0.25;
    map.scale = ColorScale::logarithmic;
    map.annotate = true;
    map.signs = {{"s", "sink"}};
    map.tree = {{0, 1, 0.5}};
    picture.content = map;
    sink.picture(picture);
  };
  const Result in_turn = answered(numbered(2), 1, "all.txt", answer, pictures);
  CHECK(in_turn.status == 0);
  CHECK(in_turn.files.at("all.txt").starts_with("in/0.npy\nin/0.npy\nhead 0"));
  CHECK(answered(numbered(2), 2, "all.txt", answer, pictures) == in_turn);
}

TEST_CASE("answers that wait may be large") {
  const auto answer = [](const std::string& name, Sink& sink) {
    const std::size_t rows = name == "in/0.npy" ? 1 : 200'000;
    if (rows == 1) usleep(50'000);  // the large ones are there first
    sink.begin_rows({{"n", ColumnType::integer}});
    for (int part = 0; part < 2; ++part) {
      sink.rows({std::vector<std::int64_t>(rows, std::stoll(name.substr(3)))});
    }
  };
  const Result in_turn = answered(numbered(4), 1, "all.tsv", answer);
  CHECK(answered(numbered(4), 3, "all.tsv", answer) == in_turn);
}

TEST_CASE("an input whose worker dies is reported, and the others are answered") {
  const auto answer = [](const std::string& name, Sink& sink) {
    if (name == "in/1.npy") raise(SIGKILL);
    give_row(sink, name, Known::yes);
  };
  const Result result = answered(numbered(3), 2, "{stem}.csv", answer);
  CHECK(result.status == 1);
  CHECK(result.err ==
        "attngraph: in/1.npy: its worker process was ended by signal 9\n"
        "hint: fewer --jobs need less memory\n");
  const auto out_of_time = [](const std::string& name, Sink& sink) {
    if (name == "in/1.npy") raise(SIGXCPU);
    give_row(sink, name, Known::yes);
  };
  CHECK(answered(numbered(3), 2, "{stem}.csv", out_of_time).err ==
        "attngraph: in/1.npy: its worker process was ended by signal 24\n"
        "hint: raise the limit of time: ulimit -t\n");
  // Files of a worker are in its memory here; the joint answer shows that the others came.
  const Result joint = answered(numbered(3), 2, "all.csv", answer);
  CHECK(joint.status == 1);
  CHECK(joint.files.at("all.csv").find("in/0.npy") != std::string::npos);
  CHECK(joint.files.at("all.csv").find("in/1.npy") == std::string::npos);
  CHECK(joint.files.at("all.csv").find("in/2.npy") != std::string::npos);
}

TEST_CASE("inputs whose workers all die are reported one by one") {
  const auto answer = [](const std::string&, Sink&) { raise(SIGKILL); };
  const Result result = answered(numbered(300), 2, "all.csv", answer);
  CHECK(result.status == 1);
  CHECK(result.files.empty());
  CHECK(result.err.find("in/0.npy: its worker process was ended by signal 9\n") !=
        std::string::npos);
  CHECK(result.err.find("in/299.npy: its worker process was ended by signal 9\n") !=
        std::string::npos);
}

TEST_CASE("what names no file is said of the input") {
  const auto answer = [](const std::string& name, Sink& sink) {
    if (name == "in/1.npy") throw std::runtime_error("odd");
    if (name == "in/2.npy") throw std::bad_alloc();
    give_row(sink, name, Known::yes);
  };
  for (const std::size_t jobs : {1, 2}) {
    const Result result = answered(numbered(3), jobs, "all.csv", answer);
    CHECK(result.status == 1);
    CHECK(result.err.find("attngraph: in/1.npy: a mistake of attngraph itself: odd\n") !=
          std::string::npos);
    CHECK(result.err.find("attngraph: in/2.npy: out of memory\n") != std::string::npos);
  }
}

TEST_CASE("workers are started once and take many inputs each") {
  std::set<std::string> processes;
  std::size_t next = 0;
  const InputWork work{[](std::size_t, const SendMessage& send) {
                         send(std::to_string(getpid()));
                         return Ending{};
                       },
                       [&](std::size_t i, Spool& sent, const Ending&) {
                         CHECK(i == next++);
                         sent.for_each([&](std::string_view pid) { processes.emplace(pid); });
                         return true;
                       }};
  inputs_in_parallel(1000, 2, work);
  CHECK(next == 1000);
  CHECK(processes.size() <= 2);
}

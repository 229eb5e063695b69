#include "report/questions/structure.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "core/error.hpp"
#include "metrics/structure/triads.hpp"
#include "oracle/npy_file.hpp"
#include "recorded_sink.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

using Integers = std::vector<std::int64_t>;
using oracle::npy_file;

class PictureSink : public RecordedSink {
 public:
  PictureSink() : RecordedSink(Form::picture) {}
  std::vector<Picture> pictures;
  void picture(const Picture& picture) override { pictures.push_back(picture); }
};

Attention of(std::vector<double> weights, std::vector<std::string> tokens = {}) {
  const auto n = static_cast<std::size_t>(std::lround(std::sqrt(weights.size())));
  return Attention({Tensor::from(weights, {1, n, n})}, std::move(tokens), "a.npy");
}

Attention deck() { return of({.7, .2, .1, .3, .6, .1, .1, .2, .7}); }

Attention one_head(const std::string& file, std::size_t layer, std::size_t head) {
  return Attention({npy_file(file).at(0, layer)}).selected({0}, {head}, std::nullopt);
}
Attention cats() { return one_head("minilm/cats/attention.npy", 2, 5); }
Attention gpt() { return one_head("small/gpt/attention.npy", 1, 0); }

RecordedSink answered(const Attention& attention, const StructureOptions& options = {}) {
  RecordedSink sink;
  structure_report(attention, options, sink);
  return sink;
}

RecordedSink triads(const Attention& attention, StructureOptions options = {}) {
  options.answer = StructureAnswer::triads;
  return answered(attention, options);
}

RecordedSink members(const Attention& attention, StructureOptions options = {}) {
  options.answer = StructureAnswer::members;
  return answered(attention, options);
}

/// What a sink holds in its first row, whole numbers too.
double number(const RecordedSink& sink, const std::string& name) {
  const auto column = std::find_if(sink.schema.begin(), sink.schema.end(),
                                   [&](const Column& c) { return c.name == name; });
  REQUIRE(column != sink.schema.end());
  if (column->type == ColumnType::real) return sink.reals(name).front();
  return static_cast<double>(sink.integers(name).front());
}

void check_numbers(const RecordedSink& sink, const std::map<std::string, double>& expected) {
  for (const auto& value : expected) {
    CAPTURE(value.first);
    CHECK(number(sink, value.first) == doctest::Approx(value.second).epsilon(2e-12));
  }
}

/// Those that are not 0.
std::map<std::string, double> census(const RecordedSink& sink) {
  std::map<std::string, double> found;
  for (const auto name : triad_names) {
    const double count = number(sink, std::string(name));
    if (count != 0) found[std::string(name)] = count;
  }
  return found;
}

const std::vector<std::string> numbers_of_a_head{"edges",
                                                 "density",
                                                 "weak",
                                                 "strong",
                                                 "strong_largest",
                                                 "reciprocity",
                                                 "reciprocity_weighted",
                                                 "clustering",
                                                 "clustering_weighted",
                                                 "core",
                                                 "communities",
                                                 "modularity",
                                                 "pagerank_max"};

}  // namespace

TEST_CASE("structure has a row for each head") {
  const RecordedSink sink = answered(deck());
  CHECK(sink.header() ==
        "layer,head,edges,density,weak,strong,strong_largest,reciprocity,reciprocity_weighted,"
        "clustering,clustering_weighted,core,communities,modularity,pagerank_max");
  CHECK(triads(deck()).header() ==
        "layer,head,003,012,102,021D,021U,021C,111D,111U,030T,030C,201,120D,120U,120C,210,300");
  CHECK(members(deck()).header() == "layer,head,token,label,weak,strong,core,community");
}

TEST_CASE("golden: the graph of the deck above .15") {
  StructureOptions options;
  options.edges.threshold = .15;
  check_numbers(answered(deck(), options), {{"edges", 3},
                                            {"density", .5},
                                            {"weak", 1},
                                            {"strong", 2},
                                            {"strong_largest", 2},
                                            {"reciprocity", 2. / 3},
                                            {"reciprocity_weighted", .8},
                                            {"clustering", 0},
                                            {"clustering_weighted", .508891022084},
                                            {"core", 2},
                                            {"communities", 1},
                                            {"modularity", 0},
                                            {"pagerank_max", .391156462585}});
  CHECK(census(triads(deck(), options)) == std::map<std::string, double>{{"111D", 1}});
  options.direction = Direction::informs;
  check_numbers(answered(deck(), options), {{"pagerank_max", .376838709677}});
}

TEST_CASE("golden: a head of a sentence, by equal shares") {
  check_numbers(answered(cats()), {{"edges", 53},
                                   {"density", .194852941176},
                                   {"weak", 1},
                                   {"strong", 16},
                                   {"strong_largest", 2},
                                   {"reciprocity", .0377358490566},
                                   {"reciprocity_weighted", .131775084959},
                                   {"clustering", .301596850862},
                                   {"clustering_weighted", .0267951168434},
                                   {"core", 5},
                                   {"communities", 3},
                                   {"modularity", .0864875347794},
                                   {"pagerank_max", .760578146623}});
  CHECK(census(triads(cats())) == std::map<std::string, double>{{"003", 210},
                                                                {"012", 205},
                                                                {"102", 8},
                                                                {"021D", 22},
                                                                {"021U", 164},
                                                                {"021C", 13},
                                                                {"111U", 5},
                                                                {"030T", 51},
                                                                {"120U", 2}});
  CHECK(members(cats()).integers("community") ==
        Integers{0, 1, 2, 1, 0, 1, 2, 1, 0, 0, 2, 1, 0, 0, 1, 1, 2});
  StructureOptions options;
  options.edges.threshold = .5;
  CHECK(answered(cats(), options).integers("edges") == Integers{8});
  options.edges = {.top_k = 3};
  CHECK(answered(cats(), options).integers("edges") == Integers{47});
  options = {};
  options.direction = Direction::informs;
  check_numbers(answered(cats(), options), {{"edges", 53}, {"pagerank_max", .128966526086}});
}

TEST_CASE("golden: a causal head has no way back, and a note says so") {
  const RecordedSink sink = answered(gpt());
  check_numbers(sink, {{"edges", 169},
                       {"density", .0749113475177},
                       {"weak", 2},
                       {"strong", 48},
                       {"strong_largest", 1},
                       {"reciprocity", 0},
                       {"reciprocity_weighted", 0},
                       {"clustering", .302686087061},
                       {"clustering_weighted", .00451486929198},
                       {"core", 7},
                       {"pagerank_max", .275545725554}});
  CHECK(sink.notes.back() ==
        "attention is causal: no edge has a reverse, and every token is a strong component of its "
        "own");
  CHECK(census(triads(gpt())) == std::map<std::string, double>{{"003", 10551},
                                                               {"012", 5967},
                                                               {"021D", 42},
                                                               {"021U", 104},
                                                               {"021C", 381},
                                                               {"030T", 251}});
  StructureOptions options;
  options.direction = Direction::informs;
  check_numbers(answered(gpt(), options), {{"pagerank_max", .260417816294}});
  // Edges turn round: what was attended to by two attends to two.
  CHECK(census(triads(gpt(), options)).at("021D") == 104);
}

TEST_CASE("one token: one piece, one community, nothing else") {
  const RecordedSink sink = answered(of({1}));
  check_numbers(sink, {{"edges", 0},
                       {"density", 0},
                       {"weak", 1},
                       {"strong", 1},
                       {"strong_largest", 1},
                       {"reciprocity", 0},
                       {"reciprocity_weighted", 0},
                       {"clustering", 0},
                       {"clustering_weighted", 0},
                       {"core", 0},
                       {"communities", 1},
                       {"modularity", 0},
                       {"pagerank_max", 1}});
  CHECK(census(triads(of({1}))).empty());
  CHECK(members(of({1})).integers("community") == Integers{0});
}

TEST_CASE("two tokens, rows of zeros and no edges have their numbers") {
  check_numbers(
      answered(of({.2, .8, .7, .3})),
      {{"edges", 2}, {"density", 1}, {"reciprocity", 1}, {"strong_largest", 2}, {"core", 2}});
  const RecordedSink zeros = answered(of({0, 0, 0, .5, .5, 0, 0, 0, 0}));
  check_numbers(zeros, {{"edges", 0}, {"weak", 3}, {"strong", 3}, {"communities", 2}});
  const RecordedSink alone = answered(of({1, 0, 0, 1}));
  check_numbers(alone, {{"edges", 0},
                        {"reciprocity", 0},
                        {"reciprocity_weighted", 0},
                        {"clustering", 0},
                        {"communities", 2},
                        {"modularity", 0},
                        {"pagerank_max", .5}});
  check_numbers(answered(of({0, 0, 0, 0})), {{"communities", 2}, {"pagerank_max", .5}});
}

TEST_CASE("uniform attention has no edge by equal shares") {
  const RecordedSink sink = answered(of(std::vector<double>(9, 1. / 3)));
  check_numbers(sink, {{"edges", 0}, {"weak", 3}, {"communities", 1}});
  CHECK(sink.notes.back() ==
        "an edge is a weight above an equal share of the keys that a query may see");
}

TEST_CASE("groups of tokens are numbered by first tokens, labels stand beside them") {
  // Token 2 and 0 attend to each other, 3 to 1.
  const RecordedSink sink =
      members(of({.1, 0, .9, 0, 0, 1, 0, 0, .9, 0, .1, 0, 0, .9, 0, .1}, {"a", "b", "c", "d"}));
  CHECK(sink.integers("weak") == Integers{0, 1, 0, 1});
  CHECK(sink.integers("strong") == Integers{0, 1, 0, 2});
  CHECK(sink.integers("core") == Integers{2, 1, 2, 1});
  CHECK(sink.integers("community") == Integers{0, 1, 0, 1});
  CHECK(sink.texts("label") == std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("a list of edges gives the numbers of its matrix") {
  const Attention matrix = cats();
  const Matrix weights = matrix.head(0, 0);
  const std::vector<EdgeList> lists{{0, 0, edge_arrays(weights, Direction::attends)}};
  const Attention list = Attention::edges(lists, 17, {}, "e.csv");
  REQUIRE(list.edges(0, 0) != nullptr);
  const RecordedSink of_list = answered(list), of_matrix = answered(matrix);
  for (const std::string& name : numbers_of_a_head) {
    CAPTURE(name);
    CHECK(number(of_list, name) == doctest::Approx(number(of_matrix, name)).epsilon(1e-12));
  }
  CHECK(members(list).integers("community") == members(matrix).integers("community"));
}

TEST_CASE("a list of many tokens never becomes a matrix") {
  EdgeArrays edges;
  edges.nodes = 4000;
  for (std::size_t v = 0; v + 1 < edges.nodes; ++v) {
    edges.add(v, v % 10 == 9 ? 0 : v + 1, .9);  // chains of ten, whose ends see token 0
    if (v % 10 == 9) edges.add(v, v - 9, .1);
  }
  const std::vector<EdgeList> lists{{0, 0, edges}};
  StructureOptions options;
  options.edges.threshold = 0;
  Attention attention = Attention::edges(lists, edges.nodes, {}, "e.csv");
  attention.set_limits({.memory = 1 << 21});
  CHECK_THROWS_AS(attention.head(0, 0), LimitError);
  const RecordedSink sink = answered(attention, options);
  check_numbers(sink, {{"edges", 4397}, {"weak", 2}, {"strong_largest", 10}, {"core", 2}});
  CHECK(number(sink, "modularity") > .8);
}

TEST_CASE("queries and keys give the numbers of the matrix that they make") {
  AttendInput input;
  input.query = npy_file("small/gpt/query.npy").at(0, 1);
  input.key = npy_file("small/gpt/key.npy").at(0, 1);
  AttendOptions rules;
  rules.causal = true;
  const Attention computed =
      Attention::computed(MultiHeadAttention(input, rules), {}).selected({0}, {0}, std::nullopt);
  const RecordedSink from_queries = answered(computed), stored = answered(gpt());
  for (const std::string& name : numbers_of_a_head) {
    CAPTURE(name);
    CHECK(number(from_queries, name) == doctest::Approx(number(stored, name)).epsilon(1e-5));
  }
  CHECK(census(triads(computed)) == census(triads(gpt())));
}

TEST_CASE("the direction changes triads and PageRank, and no other number to the last bit") {
  StructureOptions turned;
  turned.direction = Direction::informs;
  const RecordedSink attends = answered(cats()), informs = answered(cats(), turned);
  for (const std::string& name : numbers_of_a_head) {
    CAPTURE(name);
    CHECK((number(attends, name) == number(informs, name)) == (name != "pagerank_max"));
  }
}

TEST_CASE("two texts are refused") {
  Attention cross = of({.5, .5, .5, .5});
  cross.set_sides(Sides::cross, {});
  CHECK_THROWS_WITH_AS(answered(cross),
                       "a.npy: is cross-attention, expected tokens that attend to each other",
                       InputError);
}

TEST_CASE("queries that a file has not count as rows of zeros") {
  Attention last({Tensor::from(std::vector<double>{.4, .6, 0, .2, .3, .5}, {1, 2, 3})});
  last.set_sides(Sides::self, {});
  const Attention whole = of({0, 0, 0, .4, .6, 0, .2, .3, .5});
  StructureOptions options;
  options.edges.threshold = .25;
  const RecordedSink some = answered(last, options), all = answered(whole, options);
  for (const std::string& name : numbers_of_a_head) {
    CAPTURE(name);
    CHECK(number(some, name) == number(all, name));
  }
  CHECK(some.integers("edges") == Integers{2});
  CHECK(std::count(some.notes.begin(), some.notes.end(),
                   "the file has the last 2 queries of 3 tokens: rows of the others count as "
                   "zeros") == 1);
  CHECK(members(last).integers("weak") == members(whole).integers("weak"));
  CHECK(census(triads(last)) == census(triads(whole)));
  PictureSink drawn;
  options.answer = StructureAnswer::members;
  structure_report(last, options, drawn);
  CHECK(std::get<HeatMap>(drawn.pictures.at(0).content).panels.at(0).values.size() == 9);
}

TEST_CASE("a resolution is above 0, and criteria have their bounds") {
  StructureOptions options;
  options.resolution = 0;
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options.resolution = std::nan("");
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options.resolution = 1e300;  // no modularity is finite there
  CHECK_THROWS_AS(check_options(options), ArgumentError);
  options.resolution = 1;
  options.edges.disparity = 0;
  CHECK_THROWS_AS(check_options(options), ArgumentError);
}

TEST_CASE("pictures: modularity of heads, bars of triads, weights by community") {
  PictureSink heads, kinds, groups;
  StructureOptions options;
  structure_report(cats(), options, heads);
  CHECK(std::get<HeatMap>(heads.pictures.at(0).content).panels.at(0).values.at(0) ==
        doctest::Approx(.0864875));
  options.answer = StructureAnswer::triads;
  structure_report(cats(), options, kinds);
  const Bars& bars = std::get<Bars>(kinds.pictures.at(0).content);
  CHECK(bars.labels.front() == "102");
  CHECK(bars.groups.at(0).values ==
        std::vector<double>{8, 22, 164, 13, 0, 5, 51, 0, 0, 0, 2, 0, 0, 0});
  CHECK(kinds.pictures.at(0).title == "Triples of tokens by the edges between them, L0 H5");
  options.answer = StructureAnswer::members;
  structure_report(cats(), options, groups);
  const HeatMap& map = std::get<HeatMap>(groups.pictures.at(0).content);
  CHECK(map.row_labels.at(1) == "0 · 4");
  CHECK(map.panels.at(0).values.at(1) == static_cast<float>(cats().head(0, 0)(0, 4)));
  const Attention many({npy_file("minilm/cats/attention.npy").at(0, 2),
                        npy_file("minilm/cats/attention.npy").at(0, 3)});
  options.answer = StructureAnswer::triads;
  CHECK_THROWS_AS(structure_report(many, options, kinds), LimitError);
}

}  // namespace attngraph

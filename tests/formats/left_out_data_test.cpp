#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

using Names = std::vector<std::string>;

namespace {

/// Links from 0 to 1, each with these data beside its weight.
std::string json_links(const std::vector<std::string>& data) {
  std::string text = R"({"directed": true, "nodes": [{"id": 0}, {"id": 1}], "links": [)";
  for (const std::string& one : data) {
    text += text.back() == '[' ? "" : ",";
    text += R"({"source": 0, "target": 1, "weight": 0.5)" + (one.empty() ? "" : ", " + one) + "}";
  }
  return text + "]}";
}

/// Edges from 0 to 1 with data d0 of that name, and perhaps its default.
std::string graphml_edges(const std::string& name, const std::vector<std::string>& data,
                          const std::string& standard = "") {
  std::string text =
      "<graphml xmlns:y='y'><key id='w' for='edge' attr.name='weight'/><key id='d0' for='edge' "
      "attr.name='" +
      name + "'>" + standard +
      "</key>"
      "<graph edgedefault='directed'><node id='0'/><node id='1'/>";
  for (const std::string& one : data) {
    text += "<edge source='0' target='1'><data key='w'>.5</data>";
    if (!one.empty()) text += "<data key='d0'>" + one + "</data>";
    text += "</edge>";
  }
  return text + "</graph></graphml>";
}

std::string problem(const std::string& text) {
  try {
    dump_of(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "was read";
}

std::string telling(const std::string& name) {
  return "a: edges of one layer and head stand there twice, and the edge data '" + name +
         "', which is left out, tells them apart";
}

}  // namespace

TEST_CASE("data left out that tell parallel edges apart are refused in graph files") {
  for (const char* name : {"sample", "step", "relation", "head_i"}) {
    CAPTURE(name);
    const std::string key = "\"" + std::string(name) + "\": ";
    CHECK(problem(json_links({key + "0", key + "1", key + "1"})) == telling(name));
    CHECK(problem(graphml_edges(name, {"0", "1", "1"})) == telling(name));
  }
  CHECK(problem(json_links({"", "", "\"relation\": \"x\""})) == telling("relation"));
  CHECK(problem(graphml_edges("relation", {"", "", "x"})) == telling("relation"));
  try {
    dump_of(json_links({"\"sample\": 0", "\"sample\": 1"}));
    FAIL("edges of two samples are one graph");
  } catch (const InputError& error) {
    CHECK(error.hint() ==
          "keep the edges of one 'sample'; where it counts layers or heads, call it layer or head; "
          "where these are parallel edges, leave the edge data out");
  }
}

TEST_CASE("numbers of the edges, measures, and what is the same of all tell none apart") {
  const std::string note =
      "1 edge stands there twice: both count, as parallel edges, and with their sum where a rule "
      "chooses edges";
  for (const char* data : {"\"id\": ", "\"key\": ", "\"Key\": ", "\"edge_number\": "}) {
    CAPTURE(data);
    CHECK(dump_of(json_links({std::string(data) + "0", std::string(data) + "1"})).notes ==
          Names{note});
  }
  CHECK(dump_of(json_links({"\"score\": 0.25", "\"score\": 0.5"})).notes == Names{note});
  CHECK(dump_of(json_links({"\"relation\": \"x\"", "\"relation\": \"x\""})).notes == Names{note});
  CHECK(dump_of(graphml_edges("relation", {"x", "x"})).notes == Names{note});
  CHECK(dump_of(graphml_edges("relation", {"x", ""}, "<default>x</default>")).notes == Names{note});
}

TEST_CASE("what yEd draws of an edge is no datum that tells edges apart") {
  CHECK(dump_of(
            graphml_edges("", {"<y:Line><y:Path a='1'/>b</y:Line>", "<y:Arc>c</y:Arc>", "<y:A/>"}))
            .edges[0]
            .edges.size() == 3);
}

TEST_CASE("h is the head of an edge that says its layer") {
  const Dump heads = dump_of(json_links({"\"layer\": 2, \"h\": 3", "\"layer\": 2, \"h\": 4"}));
  REQUIRE(heads.edges.size() == 2);
  CHECK(heads.edges[1].head == 4);
  CHECK(heads.notes == Names{"edge data 'h' read as the head"});
  CHECK(problem(json_links({"\"h\": 3", "\"h\": 4", "\"h\": 4"})) == telling("h"));
  CHECK(dump_of(json_links({"\"layer\": 0, \"head\": 1, \"h\": 9"})).edges[0].head == 1);
}

TEST_CASE("layers and heads of edges that pandas wrote as floats are whole numbers") {
  const Dump dump = dump_of(json_links({"\"layer\": 1.0, \"head\": 2.0"}));
  CHECK(dump.edges[0].layer == 1);
  CHECK(dump.edges[0].head == 2);
}

TEST_CASE("of very many data of edges the first are looked at") {
  std::string data, other;
  for (int i = 0; i < 70; ++i) {
    data += (i == 0 ? "\"d" : ", \"d") + std::to_string(i) + "\": 7";
    other += (i == 0 ? "\"d" : ", \"d") + std::to_string(i) + "\": " + (i < 69 ? "7" : "8");
  }
  CHECK(dump_of(json_links({data, other, other})).edges[0].edges.size() == 3);
}

TEST_CASE("data of edges that are left out count against the memory") {
  Limits limits;
  limits.memory = 26 * 1024;
  CHECK_NOTHROW(dump_of(json_links({""}), limits));
  CHECK_THROWS_AS(dump_of(json_links({"", "\"a\": 1, \"b\": 1, \"c\": 1"}), limits), LimitError);
}

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;
using test::edges_of;

using Indices = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

TEST_CASE("whole numbers from 0 on are the nodes") {
  const Dump dump = dump_of("source,target,weight\n0,1,0.5\n2,1,0.25\n");
  CHECK(dump.format == "CSV edges");
  CHECK(dump.nodes == 3);
  CHECK(dump.tokens.empty());
  CHECK(dump.notes.empty());
  REQUIRE(dump.edges.size() == 1);
  CHECK(dump.edges[0].edges.source == Indices{0, 2});
  CHECK(dump.edges[0].edges.target == Indices{1, 1});
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 0.25});
}

TEST_CASE("no node is made that nobody named: other whole numbers are names in their order") {
  const Dump dump = dump_of("source,target\n101,102\n9,101\n");
  CHECK(dump.nodes == 3);
  CHECK(dump.tokens == Names{"9", "101", "102"});
  CHECK(dump.edges[0].edges.source == Indices{1, 0});
  CHECK(dump.edges[0].edges.target == Indices{2, 1});
  CHECK(dump.notes ==
        Names{"ids are names: token 0 is '9'", "no column 'weight': every edge weighs 1"});
}

TEST_CASE("numbers of any length, padded or negative, stand in their order") {
  const Dump dump = dump_of("source,target\n30000000000000000000,7\n-2,07\n-10,7\n");
  CHECK(dump.tokens == Names{"-10", "-2", "07", "7", "30000000000000000000"});
  CHECK(dump.edges[0].edges.source == Indices{4, 1, 0});
  CHECK(dump.edges[0].edges.target == Indices{3, 2, 3});
}

TEST_CASE("with the number of nodes ids are indices below it") {
  EdgeOptions four;
  four.nodes = 4;
  const Dump dump = edges_of("source,target\n0,2\n", four);
  CHECK(dump.nodes == 4);
  CHECK(dump.tokens.empty());
  CHECK_THROWS_WITH_AS(edges_of("source,target\n0,4\n", four),
                       "a: line 2: target: '4', expected an index below 4", InputError);
  CHECK_THROWS_WITH_AS(edges_of("source,target\nthe,2\n", four),
                       "a: line 2: source: 'the', expected an index below 4", InputError);
}

TEST_CASE("columns of labels make ids indices, and say what the nodes are called") {
  const Dump dump = dump_of(
      "source,target,weight,source_label,target_label\n0,3,1,the, cat\n3,1,1, cat,\"a,b\"\n");
  CHECK(dump.nodes == 4);
  CHECK(dump.tokens == Names{"the", "a,b", "2", " cat"});
  CHECK_THROWS_WITH_AS(dump_of("source,target,source_label,target_label\n0,1,a,b\n1,0,c,a\n"),
                       "a: line 3: source_label: the node that was called 'b' is called 'c'",
                       InputError);
}

TEST_CASE("labels of attngraph's own TSV are exact") {
  const Dump dump = dump_of(
      "query\tkey\tweight\tquery_label\tkey_label\n0\t1\t0.5\t\"\t a\\tb\\\\\n"
      "1\t0\t0.5\t a\\tb\\\\\t\"\n");
  CHECK(dump.tokens == Names{"\"", " a\tb\\"});
}

TEST_CASE("semicolons and tabs separate too; with semicolons a comma is the decimal mark") {
  const Dump dump = dump_of("Source;Target;Weight\r\na;b;0,5\r\nb;a;.25\r\n");
  CHECK(dump.tokens == Names{"a", "b"});
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 0.25});
  CHECK(dump.notes == Names{"weights have a decimal comma: 0,5 read as 0.5"});
  CHECK(dump_of("from\tto\tvalue\n0\t1\t0.5\n").edges[0].edges.weight == std::vector{0.5});
  CHECK_THROWS_WITH_AS(dump_of("source\ttarget\tweight\n0\t1\t0,5\n"),
                       "a: line 2: weight: '0,5', expected a finite number", InputError);
}

TEST_CASE("a point beside decimal commas may separate thousands") {
  const std::string begin = "source;target;weight\n0;1;";
  CHECK_THROWS_WITH_AS(
      dump_of(begin + "1.234\n1;0;0,5\n"),
      "a: line 3: weight: '1.234' may be thousands where others have a decimal comma", InputError);
  CHECK(dump_of(begin + "0.234\n1;0;0,5\n").edges[0].edges.weight == std::vector{0.234, 0.5});
  CHECK(dump_of(begin + "1.234\n1;0;0.5\n").edges[0].edges.weight == std::vector{1.234, 0.5});
}

TEST_CASE("ids that pandas wrote as floats are the same nodes") {
  const Dump dump = dump_of("source,target,weight\n0.0,1,0.5\n1.0,0,0.25\n");
  CHECK(dump.nodes == 2);
  CHECK(dump.edges[0].edges.source == std::vector<std::int32_t>{0, 1});
  CHECK(dump.edges[0].edges.target == std::vector<std::int32_t>{1, 0});
  // with other names beside them they are names
  CHECK(dump_of("source,target\n1.0,1.1\n").tokens == Names{"1.0", "1.1"});
}

TEST_CASE("blanks inside the quotes of numbers and of names of columns do not count") {
  const Dump dump = dump_of("\"source\",\"target\",\" weight\"\n0,1,\" 0.5\"\n");
  CHECK(dump.edges[0].edges.weight == std::vector{0.5});
}

TEST_CASE("an edge list in UTF-16 with tabs, as a spreadsheet calls Unicode text, is read") {
  std::string wide = "\xff\xfe";
  for (const char c : std::string("source\ttarget\tweight\r\na\tb\t0.5\r\n")) wide += {c, '\0'};
  CHECK(dump_of(wide).tokens == Names{"a", "b"});
}

TEST_CASE("lines may end in CR alone; blanks around names are no part of them") {
  const Dump dump = dump_of("src, dst , weight\r a, \"b\" , 0.5\r\"b\",a,\t0.25\r");
  CHECK(dump.tokens == Names{"a", "b"});
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 0.25});
}

TEST_CASE("a pair of names goes before one and one") {
  const Dump flows = dump_of("layer,head,source,sink,from,to,flow\n0,0,5,6,0,1,0.5\n");
  CHECK(flows.nodes == 2);
  CHECK(flows.notes.back() ==
        "no column 'weight': every edge weighs 1; $edge-weight takes another: 'source', 'sink', "
        "'flow'");
  EdgeOptions flow;
  flow.edge_weight = "flow";
  CHECK(edges_of("source,target,flow\n0,1,0.5\n", flow).edges[0].edges.weight == std::vector{0.5});
  CHECK_THROWS_WITH_AS(edges_of("source,target,cost\n0,1,0.5\n", flow),
                       "a: line 1: no column is called 'flow'", InputError);
}

TEST_CASE("of many columns that may be meant the first sixteen are named") {
  std::string header = "source,target", names;
  for (int i = 1; i <= 100; ++i) {
    const std::string name = "c" + std::to_string(i);
    header += "," + name;
    if (i <= 16) names += (i == 1 ? "'" : ", '") + name + "'";
  }
  EdgeOptions flow;
  flow.edge_weight = "flow";
  try {
    edges_of(header + "\n1,2\n", flow);
    FAIL("a column that is not there was taken");
  } catch (const InputError& error) {
    CHECK(error.hint() == "$edge-weight can be " + names + " and 84 more");
  }
}

TEST_CASE("edges from the key are turned where that is asked for, and once") {
  EdgeOptions from_keys;
  from_keys.from_keys = true;
  const Dump turned = edges_of("source,target,weight\n0,1,0.5\n", from_keys);
  CHECK(turned.edges[0].edges.source == std::vector<std::int32_t>{1});
  CHECK(turned.edges[0].edges.target == std::vector<std::int32_t>{0});
  const Dump said = edges_of(
      "<graphml><key id='d' for='graph' attr.name='direction'/><graph edgedefault='directed'>"
      "<data key='d'>informs</data><node id='0'/><node id='1'/><edge source='0' target='1'/>"
      "</graph></graphml>",
      from_keys);
  CHECK(said.edges[0].edges.source == std::vector<std::int32_t>{1});
}

TEST_CASE("an edge without a weight among weighted ones weighs 1, with a note") {
  const Dump dump = dump_of("source,target,weight\n0,1,0.5\n1,0,\n");
  CHECK(dump.edges[0].edges.weight == std::vector{0.5, 1.0});
  CHECK(dump.notes == Names{"1 edge has no weight and weighs 1"});
  CHECK(dump_of("source,target,weight\n0,1,\n").notes ==
        Names{"the column 'weight' is empty: every edge weighs 1"});
}

TEST_CASE("an edge that stands twice stays two edges, with a note") {
  const Dump dump = dump_of("source,target,weight\n0,1,0.5\n1,0,1\n0,1,0.25\n0,1,1\n");
  CHECK(dump.edges[0].edges.size() == 4);
  CHECK(dump.notes == Names{"2 edges stand there twice or more: all count, as parallel edges, and "
                            "with their sum where a rule chooses edges"});
}

TEST_CASE("an undirected edge goes both ways, where a column says so") {
  const Dump dump = dump_of("source,target,type\n0,1,Undirected\n1,1,undirected\n2,0,Directed\n");
  CHECK(dump.edges[0].edges.source == Indices{0, 1, 1, 2});
  CHECK(dump.edges[0].edges.target == Indices{1, 0, 1, 0});
  CHECK(dump.notes.front() == "1 undirected edge read as edges in both directions");
  CHECK(dump_of("source,target,weight,type\n0,1,1,friend\n").notes ==
        Names{"column 'type' left out"});
  CHECK_THROWS_WITH_AS(dump_of("source,target,type\n0,1,Directed\n0,1,friend\n"),
                       "a: line 3: type: 'friend', expected Directed or Undirected", InputError);
  CHECK(dump_of("source,target,type\n0,1,\n1,2,Undirected\n").edges[0].edges.source ==
        Indices{0, 1, 2});
}

TEST_CASE("a number may begin with one sign") {
  CHECK(dump_of("source,target,weight\n0,1,+0.5\n").edges[0].edges.weight == std::vector{0.5});
  CHECK_THROWS_WITH_AS(dump_of("source,target,weight\n0,1,+-0.5\n"),
                       "a: line 2: weight: '+-0.5', expected a finite number", InputError);
}

TEST_CASE("a number too small for a double is 0") {
  for (const std::string weight : {"1e-400", "1e-99999999999999999999"}) {
    const Dump dump = dump_of("source,target,weight\n0,1," + weight + "\n");
    CHECK(dump.edges[0].edges.weight == std::vector{0.0});
  }
  CHECK_THROWS_AS(dump_of("source,target,weight\n0,1,1e99999999999999999999\n"), InputError);
  CHECK_THROWS_AS(dump_of("source,target,weight\n0,1,-1e999\n"), InputError);
}

TEST_CASE("weights below zero stay, count with their size, or are left out") {
  const std::string text = "source,target,weight\n0,1,-0.5\n1,0,2\n";
  CHECK(dump_of(text).edges[0].edges.weight == std::vector{-0.5, 2.0});
  EdgeOptions absolute;
  absolute.signed_weights = SignedWeights::absolute;
  CHECK(edges_of(text, absolute).edges[0].edges.weight == std::vector{0.5, 2.0});
  EdgeOptions positive;
  positive.signed_weights = SignedWeights::positive;
  const Dump dump = edges_of(text, positive);
  CHECK(dump.edges[0].edges.weight == std::vector{2.0});
  CHECK(dump.notes == Names{"1 edge below zero left out"});
}

TEST_CASE("blank lines at the end are no rows") {
  CHECK(dump_of("source,target\n0,1\n\n \r\n").edges[0].edges.size() == 1);
  CHECK_THROWS_WITH_AS(dump_of("source,target\n\n0,1\n"),
                       "a: line 2: 1 field, expected 2 as in the header", InputError);
}

TEST_CASE("an id that is why ids are names is one that could be no index") {
  CHECK(dump_of("source,target,weight\n0.0,1.5,1\n1.5,0,1\n").notes ==
        Names{"ids are names: '1.5' is no whole number"});
}

TEST_CASE("one column of labels says what nodes are called as far as it goes") {
  CHECK(dump_of("source,target,weight,source_label\n0,1,1,a\n1,0,1,b\n").tokens == Names{"a", "b"});
  CHECK(dump_of("source,target,weight,target_label\n5,7,1,b\n").tokens == Names{"5", "b"});
}

TEST_CASE("columns that are left out are one note, with some of their names") {
  std::string header = "source,target,weight", row = "0,1,1";
  for (int i = 0; i < 100; ++i) {
    header += ",f" + std::to_string(i);
    row += ",0";
  }
  const Dump dump = dump_of(header + "\n" + row + "\n");
  REQUIRE(dump.notes.size() == 1);
  CHECK(dump.notes[0].starts_with("100 columns left out: 'f0', 'f1'"));
  CHECK(dump.notes[0].size() < 400);
}

TEST_CASE("rows of several files or items of a batch are no one graph") {
  const std::string text = "batch,layer,head,query,key,weight\n0,0,0,0,0,0.5\n1,0,0,0,0,1\n";
  CHECK_THROWS_WITH_AS(
      dump_of(text), "a: line 3: batch: '1' behind rows of '0', expected rows of one", InputError);
  EdgeOptions second;
  second.batch = 1;
  CHECK(edges_of(text, second).edges[0].edges.weight == std::vector{1.0});
  CHECK_THROWS_WITH_AS(
      dump_of("file,layer,head,source,target,weight\na.npy,0,0,0,0,1\nb.npy,0,0,0,0,1\n"),
      "a: line 3: file: 'b.npy' behind rows of 'a.npy', expected rows of one", InputError);
  for (const char* column : {"head", "batch"}) {
    CHECK_THROWS_WITH_AS(dump_of("file," + std::string(column) +
                                 ",query,key,weight\na.npy,0,0,0,1\nb.npy,0,0,0,1\n"),
                         "a: line 3: file: 'b.npy' behind rows of 'a.npy', expected rows of one",
                         InputError);
  }
  for (const char* rows : {"source,target,weight,file\n0,0,1,x\n1,0,1,y\n",
                           "file,source,target,weight\nx,0,0,1\ny,1,0,1\n",
                           "file,source,head,target,weight\nx,0,0,0,1\ny,1,0,0,1\n"}) {
    CHECK(dump_of(rows).notes == Names{"column 'file' left out"});
  }
}

TEST_CASE("columns come in any order, in CRLF lines, the last without an end") {
  const Dump dump = dump_of("Weight,TARGET,\"source\"\r\n0.5,1,0\r\n0.25,2,\"1\"");
  CHECK(dump.edges[0].edges.source == Indices{0, 1});
  CHECK(dump.edges[0].edges.target == Indices{1, 2});
}

TEST_CASE("weights of attention as rows are edges from queries to keys") {
  const Dump dump = dump_of("layer,head,query,key,weight\n0,0,1,2,0.5\n");
  CHECK(dump.format == "CSV edges");
  CHECK(dump.edges[0].edges.source == Indices{0});
  CHECK(dump.edges[0].edges.target == Indices{1});
}

TEST_CASE("layers and heads become lists of their own, in ascending order") {
  const Dump dump = dump_of(
      "layer,head,source,target,weight\n1,0,0,1,0.1\n0,1,0,1,0.2\n1,0,1,1,0.3\n0,0,0,0,0.4\n");
  REQUIRE(dump.edges.size() == 3);
  CHECK(dump.edges[0].layer == 0);
  CHECK(dump.edges[0].head == 0);
  CHECK(dump.edges[1].head == 1);
  CHECK(dump.edges[2].layer == 1);
  CHECK(dump.edges[2].edges.weight == std::vector{0.1, 0.3});
}

TEST_CASE("layers and heads are known by the words that number arrays too") {
  for (const auto& [layer, head] :
       std::vector<std::pair<std::string, std::string>>{{"layer_idx", "head_idx"},
                                                        {"layer_id", "head_id"},
                                                        {"LayerIndex", "headIndex"},
                                                        {"layer_no", "head_no"},
                                                        {"l", "h"},
                                                        {"block", "head"},
                                                        {"lay", "hd"},
                                                        {"layeridx", "headidx"},
                                                        {"encoder_layer", "attn_head"},
                                                        {"depth", "head"}}) {
    const Dump dump =
        dump_of(layer + "," + head + ",source,target,weight\n2,3,0,1,0.5\n2,4,0,1,0.25\n");
    REQUIRE(dump.edges.size() == 2);
    CHECK(dump.edges[0].layer == 2);
    CHECK(dump.edges[1].head == 4);
    CHECK(dump.notes.front() == "column '" + layer + "' read as the layer");
  }
}

TEST_CASE("layers and heads that pandas wrote as floats are whole numbers") {
  const Dump dump =
      dump_of("layer,head_idx,source,target,weight\n1.0,3.0,0,1,0.5\n1.0,4.0,0,1,1\n");
  REQUIRE(dump.edges.size() == 2);
  CHECK(dump.edges[1].layer == 1);
  CHECK(dump.edges[1].head == 4);
  CHECK_THROWS_WITH_AS(dump_of("layer,source,target\n1.5,0,1\n"),
                       "a: line 2: layer: '1.5', expected an index", InputError);
}

TEST_CASE("a column that is no index, or the number of something else, is no layer") {
  for (const char* column : {"block", "h", "depth", "n_layers", "source_layer", "layer_name"}) {
    const std::string name = column;
    const std::string value = name == "block" ? "x" : "1";
    const Dump dump = dump_of("source,target,weight," + name + "\n0,1,1," + value + "\n1,0,1,2\n");
    CHECK(dump.edges.size() == 1);
    CHECK(dump.notes == Names{"column '" + name + "' left out"});
  }
  const Dump two = dump_of("source,target,weight,layer_id,block\n0,1,1,1,2\n");
  CHECK(two.edges[0].layer == 0);
}

TEST_CASE("a column that tells apart edges which stand there twice is refused") {
  for (const char* column :
       {"sample", "step", "epoch", "sentence_id", "doc", "time", "idx", "relation", "h", "depth"}) {
    const std::string name = column;
    const std::string header = "source,target,weight," + name + "\n";
    CHECK_THROWS_WITH_AS(dump_of(header + "0,1,0.5,0\n1,0,1,0\n0,1,0.25,1\n1,0,1,1\n"),
                         ("a: edges of one layer and head stand there twice, and the column '" +
                          name + "', which is left out, tells them apart")
                             .c_str(),
                         InputError);
  }
  CHECK_THROWS_WITH(dump_of("text,sample,source,target\na b,0,0,1\na b,0,1,0\nb,1,0,1\nb,1,1,0\n"),
                    doctest::Contains("column 'text', which"));
  CHECK_THROWS_WITH(dump_of("word,sample,source,target\na,0,0,1\na,1,0,1\n"),
                    doctest::Contains("column 'sample', which"));
  CHECK_THROWS_WITH(dump_of("source,target,type\n0,1,likes\n0,1,hates\n1,0,likes\n"),
                    doctest::Contains("column 'type', which"));
}

TEST_CASE("numbers of rows and measures of them tell no edges apart") {
  const Dump dump = dump_of(
      "id,source,target,weight,score\n0,0,1,1,0.25\n1,0,1,1,0.5\n2,1,0,1,0.25\n3,1,0,1,0.75\n");
  CHECK(dump.edges[0].edges.size() == 4);
  CHECK(dump.notes.front() ==
        "2 edges stand there twice or more: all count, as parallel edges, and with their sum where "
        "a rule chooses edges");
  CHECK(dump_of("source,target,weight,sample\n0,1,1,0\n1,0,1,1\n").edges[0].edges.size() == 2);
}

TEST_CASE("a column that is left out counts against the memory") {
  Limits limits;
  limits.memory = 17 * 1024;
  CHECK_NOTHROW(dump_of("source,target,weight\n0,1,1\n", limits));
  CHECK_THROWS_AS(dump_of("source,target,weight,a,b\n0,1,1,x,y\n", limits), LimitError);
}

TEST_CASE("labels become tokens in the order in which they first appear") {
  const Dump dump =
      dump_of("source,target,weight\nthe,cat,0.5\ncat,\"sat, \"\"on\"\"\",0.25\n7,the,1\n");
  CHECK(dump.tokens == std::vector<std::string>{"the", "cat", "sat, \"on\"", "7"});
  CHECK(dump.nodes == 4);
  CHECK(dump.edges[0].edges.source == Indices{0, 1, 3});
  CHECK(dump.edges[0].edges.target == Indices{1, 2, 0});
  CHECK(dump.notes == Names{"ids are names: 'the' is no whole number"});
}

TEST_CASE("two quoted fields of one line may both hold quotes and line ends") {
  const Dump dump = dump_of("source,target\n\"a\"\"1\",\"b\"\"\n2\"\nc,d\n");
  CHECK(dump.tokens == std::vector<std::string>{"a\"1", "b\"\n2", "c", "d"});
}

TEST_CASE("lines are counted through quoted line ends") {
  CHECK_THROWS_WITH(dump_of("source,target,weight\n\"a\nb\",c,1\nd,e,x\n"),
                    doctest::Contains("a: line 4: weight: 'x'"));
}

TEST_CASE("without a column weight every edge weighs 1; other columns are left out") {
  const Dump dump = dump_of("source,target,kind\n0,1,x\n");
  CHECK(dump.edges[0].edges.weight == std::vector{1.0});
  CHECK(dump.notes ==
        Names{"no column 'weight': every edge weighs 1; $edge-weight takes another: 'kind'"});
  CHECK(dump_of("source,target,weight,kind\n0,1,1,x\n").notes == Names{"column 'kind' left out"});
}

TEST_CASE("a fused head is read as head 0 with a note") {
  const Dump dump = dump_of("layer,head,source,target,weight\n0,mean,0,1,0.1\n0,mean,1,1,0.2\n");
  CHECK(dump.edges.size() == 1);
  CHECK(dump.notes == std::vector<std::string>{"head 'mean' read as head 0"});
  const auto refused = [](const std::string& other, const std::string& problem) {
    const std::string rows = "layer,head,source,target,weight\n0," + other;
    CHECK_THROWS_WITH_AS(dump_of(rows), ("a: line 3: head: " + problem).c_str(), InputError);
  };
  refused("mean,0,1,0.1\n0,max,1,1,0.2\n",
          "'max' behind rows of 'mean', expected rows of one kind");
  refused("mean,0,1,0.1\n0,0,1,1,0.2\n", "'0' behind rows of 'mean', expected rows of one kind");
  refused("0,0,1,0.1\n0,min,1,1,0.2\n",
          "'min' behind rows of single heads, expected rows of one kind");
}

TEST_CASE("edges beyond the memory limit are refused") {
  std::string text = "source,target\n";
  for (int i = 0; i < 2000; ++i) text += "0,1\n";
  Limits limits;
  limits.memory = 20000;
  CHECK_THROWS_WITH_AS(dump_of(text, limits), doctest::Contains("$max-memory 20000"), LimitError);
}

TEST_CASE("names of nodes, and numbers with gaps that become names, count against the memory") {
  std::string names = "source,target\n", numbers = names;
  for (int i = 0; i < 300; ++i) {
    names += "a" + std::to_string(i) + ",a0\n";
    numbers += std::to_string(2 * i) + ",0\n";
  }
  Limits limits;
  limits.memory = 20000;  // 1024 edges of 16 bytes fit
  for (const std::string& text : {names, numbers}) {
    CHECK(dump_of(text).nodes == 300);
    CHECK_THROWS_WITH_AS(dump_of(text, limits), doctest::Contains("$max-memory 20000"), LimitError);
  }
}

TEST_CASE("any labels read back as RFC 4180 quotes them") {
  CHECK(rc::check("write then read is identity", [] {
    const auto alphabet = rc::gen::element('a', ',', '"', '\n', ' ');
    const auto label = rc::gen::nonEmpty(rc::gen::container<std::string>(alphabet));
    const auto pairs =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
            rc::gen::pair(label, label)));
    const auto field = [](const std::string& text) {
      std::string out = "\"";
      for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      return out + "\"";
    };
    std::string text = "source,target\n";
    for (const auto& [from, to] : pairs) text += field(from) + "," + field(to) + "\n";
    const Dump dump = dump_of(text);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const EdgeArrays& list = dump.edges[0].edges;
      RC_ASSERT(dump.tokens[static_cast<std::size_t>(list.source[i])] == pairs[i].first);
      RC_ASSERT(dump.tokens[static_cast<std::size_t>(list.target[i])] == pairs[i].second);
    }
  }));
}

TEST_CASE("the columns of a table may say what their numbers or texts are") {
  for (const char* header :
       {"query_idx,key_idx,weight", "source_id,target_id,weight", "row,column,value",
        "From_Token,To_Token,weight", "i,j,weight", "row,col,value"}) {
    CAPTURE(header);
    const Dump dump = dump_of(std::string(header) + "\n0,1,0.5\n2,1,0.25\n");
    CHECK(dump.nodes == 3);
    REQUIRE(dump.edges.size() == 1);
    CHECK(dump.edges[0].edges.source == Indices{0, 2});
    CHECK(dump.edges[0].edges.weight == std::vector{0.5, 0.25});
  }
  CHECK(dump_of("source_token,target_token,weight\nthe,cat,1\n").tokens == Names{"the", "cat"});
}

TEST_CASE("tokens beside ids are their labels") {
  for (const char* header : {"source,target,weight,source_token,target_token",
                             "source,target,weight,source_word,target_word",
                             "source_idx,target_idx,weight,source_label,target_label"}) {
    CAPTURE(header);
    const Dump dump = dump_of(std::string(header) + "\n0,1,1,the,cat\n");
    CHECK(dump.tokens == Names{"the", "cat"});
    CHECK(dump.edges[0].edges.target == Indices{1});
  }
}

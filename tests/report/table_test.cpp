#include "report/answer/table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "core/error.hpp"
#include "recorded_sink.hpp"

using namespace attngraph;

namespace {

struct Fruit {
  std::string name;
  int seeds;
  double weight;
  std::variant<std::int64_t, std::string> box;
};

double heavier(const Fruit& fruit) { return fruit.weight + 1; }

Column box_column(bool named) {
  return {.name = "box", .type = label_type(named), .about = "box that it lies in"};
}

const Column unknown_colour{
    .name = "colour", .type = ColumnType::text, .known = Known::no, .about = "its colour"};

Table<Fruit> fruit_table() {
  using enum ColumnType;
  return {{{.name = "name", .type = text, .about = "what it is called"}, &Fruit::name},
          {{.name = "seeds", .type = integer, .about = "seeds in it"}, &Fruit::seeds},
          {{.name = "weight", .type = real32, .about = "weight in grams"}, &Fruit::weight},
          {{.name = "heavier", .type = real, .about = "a gram more"}, heavier},
          {box_column(false), &Fruit::box}};
}

const std::vector<Fruit> fruits{{"pear", 6, 0.1, 2}, {"date", 1, 0.2, 0}, {"plum", 1, 0.3, 1}};

}  // namespace

TEST_CASE("one list names the columns of a table and fills them from members and functions") {
  RecordedSink sink;
  fruit_table().begin(sink);
  fruit_table().send(fruits, sink);
  CHECK(sink.header() == "name,seeds,weight,heavier,box");
  CHECK(sink.texts("name") == std::vector<std::string>{"pear", "date", "plum"});
  CHECK(sink.integers("seeds") == std::vector<std::int64_t>{6, 1, 1});
  CHECK(sink.column<float>("weight") == std::vector<float>{0.1F, 0.2F, 0.3F});
  CHECK(sink.reals("heavier") == std::vector<double>{1.1, 1.2, 1.3});
  CHECK(sink.integers("box") == std::vector<std::int64_t>{2, 0, 1});
}

TEST_CASE("rows are made some thousands at a time, as they leave") {
  constexpr std::size_t count = 70'000;
  struct : RecordedSink {
    std::vector<std::size_t> parts;
    void rows(const Chunk& chunk) override {
      parts.push_back(row_count(chunk));
      RecordedSink::rows(chunk);
    }
  } sink;
  fruit_table().begin(sink);
  fruit_table().send(
      count,
      [](std::size_t i) -> Fruit {
        return {"fig", static_cast<int>(i), 0.5, 0};
      },
      sink);
  CHECK(sink.parts == std::vector<std::size_t>{65'536, 4'464});
  CHECK(sink.integers("seeds").size() == count);
  CHECK(sink.integers("seeds")[69'999] == 69'999);
}

TEST_CASE("a label with a name fills a column of texts") {
  Table<Fruit> table{{box_column(true), &Fruit::box}};
  RecordedSink sink;
  table.begin(sink);
  table.send({"fig", 0, 0.0, std::string("all")}, sink);
  CHECK(sink.texts("box") == std::vector<std::string>{"all"});
}

TEST_CASE("a column that an input cannot fill has no values, only a length") {
  Table<Fruit> table = fruit_table();
  table.add({unknown_colour, &Fruit::name});
  CHECK(table.schema().back().known == Known::no);
  CHECK(std::get<Unknown>(table.chunk(fruits).back()).rows == 3);
}

#include <doctest/doctest.h>

#include "writers/rows/markdown_writer.hpp"
#include "written.hpp"

using namespace attngraph;

TEST_CASE("A table in Markdown has the cells of the aligned one, numbers right and text left") {
  WriterSettings settings;
  settings.table_rows = 2;
  const auto answer = [](Writer& writer) {
    writer.begin_rows({{.name = "token", .type = ColumnType::integer},
                       {.name = "label", .type = ColumnType::text, .label_of = "token"},
                       {.name = "mass"}});
    writer.rows({std::vector<std::int64_t>{0, 1, 2}, std::vector<std::string>{"<s>", "a|b", "c"},
                 std::vector<double>{0.123456, 12, 1}});
    writer.summary({"sink_rate"}, 0.25);
  };
  CHECK(written("markdown", answer, settings) ==
        "| token | label |    mass |\n"
        "| ----: | :---- | ------: |\n"
        "|     0 | \\<s>  |  0.1235 |\n"
        "|     1 | a\\|b  | 12      |\n"
        "\n"
        "… 3 rows in all ($rows all shows them)\n"
        "\n"
        "- sink\\_rate 0.25\n");
}

TEST_CASE("Markdown shows labels as they are") {
  CHECK(markdown_text("[CLS]") == "[CLS]");
  CHECK(markdown_text("[a](b)") == "[a\\](b)");
  CHECK(markdown_text("a*b_c`d~e&amp;$x$\\") == "a\\*b\\_c\\`d\\~e\\&amp;\\$x\\$\\\\");
}

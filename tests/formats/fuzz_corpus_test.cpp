#include <doctest/doctest.h>

#include <filesystem>

#include "formats/sample.hpp"
#include "fuzz/read_all.hpp"

using namespace attngraph;

TEST_CASE("whatever fuzzing found is read or refused, and breaks no promise") {
  const std::string corpus = "tests/fuzz/corpus/";
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(ATTNGRAPH_ROOT "/" + corpus)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::string format = entry.path().parent_path().filename().string();
    const std::string name = format + "/" + entry.path().filename().string();
    CAPTURE(name);
    const std::string bytes = test::file_text(corpus + name);
    if (format == "labels") {
      CHECK_NOTHROW(test::use_labels(bytes));
    } else if (format == "pickle") {
      CHECK_NOTHROW(test::use_pickle(bytes));
      CHECK_NOTHROW(test::use_dump(bytes));
    } else {
      CHECK_NOTHROW(test::use_dump(bytes));
    }
  }
  CHECK(files > 15);
}

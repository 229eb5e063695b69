#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/labels/labels.hpp"
#include "formats/sample.hpp"

using namespace attngraph;

namespace {

struct Outcome {
  int status = 0;
  std::string where;
  std::string text;
  std::string hint;
};

Outcome ended(int status, const Error& error) {
  return {status, error.where(), visible_text(error.where() + ": " + error.problem()),
          visible_text(error.hint())};
}

/// How reading a file ends: its exit status as the program would give it, and the error.
Outcome outcome(const std::string& file) {
  const Bytes bytes = Bytes::from(test::file_text("data/broken/" + file));
  try {
    if (file.starts_with("labels_")) {
      read_labels(bytes, file, {});
    } else {
      read_dump(bytes, file, {});
    }
  } catch (const InputError& error) {
    return ended(3, error);
  } catch (const LimitError& error) {
    return ended(5, error);
  }
  return {};
}

}  // namespace

TEST_CASE("every broken file is refused with its status and its text") {
  std::istringstream expected(test::file_text("data/broken/expected.txt"));
  std::size_t files = 0;
  for (std::string line; std::getline(expected, line); ++files) {
    std::istringstream fields(line);
    std::string file, status, problem;
    std::getline(fields, file, '\t');
    std::getline(fields, status, '\t');
    std::getline(fields, problem);
    CAPTURE(file);
    REQUIRE(std::filesystem::exists(std::string(ATTNGRAPH_ROOT) + "/data/broken/" + file));
    const Outcome found = outcome(file);
    CAPTURE(found.text);
    CHECK(found.status == std::stoi(status));
    CHECK(found.where.starts_with(file));
    CHECK(found.text.find(problem) != std::string::npos);
    CHECK_FALSE(found.text.ends_with('.'));
    CHECK(found.text.find("json.exception") == std::string::npos);
  }
  CHECK(files > 200);
}

TEST_CASE("every file in data/broken stands in expected.txt") {
  const std::string expected = "\n" + test::file_text("data/broken/expected.txt");
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(ATTNGRAPH_ROOT) + "/data/broken")) {
    const std::string name = entry.path().filename().string();
    if (name == "expected.txt" || name == "texts.txt") continue;
    CAPTURE(name);
    CHECK(expected.find("\n" + name + "\t") != std::string::npos);
  }
}

// Every line of texts.txt is a file of expected.txt: its text to the last letter, and the hint.
TEST_CASE("the texts of broken files stand as they are") {
  std::istringstream expected(test::file_text("data/broken/expected.txt"));
  std::string texts;
  for (std::string line; std::getline(expected, line);) {
    const Outcome found = outcome(line.substr(0, line.find('\t')));
    texts += found.text + '\n';
    if (!found.hint.empty()) texts += "  " + found.hint + '\n';
  }
  const std::string path = std::string(ATTNGRAPH_ROOT) + "/data/broken/texts.txt";
  if (std::getenv("ATTNGRAPH_REBASE") != nullptr) std::ofstream(path) << texts;
  CHECK(texts == test::file_text("data/broken/texts.txt"));
}

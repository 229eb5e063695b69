// The main function of tests in tests/mutants: where MUTANTS_CASES names a file, each test case
// adds a line to it: passed or failed, seconds, the mutants that it comes by (see switch.cpp), its
// name.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

class ReachedMutants : public doctest::IReporter {
 public:
  explicit ReachedMutants(const doctest::ContextOptions&) {}

  void test_case_start(const doctest::TestCaseData& test) override { begin(test.m_name); }
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override { end(stats); }
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  void begin(const char* name) {
    name_ = name;
    if (cases_.empty()) return;
    std::fstream file(reached_, std::ios::in | std::ios::out | std::ios::binary);
    const std::string zeros(bytes().size(), '\0');
    file.write(zeros.data(), static_cast<std::streamsize>(zeros.size()));
  }

  void end(const doctest::CurrentTestCaseStats& stats) {
    if (cases_.empty()) return;
    std::ofstream file(cases_, std::ios::app);
    file << (stats.testCaseSuccess ? "passed" : "failed") << '\t' << stats.seconds << '\t';
    const std::string marks = bytes();
    for (std::size_t i = 0; i < marks.size(); ++i) {
      if (marks[i] != '\0') file << i << ' ';
    }
    file << '\t' << name_ << '\n';
  }

  std::string bytes() const {
    std::ifstream file(reached_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const std::string cases_ = variable("MUTANTS_CASES");
  const std::string reached_ = variable("MUTANTS_REACHED");
  std::string name_;
};

}  // namespace

REGISTER_LISTENER("reached mutants", 1, ReachedMutants);

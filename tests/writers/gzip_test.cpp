#include "writers/output/gzip_output.hpp"

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <memory>
#include <string>

#include "writers/written.hpp"

using namespace attngraph;

namespace {

/// Hands everything on, so that a test keeps what it looks at.
class BorrowedOutput : public Output {
 public:
  explicit BorrowedOutput(StringOutput& output) : output_(output) {}
  void write(std::string_view bytes) override { output_.write(bytes); }
  void complete() override {}
  void show() override {}

 private:
  StringOutput& output_;
};

std::string compressed(const std::string& text) {
  StringOutput output;
  const auto gzip = gzip_output(std::make_unique<BorrowedOutput>(output));
  for (std::size_t begin = 0; begin < text.size(); begin += 70'000) {
    gzip->write(std::string_view(text).substr(begin, 70'000));
  }
  gzip->complete();
  return output.text;
}

/// Member by member, as gzip -d does.
std::string uncompressed(std::string_view bytes) {
  auto* decompressor = libdeflate_alloc_decompressor();
  std::string text;
  while (!bytes.empty()) {
    std::string member(std::size_t{2} << 20, '\0');
    std::size_t taken = 0, given = 0;
    REQUIRE(libdeflate_gzip_decompress_ex(decompressor, bytes.data(), bytes.size(), member.data(),
                                          member.size(), &taken, &given) == LIBDEFLATE_SUCCESS);
    text += member.substr(0, given);
    bytes.remove_prefix(taken);
  }
  libdeflate_free_decompressor(decompressor);
  return text;
}

}  // namespace

TEST_CASE("compressed text comes out as it went in, also over several megabytes") {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += std::to_string(i) + ",0.25\n";
  const std::string bytes = compressed(text);
  CHECK(bytes.size() < text.size() / 2);
  CHECK(uncompressed(bytes) == text);
}

TEST_CASE("a compressed result appears, and is taken back, as the file that holds it") {
  class Recorded : public StringOutput {
   public:
    explicit Recorded(std::vector<std::string>& events) : events_(events) {}
    void complete() override { events_.emplace_back("complete"); }
    void show() override { events_.emplace_back("show"); }
    void show_revocably() override { events_.emplace_back("show revocably"); }
    void take_back() noexcept override { events_.emplace_back("take back"); }

   private:
    std::vector<std::string>& events_;
  };
  std::vector<std::string> events;
  const auto output = gzip_output(std::make_unique<Recorded>(events));
  output->complete();
  output->show_revocably();
  output->take_back();
  output->show();
  CHECK(events == std::vector<std::string>{"complete", "show revocably", "take back", "show"});
}

TEST_CASE("nothing compressed is still a file of gzip") {
  CHECK(uncompressed(compressed("")) == "");
  CHECK_FALSE(compressed("").empty());
}

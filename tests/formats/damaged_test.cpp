// Valid small files of every kind, cut off at each of their first 4,096 bytes, and with each of
// these bytes changed: what comes of it is refused by an Error that names the file, or is a dump
// that keeps its promises (fuzz/readers.cpp); nothing takes long.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "formats/sample.hpp"
#include "fuzz/read_all.hpp"

using namespace attngraph;

namespace {

constexpr std::size_t most_bytes = 4096;

struct Sample {
  std::string name;
  std::string bytes;
  void (*use)(std::string);
};

/// What fuzzing found has a digest for a name, and is damaged already.
bool is_sound(const std::filesystem::path& file) {
  constexpr std::size_t digest_size = 40;
  return file.filename().string().size() < digest_size;
}

std::vector<Sample> samples() {
  std::vector<Sample> all{
      {"a treebank", test::file_text("data/minilm/cats/dependencies.conllu"), test::use_conllu}};
  for (const char* cut :
       {"data/torch/legacy-tuple/dump.pt", "data/torch/legacy-protocol-4/dump.pt",
        "data/torch/list-of-dicts/dump.pt", "data/field/J5-object-tokens/dump.npz"}) {
    all.push_back({cut, test::file_text(cut), test::use_dump});
  }
  for (const test::Target& target : test::targets()) {
    const std::string corpus = "tests/fuzz/corpus/" + std::string(target.name) + "/";
    for (const auto& entry : std::filesystem::directory_iterator(ATTNGRAPH_ROOT "/" + corpus)) {
      if (!is_sound(entry.path())) continue;
      const std::string name = corpus + entry.path().filename().string();
      all.push_back({name, test::file_text(name), target.use});
    }
  }
  return all;
}

/// @returns the seconds that it took
double seconds_of(const Sample& sample, std::string bytes) {
  const auto begin = std::chrono::steady_clock::now();
  CHECK_NOTHROW(sample.use(std::move(bytes)));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

constexpr double longest = 20;  // seconds, under a sanitizer and a full machine

}  // namespace

TEST_CASE("every reader ends well on a file that is cut off at any of its first bytes") {
  for (const Sample& sample : samples()) {
    CAPTURE(sample.name);
    REQUIRE_FALSE(sample.bytes.empty());
    for (std::size_t size = 0; size < std::min(sample.bytes.size(), most_bytes); ++size) {
      CAPTURE(size);
      CHECK(seconds_of(sample, sample.bytes.substr(0, size)) < longest);
    }
  }
}

TEST_CASE("every reader ends well on a file with any of its first bytes changed") {
  for (const Sample& sample : samples()) {
    CAPTURE(sample.name);
    for (std::size_t i = 0; i < std::min(sample.bytes.size(), most_bytes); ++i) {
      for (const int flipped : {0xff, 0x01}) {
        CAPTURE(i);
        CAPTURE(flipped);
        std::string bytes = sample.bytes;
        bytes[i] = static_cast<char>(bytes[i] ^ flipped);
        CHECK(seconds_of(sample, std::move(bytes)) < longest);
      }
    }
  }
}

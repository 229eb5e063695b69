// Gives every target of a program its corpus once, as every test run does: no libFuzzer needed.
//   build/tests/fuzz/replay_readers tests/fuzz/corpus
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/target.hpp"

using namespace attngraph::test;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t replayed(const Target& target, const std::filesystem::path& corpus) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / target.name)) {
    files.push_back(std::filesystem::absolute(entry.path()));
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    // Where a promise is broken, the last line says by what.
    std::fprintf(stderr, "%s\n", file.c_str());
    target.use(bytes_of(file));
  }
  return files.size();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const auto corpus = std::filesystem::absolute(arguments[1]);
  bool all_have_one = true;
  for (const Target& target : targets()) {
    const std::size_t files = replayed(target, corpus);
    std::printf("%s: %zu inputs\n", target.name.data(), files);
    all_have_one = all_have_one && files > 0;
  }
  return all_have_one ? 0 : 1;
}

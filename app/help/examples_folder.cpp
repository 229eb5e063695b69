#include "help/examples_folder.hpp"

#include <filesystem>

namespace attngraph {
namespace {

namespace fs = std::filesystem;

bool has_examples(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "data" / "minilm" / "cats", ignored);
}

}  // namespace

std::string examples_folder(const std::string& bin, const std::string& here) {
  if (has_examples(here)) return {};
  const fs::path above = fs::path(bin).parent_path();
  for (const fs::path& folder : {above / "share" / "attngraph", above}) {
    if (has_examples(folder)) return folder.string();
  }
  return {};
}

std::string examples_folder() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  const fs::path here = fs::current_path(failed);
  return failed ? std::string() : examples_folder(program.parent_path().string(), here.string());
}

}  // namespace attngraph

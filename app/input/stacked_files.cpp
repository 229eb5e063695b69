#include "input/stacked_files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/text/natural_order.hpp"

namespace fs = std::filesystem;

namespace attngraph {
namespace {

/// The deepest folder that all of `paths` are in, which are absolute and without dots.
fs::path common_folder(const std::vector<fs::path>& paths) {
  fs::path folder = paths.front().parent_path();
  const auto is_in = [&](const fs::path& path) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
           folder.end();
  };
  while (!std::all_of(paths.begin(), paths.end(), is_in)) folder = folder.parent_path();
  return folder;
}

}  // namespace

std::vector<StackedFile> stacked_files(const std::vector<std::string>& paths) {
  std::vector<fs::path> whole;
  std::set<fs::path> names;
  std::error_code removed;
  const fs::path here = fs::current_path(removed);
  for (const auto& path : paths) {
    whole.push_back((here / path).lexically_normal());
    names.insert(whole.back().filename());
  }
  const bool by_name = names.size() == paths.size();
  const fs::path folder = common_folder(whole);
  std::vector<StackedFile> files;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const fs::path name = by_name ? whole[i].filename() : whole[i].lexically_relative(folder);
    files.push_back({name.generic_string(), paths[i]});
  }
  std::stable_sort(files.begin(), files.end(), [](const StackedFile& a, const StackedFile& b) {
    return natural_less(a.name, b.name);
  });
  return files;
}

}  // namespace attngraph

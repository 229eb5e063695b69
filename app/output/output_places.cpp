#include "output/output_places.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>

#include "core/error.hpp"
#include "input/file_member.hpp"
#include "output/disk.hpp"
#include "output/output_plan.hpp"
#include "output/placeholders.hpp"
#include "writers/output/output.hpp"

namespace attngraph {
namespace {

using Names = std::vector<std::string>;

std::string option_of(const OutputPlan& plan, std::size_t output) {
  return output == 0 ? "-o" : plan.further[output - 1].first;
}

[[noreturn]] void refuse_same_file(const OutputPlan& plan, std::size_t output,
                                   const std::string& path, const std::string& other) {
  throw ArgumentError(option_of(plan, output), path + " is the same file as " + other,
                      "write each result to a file of its own");
}

/// Which inputs a file is read for.
class ReadFiles {
 public:
  explicit ReadFiles(const Disk& disk) : disk_(disk) {}

  void add(const std::string& file, const std::string& input) {
    if (file == "-") return;  // standard input
    const auto [there, is_new] = readers_.try_emplace(disk_.place(file), Readers{input, false});
    if (!is_new && there->second.first != input) there->second.several = true;
  }
  void add_for_all(const std::string& file) { readers_[disk_.place(file)].several = true; }

  bool serves_others(const std::string& file, const std::string& input) const {
    const std::string place = disk_.place(file);
    const auto found = readers_.find(place);
    if (place.empty() || found == readers_.end()) return false;
    return found->second.several || found->second.first != input;
  }

 private:
  struct Readers {
    std::string first;
    bool several = false;
  };
  const Disk& disk_;
  std::map<std::string, Readers> readers_;
};

/// Each of several inputs is answered before the next is read, and files of options are read for
/// each.
void check_inputs(const OutputPlan& plan, const Names& names, const Names& options,
                  const Disk& disk) {
  ReadFiles read(disk);
  for (const auto& name : names) read.add(file_member(name, "").path, name);
  for (const auto& option : options) {
    if (option.starts_with(':')) continue;  // a member of the input
    if (option.find('{') == option.npos) read.add_for_all(file_member(option, "").path);
    if (option.find('{') == option.npos) continue;
    for (const auto& name : names) read.add(file_member(option, name).path, name);
  }
  for (const auto& name : names) {
    const Names paths = plan.paths_for(name);
    // The one answer to all of them is written when all are read.
    for (std::size_t output = plan.joined ? 1 : 0; output < paths.size(); ++output) {
      if (!read.serves_others(paths[output], name)) continue;
      throw ArgumentError(option_of(plan, output),
                          paths[output] + ", the output of " + name + ", is an input, too",
                          "leave that out, or write to another folder");
    }
  }
}

}  // namespace

void check_folders(const OutputPlan& plan, const std::vector<std::string>& names,
                   const Disk& disk) {
  std::set<std::string> known;
  for (const auto& name : names) {
    for (const auto& path : plan.paths_for(name)) {
      const std::string folder = std::filesystem::path(path).parent_path().string();
      if (folder.empty() || unknown_placeholder(folder, {}) || !known.insert(folder).second ||
          disk.is_folder(folder)) {
        continue;
      }
      if (disk.exists(folder)) throw IoError(path, folder + " is a file, expected a folder");
      throw no_folder(path, folder);
    }
  }
}

void check_places(const OutputPlan& plan, const Names& names, const Names& options,
                  const Disk& disk) {
  std::map<std::string, std::string> written;
  const bool several = plan.joined || plan.separate;
  for (const auto& name : names) {
    const bool first = &name == &names.front();
    if (!first && !several) break;  // all are one input
    const Names paths = plan.paths_for(name);
    for (std::size_t output = first || plan.separate ? 0 : 1; output < paths.size(); ++output) {
      const std::string place = disk.place(paths[output]);
      if (place.empty()) continue;
      const auto [there, added] = written.emplace(place, paths[output]);
      if (!added) refuse_same_file(plan, output, paths[output], there->second);
    }
  }
  if (several && names.size() > 1) check_inputs(plan, names, options, disk);
}

}  // namespace attngraph

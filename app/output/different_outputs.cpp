#include "output/different_outputs.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <regex>
#include <utility>

#include "core/error.hpp"
#include "input/file_member.hpp"
#include "output/output_plan.hpp"
#include "output/placeholders.hpp"

namespace attngraph {
namespace {

/// What gives two inputs different outputs, where their names are not the same but for an ending.
std::string different_names_hint(const std::string& out, const std::string& one,
                                 const std::string& other) {
  const bool stem = has_placeholder(out, "stem"), dir = has_placeholder(out, "dir");
  if (!stem) return "put {stem} into the name, which is each input's own";
  const bool same_folder = filled_from("{dir}", file_member(one, "").path) ==
                           filled_from("{dir}", file_member(other, "").path);
  if (!dir && !same_folder) {
    return "name their folders, too: {dir}/{stem}; or leave {stem} out for one output";
  }
  return "their names are the same but for ending and member: answer each by itself with -o FILE, "
         "or leave " +
         std::string(dir ? "{dir} and {stem}" : "{stem}") + " out for one output";
}

/// The path without the digits that stand beside placeholders of layers and heads.
std::string without_numbers(const std::string& path) {
  if (path.find('{') == path.npos) return path;
  static const std::regex numbers("[0-9]*(\\{(layer|head)\\}[0-9]*)+");
  return std::regex_replace(path, numbers, "{layer}");
}

class Written {
 public:
  explicit Written(const OutputPlan& plan) : plan_(plan) {}

  void add(std::size_t output, const std::string& path, const std::string& input) {
    const std::string file = std::filesystem::path(path).lexically_normal().string();
    const auto [there, added] =
        files_.try_emplace(without_numbers(file), File{file, input, output});
    if (added) return;
    const File& other = there->second;
    const auto [option, pattern] = output_named(output);
    if (other.path != file) {
      throw ArgumentError(option,
                          "two inputs may write one file, '" + other.path + "' and '" + file +
                              "': numbers run together",
                          "put something that is no digit between them: {stem}-{layer}-{head}");
    }
    if (other.output != output) {
      throw ArgumentError(option,
                          "'" + path + "', of " + input + ", is the same file as " +
                              output_named(other.output).first,
                          "write each result to a file of its own");
    }
    throw ArgumentError(option, "two inputs would write '" + path + "'",
                        different_names_hint(pattern, input, other.input));
  }

 private:
  struct File {
    std::string path, input;
    std::size_t output;
  };
  const OutputPlan& plan_;
  std::map<std::string, File> files_;

  /// The option and what it says.
  std::pair<std::string, std::string> output_named(std::size_t output) const {
    return output == 0 ? std::pair<std::string, std::string>{"-o", plan_.out}
                       : plan_.further[output - 1];
  }
};

}  // namespace

void check_different(const OutputPlan& plan, const std::vector<std::string>& names) {
  Written written(plan);
  for (const auto& name : names) {
    const auto paths = plan.paths_for(name);
    const bool in_one = plan.joined && &name != &names.front();
    for (std::size_t output = in_one ? 1 : 0; output < paths.size(); ++output) {
      written.add(output, paths[output], name);
    }
  }
}

}  // namespace attngraph

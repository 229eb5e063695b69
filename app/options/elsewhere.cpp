#include "options/elsewhere.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "command.hpp"
#include "options/common_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_named = 3;

using Names = std::vector<std::string>;

Names options_of(Command& command) {
  CommonOptions common;
  const Declarations all =
      declarations([&](OptionTable& table) { declare_all(table, command, common); });
  Names names;
  for (const DeclaredOption& option : all.options) names.push_back(option.name);
  return names;
}

/// Each command with its options, made once.
const std::vector<std::pair<std::string, Names>>& commands() {
  static const auto all = [] {
    std::vector<std::pair<std::string, Names>> made;
    for (const CommandMaker make : command_makers()) {
      const auto command = make();
      made.emplace_back(command->manual().name, options_of(*command));
    }
    return made;
  }();
  return all;
}

}  // namespace

std::string commands_with(const std::string& option) {
  Names names;
  for (const auto& [command, options] : commands()) {
    if (std::find(options.begin(), options.end(), option) != options.end()) {
      names.push_back(command);
    }
  }
  if (names.empty()) return {};
  std::string list = names.front();
  const std::size_t shown = std::min(most_named, names.size());
  for (std::size_t i = 1; i < shown; ++i) {
    list += (i + 1 == names.size() ? " and " : ", ") + names[i];
  }
  if (names.size() > shown) list += " and " + std::to_string(names.size() - shown) + " more";
  return list + (names.size() == 1 ? " has it" : " have it");
}

}  // namespace attngraph

#include "options/elsewhere.hpp"

#include <algorithm>
#include <vector>

#include "command.hpp"
#include "options/common_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_named = 3;

bool has_option(Command& command, const std::string& name) {
  CommonOptions common;
  const Declarations all =
      declarations([&](OptionTable& table) { declare_all(table, command, common); });
  return std::any_of(all.options.begin(), all.options.end(),
                     [&](const DeclaredOption& option) { return option.name == name; });
}

}  // namespace

std::string commands_with(const std::string& option) {
  std::vector<std::string> names;
  for (const CommandMaker make : command_makers()) {
    const auto command = make();
    if (has_option(*command, option)) names.push_back(command->manual().name);
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

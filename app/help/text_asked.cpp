#include "help/text_asked.hpp"

#include <algorithm>

#include "command.hpp"
#include "completion/completion.hpp"
#include "demo/demo.hpp"
#include "help/explain.hpp"
#include "help/first_word.hpp"
#include "help/help.hpp"

namespace attngraph {
namespace {

using Words = std::vector<std::string>;

bool any_is(const Words& words, const Words& wanted) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::find_first_of(words.begin(), end, wanted.begin(), wanted.end()) != end;
}

bool asks_for_help(const std::string& word) {
  return word == "help" || word == "--help" || word == "-h";
}

/// `help heads` and `--help heads`.
std::string help_about(const std::string& topic, HelpExtent extent, std::size_t width) {
  if (asks_for_help(topic)) return general_help(width);
  if (topic == "demo") return demo_help(width);
  if (topic == "completion") return completion_help(width);
  if (topic == "explain") return explain_help(width);
  const auto command = find_command(topic);
  if (command == nullptr) refuse_first_word({topic});
  return command_help(*command, extent, width);
}

}  // namespace

std::optional<std::string> text_asked(const Words& arguments, std::size_t width) {
  const std::string& first = arguments.front();
  if (first == "completion" && arguments.size() > 1 && arguments[1] == "--complete") {
    return completion_answer({arguments.begin() + 1, arguments.end()});
  }
  if (first == "-V" || any_is(arguments, {"--version"})) {
    return version_text(any_is(arguments, {"-v", "--verbose"}));
  }
  if (asks_for_help(first)) {
    const auto topic = std::find_if_not(arguments.begin(), arguments.end(), asks_for_help);
    const auto extent = first == "-h" ? HelpExtent::screen : HelpExtent::everything;
    return topic == arguments.end() ? general_help(width) : help_about(*topic, extent, width);
  }
  if (first == "demo" && any_is(arguments, {"help", "--help", "-h"})) return demo_help(width);
  if (first == "explain") {
    const bool help = any_is(arguments, {"--help", "-h"});
    return help ? explain_help(width)
                : explanation({arguments.begin() + 1, arguments.end()}, width);
  }
  if (first == "completion") {
    if (any_is(arguments, {"help", "--help", "-h"})) return completion_help(width);
    return completion_answer({arguments.begin() + 1, arguments.end()});
  }
  if (arguments.size() == 2 && arguments[1] == "help" && find_command(first) != nullptr) {
    return help_about(first, HelpExtent::everything, width);
  }
  return std::nullopt;
}

}  // namespace attngraph

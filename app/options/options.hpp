#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "options/declared_option.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace attngraph {

/// The options of one command: each is declared with the variable it sets; the value the variable
/// has at that moment is the default that the help shows. The only door to the command-line parser.
class OptionTable {
 public:
  explicit OptionTable(CLI::App& parser) : parser_(parser) {}

  /// Options declared from here on stand under this heading in the help, and concern this.
  void group(const std::string& heading, Concern concern = Concern::question) {
    heading_ = heading;
    concern_ = concern;
  }
  /// What is declared from here on, many commands have.
  void begin_common() { common_ = true; }

  void flag(const std::string& names, bool& value, const std::string& help);
  DeclaredOption& text(const std::string& names, std::string& value, const std::string& help,
                       const std::string& type = "TEXT");
  void number(const std::string& names, double& value, const std::string& help);
  void number(const std::string& names, std::optional<double>& value, const std::string& help);
  void count(const std::string& names, std::size_t& value, const std::string& help);
  void count(const std::string& names, std::optional<std::size_t>& value, const std::string& help);
  void positionals(const std::string& name, std::vector<std::string>& values,
                   const std::string& help);

  /// `--causal yes`, `--causal no`; alone it means yes.
  void yes_or_no(const std::string& name, std::optional<bool>& value, const std::string& help);

  /// Text that `read` turns into the setting; `fallback` is what the help shows as the default.
  /// @returns the declaration, for choices that `type` does not name
  /// @throws ArgumentError from `read` becomes a usage error
  DeclaredOption& parsed(const std::string& names, const std::string& type,
                         const std::string& fallback, std::function<void(const std::string&)> read,
                         const std::string& help);

  /// As parsed, for a list: given several times, `read` gets all of it with commas between.
  DeclaredOption& list(const std::string& names, const std::string& type,
                       const std::string& fallback, std::function<void(const std::string&)> read,
                       const std::string& help);

  /// The file of a further result, an array, beside the answer.
  void further_output(const std::string& name, std::string& path, const std::string& help);

  /// One of several words, each with its meaning.
  template <typename Value>
  void choice(const std::string& names, Value& value,
              std::vector<std::pair<std::string, Value>> words, const std::string& help) {
    const auto now = [&]() -> std::string {
      for (const auto& [word, meaning] : words) {
        if (meaning == value) return word;
      }
      return "";
    }();
    parsed(names, word_list(words), now, chooser(names, value, words), help);
  }
  /// As choice, for a setting that is empty where the user says nothing.
  template <typename Value>
  void optional_choice(const std::string& names, std::optional<Value>& value,
                       std::vector<std::pair<std::string, Value>> words, const std::string& help) {
    parsed(names, word_list(words), "", chooser(names, value, words), help);
  }

  /// `arguments` with `yes` behind every yes_or_no option that stands alone.
  std::vector<std::string> completed(std::vector<std::string> arguments) const;
  /// The further outputs that are asked for, with their option.
  std::vector<std::pair<std::string, std::string>> further_outputs() const;

  /// In the order of their declaration.
  const std::deque<DeclaredOption>& declared() const { return declared_; }
  /// What INPUT is; empty where the command has no positional arguments.
  const std::string& positional_help() const { return positional_help_; }

 private:
  /// Notes an option that is now declared.
  DeclaredOption& noted(CLI::Option* option, const std::string& type, const std::string& fallback,
                        const std::string& help);

  CLI::App& parser_;
  std::string heading_ = "Options";
  Concern concern_ = Concern::question;
  bool common_ = false;
  std::deque<DeclaredOption> declared_;
  std::string positional_help_;
  std::vector<std::pair<std::string, const std::string*>> further_outputs_;

  template <typename Words>
  static std::string word_list(const Words& words) {
    std::string list;
    for (const auto& [word, meaning] : words) list += (list.empty() ? "" : "|") + word;
    return list;
  }

  template <typename Variable, typename Words>
  static std::function<void(const std::string&)> chooser(const std::string& names,
                                                         Variable& variable, const Words& words) {
    return [names, &variable, words](const std::string& text) {
      for (const auto& [word, meaning] : words) {
        if (word != text) continue;
        variable = meaning;
        return;
      }
      throw ArgumentError(names, "'" + text + "' is not one of " + word_list(words));
    };
  }
};

/// An option as the user gave it.
struct GivenOption {
  /// Without dashes: `top-k`.
  std::string name;
  std::string value;
  Concern concern = Concern::question;
  /// It names a file, and could be nothing else.
  bool is_file = false;
};

/// How much help is asked for: one screen, or everything.
enum class HelpExtent { screen, everything };

/// What the command line said.
struct Parsed {
  /// Set where help is asked for instead of a command's work.
  std::optional<HelpExtent> help;
  std::vector<GivenOption> given;
  /// Options that name a further output, with what they name.
  std::vector<std::pair<std::string, std::string>> further_outputs;
  /// Options of the question that the user did not give: they have their defaults.
  std::vector<DeclaredOption> left_out = {};

  /// Whether the user gave this option, by its long name without dashes.
  bool gives(const std::string& name) const;
};

/// Reads `arguments` (without the program and command name) for the command called `name`.
/// `declare` fills the table.
/// @throws ArgumentError for what cannot be understood, with a suggestion where one is near
Parsed parse_options(const std::string& name, const std::vector<std::string>& arguments,
                     const std::function<void(OptionTable&)>& declare);

/// What `declare` declares, for help, completion and manual pages.
struct Declarations {
  std::vector<DeclaredOption> options;
  /// What INPUT is; empty where there is none.
  std::string input;
};
Declarations declarations(const std::function<void(OptionTable&)>& declare);

}  // namespace attngraph

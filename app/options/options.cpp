#include "options/options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/text/near_word.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

/// Nothing that is counted is as many; sums and small products of such numbers cannot overflow.
constexpr std::size_t largest_count = 1'000'000'000'000'000;

/// Sets `variable` to the number that a text is.
template <typename Number, typename Variable>
std::function<void(const std::string&)> number_reader(Variable& variable, const std::string& names,
                                                      const std::string& expected) {
  return [&variable, names, expected](const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(static_cast<double>(number))) {
      throw ArgumentError(names, "'" + text + "' is not " + expected);
    }
    if (std::is_same_v<Number, std::size_t> && number > static_cast<Number>(largest_count)) {
      throw ArgumentError(names,
                          "is " + text + ", expected at most " + std::to_string(largest_count));
    }
    variable = number;
  };
}

constexpr const char* a_number = "a number";
constexpr const char* a_count = "a whole number, 0 or more";

std::vector<std::string> parts_of(const std::string& text, char between) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(between, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// The words among the alternatives of a type: `all` of `N|all`. Capitals stand for what is to be
/// filled in, as in `HxW`.
std::vector<std::string> words_of(const std::string& type) {
  std::vector<std::string> words = parts_of(type, '|');
  std::erase_if(words, [](const std::string& word) {
    const auto has = [&](int (*kind)(int)) {
      return std::any_of(word.begin(), word.end(), [&](unsigned char c) { return kind(c) != 0; });
    };
    return !has(std::islower) || has(std::isupper);
  });
  return words;
}

/// What the first word of a list that is none of the choices likely means; empty for nothing.
std::string likely_word(const std::vector<std::string>& words,
                        const std::vector<std::string>& choices) {
  for (const std::string& word : words) {
    if (std::find(choices.begin(), choices.end(), word) != choices.end()) continue;
    return nearest_word(word, choices);
  }
  return {};
}

/// Refuses `pagerank,`, whose rest a shell has made another argument.
void check_list(const std::string& option, const std::string& text) {
  if (!text.ends_with(',') && !text.starts_with(',')) return;
  throw ArgumentError(option, "'" + text + "' is half a list",
                      "write no space beside a comma: a,b");
}

/// An error of the text given to `option`, with its name and the word that was likely meant.
ArgumentError refusal(const DeclaredOption& option, const std::string& text,
                      const ArgumentError& error) {
  std::string hint = error.hint();
  const auto words = option.list ? parts_of(text, ',') : std::vector{text};
  if (const std::string near = likely_word(words, option.choices); !near.empty()) {
    hint = "did you mean " + near + "?" + (hint.empty() ? "" : " " + hint);
  }
  return {option.name, error.problem(), hint};
}

}  // namespace

DeclaredOption& OptionTable::noted(CLI::Option* option, const std::string& type,
                                   const std::string& fallback, const std::string& help) {
  DeclaredOption& noted = declared_.emplace_back();
  noted.name = "--" + option->get_lnames().front();
  if (!option->get_snames().empty()) noted.letter = "-" + option->get_snames().front();
  noted.type = type;
  noted.fallback = fallback;
  noted.help = help;
  noted.group = heading_;
  noted.concern = concern_;
  noted.common = common_;
  noted.list = type == "LIST";
  noted.choices = words_of(type);
  if (!type.empty()) option->type_name(type);
  return noted;
}

void OptionTable::flag(const std::string& names, bool& value, const std::string& help) {
  noted(parser_.add_flag(names, value), "", "", help);
}

DeclaredOption& OptionTable::text(const std::string& names, std::string& value,
                                  const std::string& help, const std::string& type) {
  return noted(parser_.add_option(names, value), type, value, help);
}

void OptionTable::further_output(const std::string& name, std::string& path,
                                 const std::string& help) {
  text(name, path, help, "FILE");
  further_outputs_.emplace_back(name, &path);
}

std::vector<std::pair<std::string, std::string>> OptionTable::further_outputs() const {
  std::vector<std::pair<std::string, std::string>> asked;
  for (const auto& [name, path] : further_outputs_) {
    if (!path->empty()) asked.emplace_back(name, *path);
  }
  return asked;
}

void OptionTable::number(const std::string& names, double& value, const std::string& help) {
  parsed(names, "NUMBER", number_text(value), number_reader<double>(value, names, a_number), help);
}

void OptionTable::number(const std::string& names, std::optional<double>& value,
                         const std::string& help) {
  parsed(names, "NUMBER", "", number_reader<double>(value, names, a_number), help);
}

void OptionTable::count(const std::string& names, std::size_t& value, const std::string& help) {
  parsed(names, "N", std::to_string(value), number_reader<std::size_t>(value, names, a_count),
         help);
}

void OptionTable::count(const std::string& names, std::optional<std::size_t>& value,
                        const std::string& help) {
  parsed(names, "N", "", number_reader<std::size_t>(value, names, a_count), help);
}

void OptionTable::yes_or_no(const std::string& name, std::optional<bool>& value,
                            const std::string& help) {
  optional_choice(name, value, {{"yes", true}, {"no", false}}, help);
  declared_.back().value_optional = true;
}

std::vector<std::string> OptionTable::completed(std::vector<std::string> arguments) const {
  const auto may_stand_alone = [&](const std::string& argument) {
    return std::any_of(declared_.begin(), declared_.end(), [&](const DeclaredOption& option) {
      return option.value_optional && option.name == argument;
    });
  };
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    if (!may_stand_alone(arguments[i])) continue;
    const bool answered =
        i + 1 < arguments.size() && (arguments[i + 1] == "yes" || arguments[i + 1] == "no");
    if (!answered) arguments[i] += "=yes";
  }
  return arguments;
}

void OptionTable::positionals(const std::string& name, std::vector<std::string>& values,
                              const std::string& help) {
  parser_.add_option(name, values)->type_name("")->take_all();
  positional_help_ = help;
}

DeclaredOption& OptionTable::parsed(const std::string& names, const std::string& type,
                                    const std::string& fallback,
                                    std::function<void(const std::string&)> read,
                                    const std::string& help) {
  // Its declaration is found when it is read, with the choices added by then.
  const std::size_t place = declared_.size();
  const auto refusing = [this, place, read = std::move(read)](const std::string& text) {
    if (declared_[place].list) check_list(declared_[place].name, text);
    try {
      read(text);
    } catch (const ArgumentError& error) {
      throw refusal(declared_[place], text, error);
    }
  };
  return noted(parser_.add_option_function<std::string>(names, refusing), type, fallback, help);
}

DeclaredOption& OptionTable::list(const std::string& names, const std::string& type,
                                  const std::string& fallback,
                                  std::function<void(const std::string&)> read,
                                  const std::string& help) {
  const auto read_all = [read = std::move(read)](std::string text) {
    std::replace(text.begin(), text.end(), '\n', ',');  // what the parser joins with
    read(text);
  };
  DeclaredOption& noted = parsed(names, type, fallback, read_all, help);
  parser_.get_option(names)->multi_option_policy(CLI::MultiOptionPolicy::Join);
  return noted;
}

}  // namespace attngraph

#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// What an option is about: the question, or only where and how the answer is written (such
/// options are no parameters of it).
enum class Concern { question, output };

/// An option as a command declares it: what help, completion and manual pages show.
struct DeclaredOption {
  /// Long, with dashes: `--out`.
  std::string name = {};
  /// One letter with a dash: `-o`; empty where there is none.
  std::string letter = {};
  /// What its value is: `FILE`, `TOKEN`, `COLUMN`, `N`, `yes|no`; empty for a flag.
  std::string type = {};
  /// The value it has where nothing is said, as help shows it; may be empty.
  std::string fallback = {};
  std::string help = {};
  /// The heading it stands under.
  std::string group = {};
  Concern concern = Concern::question;
  /// Every command has it, or every one that reads such inputs; not this command's own.
  bool common = false;
  /// The value may be a list with commas between.
  bool list = false;
  /// The value may be left out.
  bool value_optional = false;
  /// Words that the value may be, or that a list may hold; those of `type` are here, too.
  std::vector<std::string> choices = {};

  bool takes_value() const { return !type.empty(); }
  bool takes_file() const { return type.find("FILE") != std::string::npos; }
};

}  // namespace attngraph

#include "options/check_options.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "attention/merged_tokens.hpp"
#include "core/error.hpp"
#include "input/file_member.hpp"
#include "options/common_options.hpp"
#include "output/output_plan.hpp"
#include "output/placeholders.hpp"
#include "writers/formats.hpp"

namespace attngraph {
namespace {

bool heeds(const Format& format, std::string_view option) {
  return std::find(format.options.begin(), format.options.end(), option) != format.options.end();
}

/// Options that some formats heed, and this one does not.
void check_format_options(const Format& format, const Parsed& parsed) {
  std::set<std::string> particular;
  for (const Format& other : formats()) {
    particular.insert(other.options.begin(), other.options.end());
  }
  for (const std::string& option : particular) {
    if (!parsed.gives(option) || heeds(format, option)) continue;
    std::vector<const Format*> heeding;
    for (const Format& other : formats()) {
      if (heeds(other, option)) heeding.push_back(&other);
    }
    throw ArgumentError("--" + option, "has no effect on " + std::string(format.name),
                        "it is for " + names_of(heeding));
  }
}

/// A picture in characters has a width to ask for, a table has not.
void check_width(const Format& format, const Parsed& parsed, const Manual& manual) {
  const auto& forms = manual.forms;
  const bool table =
      format.name == "table" && std::find(forms.begin(), forms.end(), Form::rows) != forms.end();
  if (!table || !parsed.gives("width")) return;
  throw ArgumentError("--width", "is about pictures, this answer is a table",
                      "write a picture: -o x.svg");
}

void check_input_options(const CommonOptions& common, const Parsed& parsed) {
  if (common.stack && parsed.gives("with-filename")) {
    throw ArgumentError("--with-filename",
                        "names the file of each row, and a stack is one input of many files",
                        "leave it out, or ask about each file without --stack");
  }
  if (!common.inputs.empty() || !common.files_from.empty()) return;
  for (const char* option : {"shard", "stack"}) {
    if (!parsed.gives(option)) continue;
    throw ArgumentError("--" + std::string(option), "is about several inputs, none is named");
  }
}

/// A name of a file may have braces; of what is not there, they are placeholders.
void check_files(const Parsed& parsed, const Manual& manual) {
  std::vector<std::string> known;
  if (manual.input != InputKind::options) known = {"stem", "dir"};
  for (const GivenOption& option : files_to_read(parsed)) {
    const std::string path = option.value.substr(0, option.value.rfind(':'));
    if (!is_there(option.value) && !is_there(path)) {
      check_placeholders("--" + option.name, option.value, known);
    }
  }
}

/// Attention comes from a file, or is made of queries and keys; each has options of its own.
void check_making(const CommonOptions& common, const Parsed& parsed, InputKind kind) {
  check_merging(common.request.merging);
  check_attention_options(common.computed, parsed);
  if (kind == InputKind::file && !common.computed.given()) refuse_scores(parsed);
  const bool named = !common.inputs.empty() || !common.files_from.empty();
  if (named && common.computed.given() && !common.computed.of_input()) {
    throw ArgumentError("", "an INPUT is given, and --query, --key or --input too",
                        "name attention, or what it is made from");
  }
}

}  // namespace

std::vector<GivenOption> files_to_read(const Parsed& parsed) {
  std::vector<GivenOption> files;
  for (const GivenOption& option : parsed.given) {
    const bool is_output =
        option.concern == Concern::output ||
        std::any_of(parsed.further_outputs.begin(), parsed.further_outputs.end(),
                    [&](const auto& one) { return one.first == "--" + option.name; });
    const bool is_list = option.name == "files-from";
    if (option.is_file && !is_output && !is_list) files.push_back(option);
  }
  return files;
}

void check_options(const CommonOptions& common, const Parsed& parsed, const Manual& manual) {
  check_format_options(chosen_format(common, manual), parsed);
  check_width(chosen_format(common, manual), parsed, manual);
  check_input_options(common, parsed);
  check_files(parsed, manual);
  if (manual.input != InputKind::options) check_making(common, parsed, manual.input);
}

}  // namespace attngraph

#pragma once

#include <string>

namespace attngraph {

/// A file, or one member of it.
struct FileMember {
  std::string path;
  /// Empty for the whole file.
  std::string member;
};

/// Whether there is a file or folder of that name, as far as can be told.
bool is_there(const std::string& path);

/// What `text` names: `FILE`, `FILE:NAME`, or `:NAME` for a member of `input`. A colon that belongs
/// to the name of an existing file does not count, nor one behind what is no file and has no
/// ending; `{stem}` and `{dir}` are the name of `input` without folder and ending, and its folder,
/// unless they belong to the name of an existing file.
FileMember file_member(const std::string& text, const std::string& input);

/// `text` with `{stem}` and `{dir}` filled in from the file of `input`, whichever member it names.
std::string named_after(const std::string& text, const std::string& input);

}  // namespace attngraph

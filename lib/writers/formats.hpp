#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "report/answer/sink.hpp"

namespace attngraph {

class Messages;
class Output;
class Writer;
struct WriterSettings;

/// Whether the answers to several inputs make one file.
enum class Joins : bool { no, yes };

enum class Content { text, binary };

/// A program that does part of the work, and the package of Debian that has it.
struct NeededProgram {
  std::string_view name;
  std::string_view package;
};

/// Who reads it: another program, or a person, who looks at it as it is.
enum class Reader { program, person };

/// What a result can be written as: a row of the table in formats.cpp, and a Writer.
struct Format {
  /// As `format` takes it, and the ending of its files.
  std::string_view name;
  /// Other endings that mean it; an empty one is a name without any.
  std::vector<std::string_view> endings;
  Joins joins = Joins::no;
  Content content = Content::text;
  Reader reader = Reader::program;
  /// The answers that it holds; a report that has a choice gives the first.
  std::vector<Form> forms;
  /// Names of the options of the output that it heeds, and not every format does.
  std::vector<std::string_view> options;
  /// All references must outlive the writer.
  std::unique_ptr<Writer> (*make)(const Format&, Output&, const WriterSettings&, Messages&);
  /// Without a name where nothing is needed.
  NeededProgram needs = {};
};

/// All of them; of those that a command writes, the first is what it writes when nothing is said.
const std::vector<Format>& formats();

/// The format of that name.
/// @throws ArgumentError for another name; the text lists what there is
const Format& format_named(std::string_view name);

/// The formats that hold one of these forms.
std::vector<const Format*> formats_of(const std::vector<Form>& forms);

/// `table, csv, json`
std::string names_of(const std::vector<const Format*>& formats, std::string_view between = ", ");

/// How the end of a path says what is in the file.
struct PathEnding {
  /// Behind the last dot but that of `.gz`, in small letters; empty where there is none.
  std::string ending;
  /// The file is compressed by gzip.
  bool gzip = false;
};
PathEnding ending_of(std::string_view path);

/// The one of `possible` that an ending means; null for another ending.
const Format* format_of_ending(std::string_view ending, const std::vector<const Format*>& possible);

/// The writer of a format into an output; all references must outlive it.
std::unique_ptr<Writer> writer_of(const Format& format, Output& output,
                                  const WriterSettings& settings, Messages& messages);

}  // namespace attngraph

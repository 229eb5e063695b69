#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "attention/merging_request.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "writers/formats.hpp"

namespace attngraph {

class Job;
class OptionTable;
struct Parsed;

/// What the positional arguments of a command are.
enum class InputKind {
  /// Attention: files of it, or queries and keys by options; the options that select layers, heads
  /// and tokens apply.
  attention,
  /// Files of any kind, looked at as they are; selection options apply.
  file,
  /// No positionals: every input has an option of its own (`--query`, `--features`).
  options,
};

/// What the rows of an edge list add up to, where --normalize does not say it.
enum class RowSums { any, one };

/// What --segments is about: tokens that are put together, or parts of the text that have names.
enum class SegmentsUse { merge, names };

/// What a question makes of the attention it is asked about.
struct Question {
  RowSums row_sums = RowSums::any;
  /// What --words, --drop-special and --segments are about.
  Merging merging = Merging::matrix;
  /// --precision is about its own products too, not only about those of queries and keys.
  bool own_products = false;
  SegmentsUse segments = SegmentsUse::merge;
  /// It is answered of keys alone, too.
  bool keys_suffice = false;
};

struct Example {
  std::string command_line;
  std::string comment;
};

/// The forms an answer may have, for a manual: every format that holds one of them can be written.
namespace answers {
inline const std::vector<Form> rows{Form::rows};
inline const std::vector<Form> rows_and_arrays{Form::rows, Form::matrices};
inline const std::vector<Form> rows_arrays_and_pictures{Form::rows, Form::matrices, Form::picture};
inline const std::vector<Form> rows_and_pictures{Form::rows, Form::picture};
inline const std::vector<Form> rows_and_graphs{Form::rows, Form::drawing, Form::whole_graph};
inline const std::vector<Form> pictures{Form::picture};
inline const std::vector<Form> pages{Form::page};
}  // namespace answers

/// What a command says about itself; its help begins with this.
struct Manual {
  std::string name;
  /// One sentence.
  std::string summary;
  /// They run as they stand in a checkout.
  std::vector<Example> examples;
  /// What its answers are.
  std::vector<Form> forms;
  InputKind input = InputKind::attention;
  Question question = {};
  /// Its pictures are of one head each, though rows come first.
  bool picture_of_each_head = false;
};

/// What the command line asks for, known before the first file is opened.
class Asked {
 public:
  Asked(const Parsed& parsed, const Format& format) : parsed_(parsed), format_(format) {}

  /// Says of the first of these options that is given what its effect would need.
  void remark(std::initializer_list<const char*> options, const std::string& what) const;
  const std::vector<std::string>& remarks() const { return remarks_; }

  /// Whether the user gave an option, by its long name without dashes.
  bool gives(const std::string& option) const;
  /// The first of these options that is given; empty where none is.
  std::string first_of(std::initializer_list<const char*> options) const;
  const Format& format() const { return format_; }
  /// The form the answer will have where the command has a choice.
  Form form() const { return format_.forms.front(); }

  /// Refuses options that would be without effect. @throws ArgumentError where one is given
  /// @param why such as `needs $wo`
  void refuse(std::initializer_list<const char*> options, const std::string& why,
              const std::string& hint = {}) const;
  /// Refuses all but one of options that exclude each other.
  void at_most_one(std::initializer_list<const char*> options) const;
  /// Says of `--tokens` that no row has a label, unless words or segments are made of them.
  void remark_idle_tokens() const;

 private:
  const Parsed& parsed_;
  const Format& format_;
  mutable std::vector<std::string> remarks_;
};

/// A subcommand: declares its options, then answers one input after another. Computes nothing
/// itself: it hands its options to one report function.
class Command {
 public:
  virtual ~Command() = default;
  virtual Manual manual() const = 0;
  virtual void declare(OptionTable& options) = 0;
  /// Refuses what can be seen to be wrong from the command line alone. @throws ArgumentError
  virtual void check(const Asked&) const {}
  /// What the rows of the answer have as the options are now, and the numbers under them; nothing
  /// where it has no rows.
  virtual AnswerColumns columns() const { return {}; }
  /// The same for every way to ask, for help and documents.
  virtual std::vector<AnswerColumns> every_columns() const { return {columns()}; }
  virtual void answer(Job& job) = 0;
  /// The option that adds this column to an answer of the same rows, as a hint writes it: `$gini`;
  /// empty where it is always there, or in another answer.
  virtual std::string option_of(const std::string& /*column*/) const { return {}; }
};

using CommandMaker = std::unique_ptr<Command> (*)();

/// Every command, by name; the list is made from the files of app/commands/.
const std::vector<CommandMaker>& command_makers();

}  // namespace attngraph

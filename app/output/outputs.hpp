#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "output/output_plan.hpp"
#include "report/answer/sink.hpp"
#include "writers/output/output.hpp"
#include "writers/writer.hpp"

namespace attngraph {

class ChosenColumns;
class Disk;
class OrderedRows;

/// Where the answer to one input goes: the outputs that the command line names for it, opened as
/// they are needed. All of them appear at commit, or none does.
class Outputs {
 public:
  /// All references must outlive this.
  /// @param joint takes the answer itself where those of several inputs make one; may be null
  Outputs(const OutputPlan& plan, Disk& disk, Messages& messages, std::string input,
          Sink* joint = nullptr);
  ~Outputs();

  /// Takes the answer; `{layer}` and `{head}` make one file of each graph or picture.
  Sink& sink();

  /// Takes what an option such as `--features-out` names; null where it names nothing.
  Sink* further_sink(const std::string& path);

  /// The form of the answer, for commands that have a choice.
  const Format& format() const { return *plan_.format; }

  /// The writer of one file; the same one for the same path.
  /// @param path `-` is standard output
  Writer& writer(const std::string& path, const Format& format);

  /// Completes every output, then makes all of them appear.
  void commit();

 private:
  /// Two results: both, or neither.
  void show_all();

  struct Open {
    std::unique_ptr<Output> output;
    std::unique_ptr<Writer> writer;
  };

  const OutputPlan& plan_;
  /// Only where each input has outputs of its own: a copy names all inputs of a call.
  WriterSettings own_;
  const WriterSettings& settings_;
  Disk& disk_;
  Messages& messages_;
  std::string input_;
  Sink* joint_;
  std::map<std::string, Open> open_;
  std::unique_ptr<Sink> per_graph_;
  /// Between the report and where its answer goes: what is asked of its rows.
  std::unique_ptr<ChosenColumns> chosen_;
  std::unique_ptr<OrderedRows> ordered_;

  /// Where the answer goes as it is.
  Sink& destination();
};

/// Opens an output and compresses what goes into it where its name ends in `.gz`.
std::unique_ptr<Output> opened(Disk& disk, const std::string& path);

/// What an input is called in an answer.
std::string shown_name(const std::string& input);

}  // namespace attngraph

#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common_options.hpp"
#include "console.hpp"
#include "report/sink.hpp"
#include "writers/make_sink.hpp"
#include "writers/output.hpp"

namespace attngraph {

/// Where the answers of one call go: the outputs that the command line names, opened as they are
/// needed. All of them appear at commit, or none does.
class Answer {
 public:
  /// `inputs` are all inputs of the call; `given` its options, for the JSON `parameters`.
  /// @throws ArgumentError where two inputs would write one file, before any work
  Answer(const CommonOptions& common, Format format, const std::string& command,
         std::vector<std::string> inputs,
         const std::vector<std::pair<std::string, std::string>>& given, std::ostream& out,
         Console& console);
  ~Answer();

  /// Takes the answer to `input`. `{stem}` in `-o` stands for the input's name without folder and
  /// ending; `{layer}` and `{head}` make one file of each graph or picture. Several inputs with
  /// one output get a first column `file`.
  Sink& sink_for(const std::string& input);

  /// A further result (`--features-out`), its format by the ending.
  Sink& second_sink(const std::string& path);

  /// Completes every output, then makes all of them appear.
  void commit();

 private:
  const CommonOptions& common_;
  Format format_;
  WriterSettings settings_;
  std::vector<std::string> inputs_;
  std::ostream& out_;
  Console& console_;
  std::vector<std::unique_ptr<Output>> outputs_;
  std::vector<std::unique_ptr<Sink>> sinks_;
  Sink* shared_ = nullptr;

  Sink& open(const std::string& path, Format format);
  Sink& open_for(const std::string& path, const std::string& input);
  bool several() const { return inputs_.size() > 1 && !common_.stack; }

  friend class OneFilePerGraph;
};

}  // namespace attngraph

#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "options/common_options.hpp"
#include "output/console.hpp"
#include "writers/make_sink.hpp"
#include "writers/output/output.hpp"

namespace attngraph {

/// Where the answers of one call go: the outputs that the command line names, opened as they are
/// needed. All of them appear at commit, or none does.
class Answer {
 public:
  /// `inputs` are all inputs of the call; `given` its options, for the JSON `parameters`.
  /// @throws ArgumentError where two inputs would write one file, before any work
  Answer(const CommonOptions& common, Format format, const Manual& manual,
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

  /// The writer of one file; the same one for the same path.
  /// @param path `-` is standard output
  Writer& writer(const std::string& path, Format format);

  /// Completes every output, then makes all of them appear.
  void commit();

 private:
  struct Open {
    std::unique_ptr<Output> output;
    std::unique_ptr<Writer> writer;
  };

  const CommonOptions& common_;
  Format format_;
  WriterSettings settings_;
  std::vector<std::string> inputs_;
  std::ostream& out_;
  Console& console_;
  std::map<std::string, Open> open_;
  std::vector<std::unique_ptr<Sink>> per_graph_;
};

/// The output that `path` names; `-` is standard output.
std::unique_ptr<Output> output_named(const std::string& path, std::ostream& out);

}  // namespace attngraph

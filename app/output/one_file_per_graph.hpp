#pragma once

#include <string>

#include "attention/head_label.hpp"
#include "writers/formats.hpp"
#include "writers/writer.hpp"

namespace attngraph {

class Outputs;

/// Writes every graph or picture to a file of its own, named by a pattern with `{layer}` and
/// `{head}`.
class OneFilePerGraph : public Writer {
 public:
  /// All references must outlive this.
  /// @param input whose name fills `{stem}` and `{dir}` in the pattern, braces in it and all
  OneFilePerGraph(Outputs& outputs, std::string pattern, std::string input, const Format& format,
                  Messages& messages)
      : Writer(format, messages),
        outputs_(outputs),
        pattern_(std::move(pattern)),
        input_(std::move(input)),
        format_(format) {}

  void graph(const Drawing& graph) override;
  void picture(const Picture& picture) override;
  /// The files finish themselves.
  void finish() override {}

 private:
  Outputs& outputs_;
  std::string pattern_;
  std::string input_;
  const Format& format_;

  Sink& sink_of(std::int64_t layer, const HeadLabel& head);
};

}  // namespace attngraph

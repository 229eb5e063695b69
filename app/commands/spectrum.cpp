#include "report/questions/spectrum.hpp"

#include <utility>

#include "command.hpp"
#include "input/job.hpp"
#include "options/graph_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class SpectrumCommand : public Command {
 public:
  Manual manual() const override {
    return {
        "spectrum",
        "How well is each head connected, and how fast does it mix?",
        {{"attngraph spectrum data/minilm/cats/attention.npy --layer 2", "the heads of one layer"},
         {"attngraph spectrum --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
          "--causal yes --laplacian directed --damping 0.99 --csv",
          "of causal heads, a walk that now and then jumps"},
         {"attngraph spectrum data/minilm/cats/attention.npy --layer 2 --eigenvalues -o "
          "spectra.svg",
          "every eigenvalue as curves"}},
        answers::rows_and_pictures,
        InputKind::attention};
  }

  void declare(OptionTable& options) override {
    options.choice("--laplacian", options_.laplacian,
                   {{"normalized", LaplacianKind::normalized},
                    {"combinatorial", LaplacianKind::combinatorial},
                    {"directed", LaplacianKind::directed},
                    {"layers", LaplacianKind::layers}},
                   "of which matrix: both directions together, the walk, or a causal head across "
                   "its layer and the next");
    declare_self_loops(options, options_.self_loops);
    options.flag("--eigenvalues", options_.eigenvalues,
                 "every eigenvalue, in place of numbers about them");
    options.text("--signal", signal_,
                 "how far vectors on the tokens follow the edges: [token, width] for every head, "
                 "or [layer, token, width]",
                 "FILE");
    options.number("--cutoff", options_.cutoff, "with --signal: the share of modes that are high");
    declare_direction(options, options_.direction);
    options.number("--damping", options_.damping,
                   "of the walk: the share of steps that follow an edge; others lead anywhere");
    options.count("--modes", options_.modes,
                  "only so many of the smallest and of the largest eigenvalues, from blocks of "
                  "rows; what needs all is empty");
    options.text("--color-by", options_.color_by, "the column that colours a map of the heads",
                 "COLUMN");
  }

  void check(const Asked& asked) const override {
    check_options(asked_options());
    const bool layers = options_.of_layers();
    asked.at_most_one({"eigenvalues", "signal"});
    if (!asked.gives("signal")) asked.refuse({"cutoff"}, "is about $signal");
    const bool walk =
        options_.of_walk() || (!layers && asked.first_of({"eigenvalues", "signal"}).empty());
    if (!walk) {
      asked.refuse({"direction", "damping"}, "is about the walk, which this answer does not have");
    }
    if (layers || options_.eigenvalues || !is_seen(asked.form())) {
      asked.refuse({"color-by"}, "is about a map of the heads, which this answer is not");
    }
    if (!layers) asked.remark_idle_tokens();
  }

  AnswerColumns columns() const override { return spectrum_columns(asked_options()); }
  std::vector<AnswerColumns> every_columns() const override {
    SpectrumOptions values, signal, layers;
    values.eigenvalues = true;
    layers.laplacian = LaplacianKind::layers;
    signal.has_signal = true;
    return {spectrum_columns({}), asked_by("$eigenvalues", spectrum_columns(values)),
            asked_by("$signal", spectrum_columns(signal)),
            asked_by("$laplacian layers", spectrum_columns(layers))};
  }

  void answer(Job& job) override {
    SpectrumOptions options = asked_options();
    options.signal = job.tensor(signal_);
    StackRequest request = job.request();
    if (options.of_layers()) std::swap(options.shown_layers, request.layers);
    spectrum_report(job.attention(std::move(request)), options, job.sink());
  }

 private:
  std::string signal_;
  SpectrumOptions options_;

  SpectrumOptions asked_options() const {
    SpectrumOptions options = options_;
    options.has_signal = !signal_.empty();
    return options;
  }
};

}  // namespace

std::unique_ptr<Command> spectrum_command() { return std::make_unique<SpectrumCommand>(); }

}  // namespace attngraph

#include "report/questions/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "core/stop.hpp"
#include "core/text/number_text.hpp"
#include "numeric/eigenvalues.hpp"
#include "report/answer/every_head.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/heads/head_colors.hpp"
#include "report/drawn/heads/spectrum_curves.hpp"
#include "report/parts/heads/head_spectra.hpp"
#include "report/parts/heads/layer_spectra.hpp"
#include "report/parts/heads/spectrum_tables.hpp"
#include "report/parts/token_signal.hpp"

namespace attngraph {
namespace {

/// What one head takes.
MemoryNeed need_of(const Attention& attention, const HeadSpectra& spectra) {
  constexpr std::size_t matrices = 12;  // beside each other in a solver, or powers of a walk
  if (spectra.streams()) {
    return attention.need(0, 2 * numbers_per_token + spectra.numbers_of_modes());
  }
  return {attention.limits(),
          {attention.keys(), attention.keys(), matrices * sizeof(double)},
          "the spectrum of one head",
          "$modes K finds a few eigenvalues from blocks of rows"};
}

/// Large heads one after the other where LAPACK keeps all threads busy.
template <typename Work, typename Take>
void each_head(const Attention& attention, const HeadSpectra& spectra, Sink& sink, const Work& work,
               const Take& take) {
  if (spectra.streams() || static_cast<Index>(attention.keys()) < symmetric_rows_for_lapack) {
    return heads_in_order(attention, need_of(attention, spectra), sink, work, take);
  }
  std::size_t done = 0;
  const std::vector<SelectedHead> heads = attention.present();
  for (const auto& [l, h] : heads) {
    check_stop();
    take(l, h, work(l, h));
    sink.progress(++done, heads.size());
  }
}

void say_options(const SpectrumOptions& options, Sink& sink) {
  constexpr const char* names[] = {"normalized", "combinatorial", "directed", "layers"};
  sink.parameter("laplacian", names[static_cast<int>(options.laplacian)]);
  if (options.of_layers()) return;
  if (!options.of_walk()) {
    sink.parameter("self-loops", options.self_loops == SelfLoops::keep ? "keep" : "drop");
  }
  if (options.has_signal) sink.parameter("cutoff", number_text(options.cutoff));
  if ((options.eigenvalues || options.has_signal) && !options.of_walk()) return;
  sink.parameter("direction", std::string(direction_name(options.direction)));
  sink.parameter("damping", number_text(options.damping));
}

/// Rows of all heads, or a map of them.
template <typename Row>
void show(const std::vector<Row>& rows, const Attention& attention, const Table<Row>& table,
          const std::string& color_by, Sink& sink) {
  if (!is_seen(sink.form())) {
    table.begin(sink);
    return table.send(rows, sink);
  }
  const auto& by = color_column(table, color_by, "fiedler, gap");
  Picture picture = head_map(attention, {by.column.name, numbers_of(by.values(rows))});
  picture.title = "Spectra of heads: " + by.column.name;
  picture.details.push_back(by.column.name + ": " + std::string(by.column.about));
  sink.picture(picture);
}

/// What a causal walk always does, and what leaves columns empty.
void note_ends(const std::vector<SpectrumRow>& rows, const Attention& attention,
               const SpectrumOptions& options, Sink& sink) {
  if (options.damping < 1) return;
  const auto several = std::count_if(rows.begin(), rows.end(), [](const SpectrumRow& row) {
    return row.numbers.walk.gap == 0 && std::isnan(row.numbers.walk.entropy_rate);
  });
  const bool ends = std::any_of(rows.begin(), rows.end(), [](const SpectrumRow& row) {
    return row.numbers.walk.entropy_rate == 0;
  });
  if (attention.causal() && attention.keys() > 1 && ends) {
    sink.note(std::string("attention is causal: a walk ends at the ") +
              (options.direction == Direction::attends ? "first" : "last") +
              " token, so entropy_rate is 0; $damping 0.99 lets it go on");
  }
  if (several == 0) return;
  sink.note("where a walk ends depends on where it begins in " + std::to_string(several) + " of " +
            std::to_string(rows.size()) + (rows.size() == 1 ? " head" : " heads") +
            ": gap is 0 there, and mixing, kemeny and entropy_rate are empty; $damping 0.99 joins "
            "what falls apart");
}

void note_modes(const Attention& attention, const HeadSpectra& spectra, Sink& sink) {
  if (!spectra.streams()) return;
  sink.note(std::string("entropy, high, effective_rank, mixing") +
            (attention.causal() ? "" : ", gap, kemeny and entropy_rate") +
            " need more than blocks of rows and stay empty; without $modes they are found");
}

void summary_rows(const Attention& attention, const SpectrumOptions& options, Sink& sink) {
  const HeadSpectra spectra(attention, options);
  std::vector<SpectrumRow> rows;
  each_head(
      attention, spectra, sink,
      [&](std::size_t l, std::size_t h) {
        return std::vector<HeadSpectrum>{spectra.spectrum(l, h)};
      },
      [&](std::size_t l, std::size_t h, const std::vector<HeadSpectrum>& found) {
        rows.push_back({attention.layer_index(l), attention.head_label(h), found.front()});
      });
  const std::string color_by = options.color_by.empty() ? "fiedler" : options.color_by;
  show(rows, attention, spectrum_table(attention.fused()), color_by, sink);
  note_modes(attention, spectra, sink);
  note_ends(rows, attention, options, sink);
}

void signal_rows(const Attention& attention, const SpectrumOptions& options, Sink& sink) {
  const TokenSignal signal(options.signal, attention);
  const HeadSpectra spectra(attention, options);
  std::vector<SignalRow> rows;
  each_head(
      attention, spectra, sink,
      [&](std::size_t l, std::size_t h) {
        return std::vector<SignalNumbers>{spectra.signal(l, h, signal.of(l, h))};
      },
      [&](std::size_t l, std::size_t h, const std::vector<SignalNumbers>& found) {
        rows.push_back({attention.layer_index(l), attention.head_label(h), found.front()});
      });
  const std::string color_by = options.color_by.empty() ? "smoothness" : options.color_by;
  show(rows, attention, signal_table(attention.fused()), color_by, sink);
}

void eigenvalue_rows(const Attention& attention, const SpectrumOptions& options, Sink& sink) {
  const HeadSpectra spectra(attention, options);
  const auto values = [&](std::size_t l, std::size_t h) { return spectra.eigenvalues(l, h); };
  if (!is_seen(sink.form())) {
    const Table<EigenvalueRow> table = eigenvalue_table(attention.fused());
    table.begin(sink);
    return each_head(attention, spectra, sink, values,
                     [&](std::size_t l, std::size_t h, const std::vector<double>& found) {
                       std::vector<EigenvalueRow> rows;
                       for (std::size_t i = 0; i < found.size(); ++i) {
                         rows.push_back({attention.layer_index(l), attention.head_label(h),
                                         spectra.index(i), found[i]});
                       }
                       table.send(rows, sink);
                     });
  }
  SpectrumCurves curves(attention);
  each_head(attention, spectra, sink, values,
            [&](std::size_t l, std::size_t h, const std::vector<double>& found) {
              std::vector<std::size_t> places;
              for (std::size_t i = 0; i < found.size(); ++i) places.push_back(spectra.index(i));
              curves.add(l, h, found, places);
            });
  sink.picture(curves.picture());
}

void check_square(const Attention& attention) {
  if (attention.cross()) {
    throw InputError(attention.source(), "is cross-attention, whose matrix has no spectrum",
                     "ask about parts of both texts by the command segments with $segments");
  }
  if (attention.queries() == attention.keys()) return;
  throw InputError(attention.source(), "has " + std::to_string(attention.queries()) +
                                           " queries and " + std::to_string(attention.keys()) +
                                           " keys, expected as many of each");
}

}  // namespace

void check_options(const SpectrumOptions& options) {
  const auto share = [](double value, const std::string& option) {
    if (value >= 0 && value <= 1) return;
    throw ArgumentError(option, number_text(value) + " is outside 0 to 1");
  };
  share(options.damping, "$damping");
  share(options.cutoff, "$cutoff");
  if (options.self_loops == SelfLoops::drop && (options.of_walk() || options.of_layers())) {
    throw ArgumentError("$self-loops", "drop does not go with this $laplacian, which needs them",
                        "it is for normalized and combinatorial");
  }
  if (options.has_signal && options.of_layers()) {
    throw ArgumentError("$signal", "does not go with $laplacian layers, which has no modes");
  }
  if (options.modes == 0) throw ArgumentError("$modes", "is 0, expected 1 or more");
  if (options.modes && (options.of_walk() || options.of_layers())) {
    throw ArgumentError("$modes", "does not go with this $laplacian",
                        options.of_layers() ? "whose eigenvalues need no solver"
                                            : "it is for normalized and combinatorial");
  }
  if (options.color_by.empty()) return;
  if (options.has_signal) {
    color_column(signal_table(false), options.color_by, "smoothness");
  } else {
    color_column(spectrum_table(false), options.color_by, "fiedler, gap");
  }
}

AnswerColumns spectrum_columns(const SpectrumOptions& options) {
  if (options.of_layers()) return {token_eigenvalue_table(false, Known::yes).schema()};
  if (options.eigenvalues) return {eigenvalue_table(false).schema()};
  AnswerColumns columns{options.has_signal ? signal_table(false).schema()
                                           : spectrum_table(false).schema()};
  columns.together = OrderedTogether::all;
  return columns;
}

void spectrum_report(const Attention& attention, const SpectrumOptions& options, Sink& sink) {
  check_options(options);
  check_square(attention);
  say_options(options, sink);
  if (options.of_layers()) return layer_spectra(attention, options.shown_layers, sink);
  need_of(attention, HeadSpectra(attention, options));  // found before anything is answered
  if (options.has_signal) return signal_rows(attention, options, sink);
  options.eigenvalues ? eigenvalue_rows(attention, options, sink)
                      : summary_rows(attention, options, sink);
}

}  // namespace attngraph

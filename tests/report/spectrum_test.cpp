#include "report/questions/spectrum.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

using doctest::Approx;
using Numbers = std::vector<double>;
using Places = std::vector<std::int64_t>;

Attention one_head(Numbers weights, std::size_t n) {
  return Attention({Tensor::from(std::move(weights), {1, n, n})}, {}, "a.npy");
}

Attention deck() { return one_head({.7, .2, .1, .3, .6, .1, .1, .2, .7}, 3); }

/// Two layers of one head on three tokens, causal.
Attention causal_stack() {
  return Attention({Tensor::from(Numbers{1, 0, 0, .5, .5, 0, .25, .25, .5}, {1, 3, 3}),
                    Tensor::from(Numbers{1, 0, 0, .2, .8, 0, .3, .3, .4}, {1, 3, 3})},
                   {}, "causal.npy");
}

RecordedSink answer(const Attention& attention, const SpectrumOptions& options = {}) {
  RecordedSink sink;
  spectrum_report(attention, options, sink);
  return sink;
}

std::string problem(const Attention& attention, const SpectrumOptions& options = {}) {
  try {
    answer(attention, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

SpectrumOptions with_signal(Numbers numbers, Shape shape) {
  SpectrumOptions options;
  options.has_signal = true;
  options.signal = Tensor::from(std::move(numbers), std::move(shape));
  return options;
}

/// Keeps the picture of a report.
class Gallery : public RecordedSink {
 public:
  Gallery() : RecordedSink(Form::picture) {}
  void picture(const Picture& shown) override { shown_ = shown; }
  Picture shown_;
};

TEST_CASE("spectrum has a row for each head and the promised columns") {
  const RecordedSink sink = answer(deck());
  CHECK(sink.header() ==
        "layer,head,fiedler,largest,ratio,entropy,high,sigma,effective_rank,stable_rank,gap,mixing,"
        "kemeny,entropy_rate,log_self");
  CHECK(sink.reals("fiedler")[0] == Approx(.375095359718));
  CHECK(sink.reals("gap")[0] == Approx(.4));
  CHECK(sink.reals("mixing")[0] == 3);
  CHECK(sink.notes.empty());
}

TEST_CASE("the options choose the Laplacian, and leave what is not of it") {
  SpectrumOptions options;
  options.self_loops = SelfLoops::drop;
  CHECK(answer(deck(), options).reals("fiedler")[0] == Approx(1.3110177635));
  CHECK(answer(deck(), options).reals("sigma")[0] == Approx(1.0052929528));
  CHECK(answer(deck(), options).reals("gap")[0] == Approx(.4));
  options.laplacian = LaplacianKind::combinatorial;
  CHECK(answer(deck(), options).reals("fiedler")[0] == Approx(.367712434447));
  SpectrumOptions back;
  back.laplacian = LaplacianKind::directed;
  back.direction = Direction::informs;
  CHECK(answer(deck(), back).reals("fiedler")[0] == Approx(.363042489446));
  CHECK(answer(deck(), back).reals("gap")[0] == Approx(.371700337869));
}

TEST_CASE("every eigenvalue has a row, and a picture of them a curve for each head") {
  SpectrumOptions options;
  options.eigenvalues = true;
  const RecordedSink sink = answer(deck(), options);
  CHECK(sink.header() == "layer,head,index,value");
  CHECK(sink.integers("index") == Places{0, 1, 2});
  CHECK(sink.reals("value")[0] == 0);
  CHECK(sink.reals("value")[2] == Approx(.621395868352));
  Gallery gallery;
  spectrum_report(deck(), options, gallery);
  const Curves& curves = std::get<Curves>(gallery.shown_.content);
  REQUIRE(curves.curves.size() == 1);
  CHECK(curves.curves[0].name == "L0 H0");
  CHECK(curves.curves[0].x == Numbers{0, .5, 1});
  CHECK(curves.curves[0].y == sink.reals("value"));
  const Attention many({Tensor::from(Numbers(25, 1.0), {25, 1, 1})});
  CHECK_THROWS_AS(spectrum_report(many, options, gallery), LimitError);
}

TEST_CASE("a map shows the column that is asked for") {
  Gallery gallery;
  SpectrumOptions options;
  options.color_by = "gap";
  spectrum_report(deck(), options, gallery);
  const HeatMap& map = std::get<HeatMap>(gallery.shown_.content);
  CHECK(map.value_name == "gap");
  CHECK(map.panels[0].values[0] == Approx(.4));
  options.color_by = "layer";
  CHECK(problem(deck(), options) == "$color-by: layer is no measure, expected a column of numbers");
}

TEST_CASE("a few modes have the index they have among all") {
  Numbers weights;
  for (int i = 0; i < 36; ++i) weights.push_back(1 + (i * 7) % 5);
  const Attention attention = one_head(weights, 6);
  SpectrumOptions all, few;
  all.eigenvalues = few.eigenvalues = true;
  few.modes = 2;
  const RecordedSink whole = answer(attention, all), ends = answer(attention, few);
  CHECK(ends.integers("index") == Places{0, 1, 4, 5});
  for (const std::size_t i : {0, 1, 2, 3}) {
    const auto index = static_cast<std::size_t>(ends.integers("index")[i]);
    CHECK(ends.reals("value")[i] == Approx(whole.reals("value")[index]));
  }
  Gallery gallery;
  spectrum_report(attention, few, gallery);
  CHECK(std::get<Curves>(gallery.shown_.content).curves[0].x == Numbers{0, .2, .8, 1});
  few.modes = 3;  // those are all
  CHECK(answer(attention, few).reals("value") == whole.reals("value"));
}

TEST_CASE("with modes, what needs every eigenvalue is empty, and a note says so") {
  SpectrumOptions options;
  options.modes = 1;
  const Attention attention =
      one_head({.4, .2, .2, .2, .1, .7, .1, .1, .3, .3, .2, .2, .1, .1, .1, .7}, 4);
  const RecordedSink few = answer(attention, options), all = answer(attention);
  for (const char* column : {"fiedler", "largest", "ratio", "sigma", "stable_rank", "log_self"}) {
    CHECK(few.reals(column)[0] == Approx(all.reals(column)[0]));
  }
  for (const char* column : {"entropy", "high", "effective_rank", "mixing"}) {
    CHECK(std::isnan(few.reals(column)[0]));
  }
  REQUIRE(few.notes.size() == 1);
  CHECK(few.notes[0].find("$modes") != std::string::npos);
}

TEST_CASE("a causal walk is said to end, unless it jumps") {
  const RecordedSink sink = answer(causal_stack());
  CHECK(sink.reals("gap")[0] == Approx(.5));
  CHECK(sink.reals("gap")[1] == Approx(.2));
  CHECK(sink.reals("entropy_rate") == Numbers{0, 0});
  REQUIRE(sink.notes.size() == 1);
  CHECK(sink.notes[0].starts_with("attention is causal: a walk ends at the first token"));
  SpectrumOptions options;
  options.direction = Direction::informs;
  CHECK(answer(causal_stack(), options).notes[0].find("the last token") != std::string::npos);
  options.damping = .99;
  CHECK(answer(causal_stack(), options).notes.empty());
}

TEST_CASE("where a walk has several ends, a note counts the heads") {
  const RecordedSink sink = answer(one_head({1, 0, 0, 1}, 2));
  CHECK(sink.reals("gap")[0] == 0);
  CHECK(std::isnan(sink.reals("kemeny")[0]));
  CHECK(
      sink.notes.back().starts_with("where a walk ends depends on where it begins in 1 of 1 head"));
}

TEST_CASE("a directed Laplacian needs a walk that reaches every token") {
  SpectrumOptions options;
  options.laplacian = LaplacianKind::directed;
  CHECK(problem(causal_stack(), options) ==
        "causal.npy: layer 0, head 0: a walk leaves token 1 for good, which leaves no directed "
        "Laplacian");
  CHECK(problem(one_head({1, 0, 0, 1}, 2), options).find("where a walk ends depends") !=
        std::string::npos);
  options.damping = .99;
  CHECK(problem(causal_stack(), options).empty());
}

TEST_CASE("across layers, all layers of the file count, and those chosen are shown") {
  SpectrumOptions options;
  options.laplacian = LaplacianKind::layers;
  const RecordedSink all = answer(causal_stack(), options);
  CHECK(all.header() == "layer,head,index,value");
  CHECK(all.integers("layer") == Places{0, 0, 0, 1, 1, 1});
  CHECK(all.integers("index") == Places{0, 1, 2, 0, 1, 2});
  options.shown_layers = IndexList::parse("1", "$layer");
  const RecordedSink last = answer(causal_stack(), options);
  CHECK(last.reals("value") == Numbers(all.reals("value").begin() + 3, all.reals("value").end()));
  CHECK(problem(deck(), options) ==
        "a.npy: is not causal, which a Laplacian of layers needs to be triangular");
  CHECK(problem(one_head({1, 0, .5, .5}, 2), options) ==
        "a.npy: has one layer, expected two or more");
}

TEST_CASE("a signal is for every head, for each layer, or for each head") {
  const RecordedSink sink = answer(deck(), with_signal({1, 2, 3}, {3, 1}));
  CHECK(sink.header() == "layer,head,energy,smoothness,signal_entropy,signal_high");
  const double energy = sink.reals("energy")[0];
  CHECK(answer(deck(), with_signal({1, 2, 3}, {1, 3, 1})).reals("energy")[0] == energy);
  CHECK(answer(deck(), with_signal({1, 2, 3}, {1, 1, 3, 1})).reals("energy")[0] == energy);
  const RecordedSink layers = answer(causal_stack(), with_signal({1, 2, 3, 2, 4, 6}, {2, 3, 1}));
  CHECK(layers.reals("energy")[1] ==
        Approx(4 * answer(causal_stack(), with_signal({1, 2, 3}, {3, 1})).reals("energy")[1]));
}

TEST_CASE("with modes a signal has its energy and smoothness") {
  SpectrumOptions options = with_signal({1, 2, 3, 5}, {4, 1});
  const Attention attention =
      one_head({.4, .2, .2, .2, .1, .7, .1, .1, .3, .3, .2, .2, .1, .1, .1, .7}, 4);
  const RecordedSink all = answer(attention, options);
  options.modes = 1;
  const RecordedSink few = answer(attention, options);
  CHECK(few.reals("energy")[0] == Approx(all.reals("energy")[0]));
  CHECK(few.reals("smoothness")[0] == Approx(all.reals("smoothness")[0]));
  CHECK(std::isnan(few.reals("signal_high")[0]));
}

TEST_CASE("a signal of another shape is refused, and the embeddings of a model explained") {
  CHECK(problem(deck(), with_signal({1, 2}, {2, 1})) ==
        "$signal: has shape [2, 1], expected [3, width], [1, 3, width] or [1, 1, 3, width]");
  CHECK(problem(deck(), with_signal({1, NAN, 3}, {3, 1})).starts_with("$signal"));
  CHECK(problem(deck(), with_signal({1, 1e160, 3}, {3, 1})) ==
        "$signal: holds numbers so large that the sum of their squares overflows");
  try {
    answer(causal_stack(), with_signal(Numbers(9, 1.0), {3, 3, 1}));
    FAIL("three layers of a signal for two of attention");
  } catch (const InputError& error) {
    CHECK(error.hint().starts_with("hidden states begin with the embeddings"));
  }
}

TEST_CASE("tokens that are left out take their row of the signal with them") {
  Attention attention = deck();
  Grouping left{{0, -1, 1}, {"x", "z"}};
  attention.set_merged({left, left});
  const RecordedSink sink = answer(attention, with_signal({1, 9, 3}, {3, 1}));
  CHECK(sink.reals("energy")[0] ==
        answer(one_head({.7, .1, .1, .7}, 2), with_signal({1, 3}, {2, 1})).reals("energy")[0]);
  Attention together = deck();
  Grouping words{{0, 0, 1}, {"x", "z"}};
  together.set_merged({words, words});
  CHECK(problem(together, with_signal({1, 2, 3}, {3, 1})) ==
        "$signal: has a row for each token, and tokens are put together");
  const Attention fused = deck().selected({0}, {0}, Fuse::mean);
  CHECK(problem(fused, with_signal({1, 2, 3}, {1, 1, 3, 1})) ==
        "$fuse: leaves no single heads, which a signal with heads needs");
}

TEST_CASE("cross-attention and matrices that are not square have no spectrum") {
  Attention cross = deck();
  cross.set_sides(Sides::cross, {});
  CHECK(problem(cross) == "a.npy: is cross-attention, whose matrix has no spectrum");
  Attention last({Tensor::from(Numbers{.5, .5, 0, .2, .3, .5}, {1, 2, 3})}, {}, "b.npy");
  last.set_sides(Sides::self, {});
  CHECK(problem(last) == "b.npy: has 2 queries and 3 keys, expected as many of each");
}

TEST_CASE("options outside their bounds, and without effect, are refused") {
  const auto refused = [](const auto& set) {
    SpectrumOptions options;
    set(options);
    return problem(deck(), options);
  };
  CHECK(refused([](auto& o) { o.damping = 1.5; }) == "$damping: 1.5 is outside 0 to 1");
  CHECK(refused([](auto& o) { o.cutoff = -1; }) == "$cutoff: -1 is outside 0 to 1");
  CHECK(refused([](auto& o) { o.modes = 0; }) == "$modes: is 0, expected 1 or more");
  const auto of = [&](LaplacianKind kind, const auto& set) {
    return refused([&](auto& o) {
      o.laplacian = kind;
      set(o);
    });
  };
  for (const LaplacianKind kind : {LaplacianKind::directed, LaplacianKind::layers}) {
    CHECK(of(kind, [](auto& o) { o.self_loops = SelfLoops::drop; }) ==
          "$self-loops: drop does not go with this $laplacian, which needs them");
    CHECK(of(kind, [](auto& o) { o.modes = 2; }) == "$modes: does not go with this $laplacian");
  }
  CHECK(of(LaplacianKind::layers, [](auto& o) { o.has_signal = true; }) ==
        "$signal: does not go with $laplacian layers, which has no modes");
}

TEST_CASE("a head that is too large for a solver is refused, with what needs less") {
  SpectrumOptions options;
  Attention large = deck();
  large.set_limits({.memory = 100});
  try {
    answer(large, options);
    FAIL("more than 100 bytes");
  } catch (const LimitError& error) {
    CHECK(error.hint().starts_with("$modes K"));
  }
  options.modes = 1;
  Attention four = one_head({.4, .2, .2, .2, .1, .7, .1, .1, .3, .3, .2, .2, .1, .1, .1, .7}, 4);
  CHECK(problem(four, options).empty());
  four.set_limits({.memory = 100});
  CHECK_THROWS_WITH_AS(answer(four, options), doctest::Contains("the answer about 4 tokens"),
                       LimitError);
}

}  // namespace
}  // namespace attngraph

#include "report/drawn/heads/sparsify_curves.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "core/memory_need.hpp"
#include "core/ordered.hpp"
#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/heads/head_map.hpp"

namespace attngraph {
namespace {

constexpr std::size_t points = 20;

/// Options with one criterion at many values, which one is asked about, and how it is called.
struct Sweep {
  std::string name;
  std::vector<SparsifyOptions> options;
  std::size_t asked = 0;

  /// Adds `base` with each of the values and that one, from the smallest on.
  void add(const std::vector<double>& values, double asked_value,
           const std::function<void(SparsifyOptions&, double)>& set, const SparsifyOptions& base) {
    std::vector<double> all = values;
    all.push_back(asked_value);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const double value : all) {
      if (value == asked_value) asked = options.size();
      options.push_back(base);
      set(options.back(), value);
    }
  }
};

/// Values from `first` to `last`, each so many times the one before.
std::vector<double> geometric(double first, double last) {
  std::vector<double> values;
  for (std::size_t i = 0; i < points; ++i) {
    const double share = static_cast<double>(i) / (points - 1);
    values.push_back(first * std::pow(last / first, share));
  }
  return values;
}

std::vector<double> shares() {
  std::vector<double> values;
  for (std::size_t i = 1; i <= points; ++i) values.push_back(static_cast<double>(i) / points);
  return values;
}

std::vector<double> counts(std::size_t keys) {
  std::vector<double> values;
  for (const double value : geometric(1, static_cast<double>(keys))) {
    values.push_back(std::round(value));
  }
  return values;
}

/// One of the patterns in many sizes.
void add_pattern(const SparsifyOptions& base, std::size_t keys, Sweep& sweep) {
  const auto whole = [](double value) { return static_cast<std::size_t>(value); };
  const PatternCriteria& pattern = base.pattern;
  if (pattern.blocks) {
    sweep.name = "share of a row of blocks";
    sweep.add(
        shares(), pattern.blocks->mass,
        [](SparsifyOptions& o, double p) { o.pattern.blocks->mass = p; }, base);
  } else if (pattern.columns_or_diagonals()) {
    sweep.name = "columns and diagonals";
    const auto asked = static_cast<double>(pattern.vertical ? *pattern.vertical : *pattern.slash);
    sweep.add(
        counts(keys), asked,
        [whole, asked](SparsifyOptions& o, double n) {
          const double slashes = o.pattern.slash ? static_cast<double>(*o.pattern.slash) : 0;
          if (o.pattern.vertical) o.pattern.vertical = whole(n);
          if (o.pattern.slash) o.pattern.slash = std::max(1UL, whole(slashes * n / asked));
        },
        base);
  } else {
    sweep.name = "window";
    sweep.add(
        counts(keys), static_cast<double>(pattern.stream->window),
        [whole](SparsifyOptions& o, double n) { o.pattern.stream->window = whole(n); }, base);
  }
}

Sweep sweep_of(const SparsifyOptions& base, std::size_t keys) {
  Sweep sweep;
  if (base.row.top_k) {
    sweep.name = "largest of a row";
    sweep.add(
        counts(keys), static_cast<double>(*base.row.top_k),
        [](SparsifyOptions& o, double k) { o.row.top_k = static_cast<std::size_t>(k); }, base);
  } else if (base.row.top_p) {
    sweep.name = "share of a row's sum";
    sweep.add(
        shares(), *base.row.top_p, [](SparsifyOptions& o, double p) { o.row.top_p = p; }, base);
  } else if (base.keep_ratio) {
    sweep.name = "share of all weights";
    sweep.add(
        shares(), *base.keep_ratio, [](SparsifyOptions& o, double p) { o.keep_ratio = p; }, base);
  } else if (base.row.disparity) {
    sweep.name = "disparity";
    sweep.add(
        geometric(1e-4, 0.9), *base.row.disparity,
        [](SparsifyOptions& o, double a) { o.row.disparity = a; }, base);
  } else if (!base.row.threshold && base.pattern.any()) {
    add_pattern(base, keys, sweep);
  } else {
    sweep.name = "threshold";
    sweep.add(
        geometric(1e-4, 0.9), base.row.threshold.value_or(0),
        [](SparsifyOptions& o, double t) { o.row.threshold = t; }, base);
    if (!base.row.threshold) sweep.options = {base};
  }
  return sweep;
}

/// Share of the weights that are kept and of their mass that is lost.
struct Point {
  double kept = 0;
  double lost = 0;
};

std::vector<Point> points_of(const Attention& attention, std::size_t l, std::size_t h,
                             const Sweep& sweep) {
  const Matrix weights = attention.head(l, h);
  const auto causality = attention.causal() ? Causality::causal : Causality::bidirectional;
  std::vector<Point> found;
  for (const SparsifyOptions& options : sweep.options) {
    Matrix left = weights;
    const SparsifyLoss loss = sparsify(left, options, causality, attention.seen_keys());
    const auto entries = static_cast<double>(std::max<std::size_t>(1, loss.entries()));
    const double mass = loss.mass_mean();
    found.push_back({static_cast<double>(loss.kept()) / entries, std::isnan(mass) ? 0 : 1 - mass});
  }
  return found;
}

/// The mean of a layer's heads, from few kept weights to many.
ShareCurve curve_of(std::string name, const std::vector<Point>& sums, std::size_t heads,
                    std::size_t asked) {
  std::vector<std::pair<Point, bool>> mean;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const auto count = static_cast<double>(heads);
    mean.push_back({{sums[i].kept / count, sums[i].lost / count}, i == asked});
  }
  std::stable_sort(mean.begin(), mean.end(),
                   [](const auto& a, const auto& b) { return a.first.kept < b.first.kept; });
  ShareCurve curve{std::move(name), {}, {}, 0};
  for (const auto& [point, is_asked] : mean) {
    curve.x.push_back(point.kept);
    curve.y.push_back(point.lost);
    if (is_asked) curve.marked = curve.x.size();
  }
  return curve;
}

}  // namespace

void sparsify_curves(const Attention& attention, const SparsifyOptions& options, Sink& sink) {
  constexpr std::size_t matrices = 3;  // the head, what is left of it, and its weights in order
  const MemoryNeed need =
      attention.need(matrices, numbers_per_token, "without a picture, a block of rows is enough");
  const Sweep sweep = sweep_of(options, attention.keys());
  Curves curves{"share of weights kept", "share of attention lost", {}};
  std::vector<Point> sums(sweep.options.size());
  const std::vector<SelectedHead> heads = attention.present();
  std::size_t of_layer = 0;
  ordered(
      heads.size(), Workers::threads, need,
      [&](std::size_t i) { return points_of(attention, heads[i].l, heads[i].h, sweep); },
      [&](std::size_t i, const std::vector<Point>& of_head) {
        for (std::size_t p = 0; p < sums.size(); ++p) {
          sums[p].kept += of_head[p].kept;
          sums[p].lost += of_head[p].lost;
        }
        sink.progress(i + 1, heads.size());
        ++of_layer;
        const bool more = i + 1 < heads.size() && heads[i + 1].l == heads[i].l;
        if (more) return;
        const std::string name = "layer " + number_text(attention.layer_index(heads[i].l));
        curves.curves.push_back(curve_of(name, sums, of_layer, sweep.asked));
        std::fill(sums.begin(), sums.end(), Point{});
        of_layer = 0;
      });
  Picture picture;
  picture.title = "what sparsifying loses";
  picture.details = {"points: " + sweep.name, "dot: what is asked for", mean_over_heads(attention)};
  picture.content = std::move(curves);
  sink.picture(picture);
}

}  // namespace attngraph

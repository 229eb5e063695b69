#include "report/questions/heatmap.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/patch_row.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_cells = 100'000'000;
constexpr std::size_t most_numbers = 64;

std::string head_text(const HeadLabel& head) {
  if (const auto* fused = std::get_if<std::string>(&head)) return *fused + " of heads";
  return "head " + std::to_string(std::get<std::int64_t>(head));
}

std::string layer_text(const Attention& stack, std::size_t l) {
  return "layer " + std::to_string(stack.layer_index(l));
}

std::string count_text(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Layers and heads of one picture: so many of each, from the first on, and those of these heads
/// that there are.
struct Range {
  std::size_t first_layer = 0;
  std::size_t layers = 1;
  std::size_t first_head = 0;
  std::size_t heads = 1;
  std::vector<SelectedHead> present = {};

  bool is_table() const { return layers > 1 && heads > 1 && present.size() == layers * heads; }
};

class PictureSeries {
 public:
  PictureSeries(const Attention& stack, const HeatmapOptions& options, Sink& sink)
      : stack_(stack), options_(options), sink_(sink), count_(stack.present().size()) {
    if (!options.target.empty()) choose_target();
    annotate_ = options.annotate && std::max(stack.queries(), stack.keys()) <= most_numbers;
    if (options.annotate && !annotate_) {
      sink.note("numbers are left out of pictures of more than " + std::to_string(most_numbers) +
                " tokens");
    }
  }

  /// Of a range that has some of its heads.
  void picture(Range range) {
    for (std::size_t l = range.first_layer; l < range.first_layer + range.layers; ++l) {
      for (std::size_t h = range.first_head; h < range.first_head + range.heads; ++h) {
        if (stack_.has(l, h)) range.present.push_back({l, h});
      }
    }
    if (range.present.empty()) return;
    HeatMap map = empty_map();
    check_size(map, range);
    set_grid(map, range);
    for (const auto& [l, h] : range.present) {
      map.panels.push_back(panel_of(l, h, panel_title(l, h, range)));
      sink_.progress(++done_, count_);
    }
    const double percentile = percentile_of(map);
    fit_range(map, percentile);
    Picture picture;
    picture.title = title_of(range);
    picture.layer = stack_.layer_index(range.present.front().l);
    picture.head = stack_.head_label(range.present.front().h);
    if (!patches_) picture.details.push_back("a row shows what one query attends to");
    tell_percentile(picture, map, percentile, "weights");
    picture.content = std::move(map);
    sink_.picture(picture);
  }

 private:
  const Attention& stack_;
  const HeatmapOptions& options_;
  Sink& sink_;
  std::size_t count_;
  bool annotate_ = false;
  /// Set where one query is asked about.
  std::optional<PatchRow> patches_;
  std::size_t target_ = 0;
  std::size_t done_ = 0;

  void choose_target() {
    target_ = token_choice(options_.target, stack_.query_labels(), "$target");
    patches_.emplace(stack_.keys(), stack_.key_labels(), options_.patches, sink_);
  }

  HeatMap empty_map() const {
    HeatMap map;
    map.rows = stack_.queries();
    map.columns = stack_.keys();
    if (!stack_.tokens().empty()) {
      map.row_labels = stack_.query_labels();
      map.column_labels = stack_.key_labels();
    }
    map.scale = options_.color_scale;
    map.color_map = options_.color_map;
    map.annotate = annotate_;
    if (patches_) patches_->frame(map);
    return map;
  }

  static void check_size(const HeatMap& map, const Range& range) {
    const auto cells =
        checked_product(std::vector<std::size_t>{range.present.size(), map.rows, map.columns});
    if (cells && *cells <= most_cells) return;
    throw LimitError("", "one picture of all these heads has over 100 million cells",
                     "choose some with $layer and $head, fuse them with $fuse mean, or make "
                     "a file of each with {layer} and {head} in $out");
  }

  void set_grid(HeatMap& map, const Range& range) const {
    map.panels_per_row = range.is_table() ? range.heads : near_square(range.present.size());
    if (!range.is_table()) return;
    for (std::size_t l = 0; l < range.layers; ++l) {
      map.grid_rows.push_back(layer_text(stack_, range.first_layer + l));
    }
    for (std::size_t h = 0; h < range.heads; ++h) {
      map.grid_columns.push_back(head_text(stack_.head_label(range.first_head + h)));
    }
  }

  /// What all panels have in common; of a single one nothing, its own title says it.
  std::string title_of(const Range& range) const {
    std::string title;
    if (range.layers > 1 && range.heads > 1 && !range.is_table()) {
      title = count_text(range.present.size(), "head");
    } else if (range.is_table()) {
      title = count_text(range.layers, "layer") + " of " + count_text(range.heads, "head");
    } else if (range.heads > 1) {
      title = layer_text(stack_, range.first_layer);
    } else if (range.layers > 1) {
      title = head_text(stack_.head_label(range.first_head));
    }
    if (!patches_) return title;
    const std::string label = stack_.query_labels()[target_];
    const std::string target = (stack_.tokens().empty() ? "token " : "") + label + " attends to";
    return target + (title.empty() ? "" : ", " + title);
  }

  std::string panel_title(std::size_t l, std::size_t h, const Range& range) const {
    const std::string head = head_text(stack_.head_label(h)), layer = layer_text(stack_, l);
    const bool same_layer = range.layers == 1, same_head = range.heads == 1;
    if (same_layer == same_head) return layer + ", " + head;
    return same_layer ? head : layer;
  }

  double percentile_of(const HeatMap& map) const {
    if (options_.percentile) return *options_.percentile;
    return patches_ || map.scale == ColorScale::logarithmic ? 100 : usual_percentile(map);
  }

  Panel panel_of(std::size_t l, std::size_t h, std::string title) const {
    const Matrix weights = stack_.head(l, h);
    if (patches_) {
      const auto query = static_cast<Index>(target_);
      return patches_->panel(std::move(title), {weights.row(query).data(), stack_.keys()});
    }
    Panel panel;
    panel.title = std::move(title);
    panel.values.resize(static_cast<std::size_t>(weights.size()));
    std::transform(weights.data(), weights.data() + weights.size(), panel.values.begin(),
                   [](double weight) { return static_cast<float>(weight); });
    if (stack_.causal()) mask_ahead(panel);
    if (options_.sums) {
      const Vector sums = weights.colwise().sum().transpose();
      panel.column_sums.assign(sums.data(), sums.data() + sums.size());
    }
    return panel;
  }

  /// Zeros ahead of the query are not weights.
  void mask_ahead(Panel& panel) const {
    const std::size_t keys = stack_.keys(), queries = stack_.queries();
    for (std::size_t q = 0; q < queries; ++q) {
      for (std::size_t k = q + 1 + keys - std::min(keys, queries); k < keys; ++k) {
        float& value = panel.values[q * keys + k];
        if (value == 0) value = std::numeric_limits<float>::quiet_NaN();
      }
    }
  }
};

}  // namespace

void check_options(const HeatmapOptions& options) {
  if (!options.percentile || (*options.percentile > 0 && *options.percentile <= 100)) return;
  throw ArgumentError("$clip", "is " + number_text(*options.percentile) +
                                   ", expected a percentile above 0 and up to 100");
}

void heatmap_report(const Attention& stack, const HeatmapOptions& options, Sink& sink) {
  PictureSeries series(stack, options, sink);
  const std::size_t layers = stack.layers();
  const std::size_t heads = stack.heads();
  if (options.scope == PictureScope::stack) return series.picture({0, layers, 0, heads});
  for (std::size_t l = 0; l < layers; ++l) {
    if (options.scope == PictureScope::layer) {
      series.picture({l, 1, 0, heads});
    } else {
      for (std::size_t h = 0; h < heads; ++h) series.picture({l, 1, h, 1});
    }
  }
}

}  // namespace attngraph

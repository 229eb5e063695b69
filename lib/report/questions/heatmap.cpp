#include "report/questions/heatmap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "attention/attention.hpp"
#include "core/checked.hpp"
#include "core/error.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_cells = 100'000'000;
constexpr std::size_t most_numbers = 64;
constexpr double widest_logarithmic_scale = 1e-5;

std::string head_text(const HeadLabel& head) {
  if (const auto* fused = std::get_if<std::string>(&head)) return *fused + " of heads";
  return "head " + std::to_string(std::get<std::int64_t>(head));
}

std::string layer_text(const Attention& stack, std::size_t l) {
  return "layer " + std::to_string(stack.layer_index(l));
}

Picture empty_picture(const Attention& stack, const HeatmapOptions& options, bool annotate) {
  Picture picture;
  picture.rows = stack.queries();
  picture.columns = stack.keys();
  if (!stack.tokens().empty()) {
    picture.row_labels = stack.query_labels();
    picture.column_labels = stack.key_labels();
  }
  picture.scale = options.color_scale;
  picture.color_map = options.color_map;
  picture.width = options.width;
  picture.annotate = annotate;
  return picture;
}

/// Both ends of the colour scale by the values that are there.
void set_range(Picture& picture) {
  float largest = 0;
  float smallest = std::numeric_limits<float>::infinity();
  for (const auto& panel : picture.panels) {
    for (const float value : panel.values) {
      largest = std::max(largest, value);
      if (value > 0) smallest = std::min(smallest, value);
    }
  }
  picture.low = 0;
  picture.high = largest > 0 ? static_cast<double>(largest) : 1;
  if (picture.scale == ColorScale::linear) return;
  const double low =
      std::max(static_cast<double>(smallest), widest_logarithmic_scale * picture.high);
  picture.low = largest > 0 ? std::pow(10.0, std::floor(std::log10(low))) : 0.1;
}

class PictureSeries {
 public:
  PictureSeries(const Attention& stack, const HeatmapOptions& options, Sink& sink)
      : stack_(stack), options_(options), sink_(sink) {
    annotate_ = options.annotate && std::max(stack.queries(), stack.keys()) <= most_numbers;
    if (options.annotate && !annotate_) {
      sink.note("numbers are left out of pictures of more than " + std::to_string(most_numbers) +
                " tokens");
    }
  }

  /// Layers from `first_layer` and heads from `first_head`, so many of each.
  void picture(std::size_t first_layer, std::size_t layers, std::size_t first_head,
               std::size_t heads) {
    Picture picture = empty_picture(stack_, options_, annotate_);
    const auto cells =
        checked_product(std::vector<std::size_t>{layers, heads, picture.rows, picture.columns});
    if (!cells || *cells > most_cells) {
      throw LimitError("", "one picture of all these heads has over 100 million cells",
                       "choose some with $layer and $head, fuse them with $fuse mean, or make "
                       "a file of each with {layer} and {head} in $out");
    }
    picture.layer = stack_.layer_index(first_layer);
    picture.head = stack_.head_label(first_head);
    const bool one_layer = layers == 1;
    if (one_layer && heads > 1) picture.title = layer_text(stack_, first_layer);
    picture.panels_per_row = one_layer ? near_square(heads) : heads;
    for (std::size_t l = first_layer; l < first_layer + layers; ++l) {
      for (std::size_t h = first_head; h < first_head + heads; ++h) {
        const std::string head = head_text(stack_.head_label(h));
        const bool in_title = one_layer && heads > 1;
        add_panel(picture, l, h, in_title ? head : layer_text(stack_, l) + ", " + head);
      }
    }
    set_range(picture);
    sink_.picture(picture);
  }

 private:
  const Attention& stack_;
  const HeatmapOptions& options_;
  Sink& sink_;
  bool annotate_ = false;
  std::size_t done_ = 0;

  static std::size_t near_square(std::size_t count) {
    return static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  }

  void add_panel(Picture& picture, std::size_t l, std::size_t h, std::string title) {
    const Matrix weights = stack_.head(l, h);
    Panel panel;
    panel.title = std::move(title);
    panel.values.resize(static_cast<std::size_t>(weights.size()));
    std::transform(weights.data(), weights.data() + weights.size(), panel.values.begin(),
                   [](double weight) { return static_cast<float>(weight); });
    picture.panels.push_back(std::move(panel));
    sink_.progress(++done_, stack_.layers() * stack_.heads());
  }
};

}  // namespace

void heatmap_report(const Attention& stack, const HeatmapOptions& options, Sink& sink) {
  PictureSeries series(stack, options, sink);
  const std::size_t layers = stack.layers();
  const std::size_t heads = stack.heads();
  if (options.scope == PictureScope::stack) return series.picture(0, layers, 0, heads);
  for (std::size_t l = 0; l < layers; ++l) {
    if (options.scope == PictureScope::layer) {
      series.picture(l, 1, 0, heads);
    } else {
      for (std::size_t h = 0; h < heads; ++h) series.picture(l, 1, h, 1);
    }
  }
}

}  // namespace attngraph

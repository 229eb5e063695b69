#include "report/questions/heatmap.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "attention/attention.hpp"
#include "core/checked.hpp"
#include "core/error.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/patch_row.hpp"
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
  picture.annotate = annotate;
  return picture;
}

class PictureSeries {
 public:
  PictureSeries(const Attention& stack, const HeatmapOptions& options, Sink& sink)
      : stack_(stack), options_(options), sink_(sink) {
    if (!options.target.empty()) choose_target();
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
    if (patches_) patches_->frame(picture);
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
    if (patches_) {
      const std::string label = stack_.query_labels()[target_];
      const std::string target = (stack_.tokens().empty() ? "token " : "") + label + " attends to";
      picture.title = target + (picture.title.empty() ? "" : ", " + picture.title);
    }
    picture.panels_per_row = one_layer ? near_square(heads) : heads;
    for (std::size_t l = first_layer; l < first_layer + layers; ++l) {
      for (std::size_t h = first_head; h < first_head + heads; ++h) {
        const std::string head = head_text(stack_.head_label(h));
        const bool in_title = one_layer && heads > 1;
        add_panel(picture, l, h, in_title ? head : layer_text(stack_, l) + ", " + head);
      }
    }
    fit_range(picture);
    sink_.picture(picture);
  }

 private:
  const Attention& stack_;
  const HeatmapOptions& options_;
  Sink& sink_;
  bool annotate_ = false;
  /// Set where one query is asked about.
  std::optional<PatchRow> patches_;
  std::size_t target_ = 0;
  std::size_t done_ = 0;

  static std::size_t near_square(std::size_t count) {
    return static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  }

  void choose_target() {
    target_ = token_choice(options_.target, stack_.query_labels(), "$target");
    patches_.emplace(stack_.keys(), stack_.key_labels(), options_.grid, sink_);
  }

  Panel panel_of(const Matrix& weights, std::string title) const {
    if (patches_) {
      const auto query = static_cast<Index>(target_);
      return patches_->panel(std::move(title), {weights.row(query).data(), stack_.keys()});
    }
    Panel panel;
    panel.title = std::move(title);
    panel.values.resize(static_cast<std::size_t>(weights.size()));
    std::transform(weights.data(), weights.data() + weights.size(), panel.values.begin(),
                   [](double weight) { return static_cast<float>(weight); });
    return panel;
  }

  void add_panel(Picture& picture, std::size_t l, std::size_t h, std::string title) {
    picture.panels.push_back(panel_of(stack_.head(l, h), std::move(title)));
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

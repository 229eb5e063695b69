#include "report/questions/heatmap.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/options.hpp"
#include "options/patch_options.hpp"
#include "output/placeholders.hpp"

namespace attngraph {
namespace {

class HeatmapCommand : public Command {
 public:
  Manual manual() const override {
    return {"heatmap",
            "The attention matrix as a picture: in the terminal, SVG, PNG or PDF.",
            {{"attngraph heatmap data/minilm/cats/attention.npy --layer 0 --head 3",
              "one head, in the terminal"},
             {"attngraph heatmap data/small/digits/attention.npy --layer 3 --head 0 --target 0",
              "what [CLS] attends to, over the patches of the image"},
             {"attngraph heatmap data/minilm/cats/attention.npy --fuse mean --log -o "
              "'layer-{layer}.png'",
              "a file for each layer, its heads averaged, on a logarithmic scale"}},
            answers::pictures};
  }

  void declare(OptionTable& options) override {
    options.choice("--colormap", options_.color_map,
                   {{"viridis", std::string("viridis")},
                    {"cividis", std::string("cividis")},
                    {"gray", std::string("gray")}},
                   "colours from small to large; all are safe for colour-blind readers");
    options.flag("--log", logarithmic_, "logarithmic colour scale");
    options.number("--clip", options_.percentile,
                   "the colours end at this percentile of the weights above 0 (default: 99 for 60 "
                   "tokens or more, else 100)");
    options.flag("--sums", options_.sums, "bars above the columns: how much each key receives");
    options.flag("--annotate", options_.annotate, "write numbers into the cells");
    options.text("--target", options_.target,
                 "what this token attends to, as a picture over the patches of an image", "TOKEN");
    patches_.declare(options);
  }

  void check(const Asked& asked) const override {
    check_options(options_);
    if (!options_.target.empty()) {
      asked.refuse({"sums"}, "is about the keys of a matrix, $target asks for one row");
    } else {
      asked.refuse({"grid", "prefix", "image"},
                   "is about one token's row over the patches of an image",
                   "name the token with $target, such as $target 0");
    }
  }

  void answer(Job& job) override {
    if (logarithmic_) options_.color_scale = ColorScale::logarithmic;
    const std::string& out = job.common().output.out;
    if (job.form() == Form::rows || has_placeholder(out, "head")) {
      options_.scope = PictureScope::head;
    } else if (has_placeholder(out, "layer")) {
      options_.scope = PictureScope::layer;
    }
    options_.patches = patches_.picture(job.common().limits);
    heatmap_report(job.attention(), options_, job.sink());
  }

 private:
  HeatmapOptions options_;
  PatchOptions patches_;
  bool logarithmic_ = false;
};

}  // namespace

std::unique_ptr<Command> heatmap_command() { return std::make_unique<HeatmapCommand>(); }

}  // namespace attngraph

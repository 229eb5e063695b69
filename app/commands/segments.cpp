#include "report/questions/segments.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class SegmentsCommand : public Command {
 public:
  Manual manual() const override {
    return {"segments",
            "How much do the parts of the text attend to each other?",
            {{"attngraph segments data/minilm/cats/attention.npy --segments "
              "cat:0-8,night:9-16 --layer 2 --head 5",
              "two named parts of a sentence"},
             {"attngraph segments data/small/gpt/attention.npy --layer 1 --head 0 --lookback 24",
              "how much each later token looks back at the first 24"},
             {"attngraph segments --query data/small/gpt/query.npy --key "
              "data/small/gpt/key.npy --causal yes --segments "
              "0-7,8-15,16-23,24-31,32-39,40-47 --receiver 2 --csv",
              "which heads have a few parts that all look back at"}},
            answers::rows_and_pictures,
            InputKind::attention,
            {.row_sums = RowSums::one, .segments = SegmentsUse::names}};
  }

  void declare(OptionTable& options) override {
    options.flag("--sentences", options_.parts.sentences,
                 "part the text into sentences s0, s1, …, by its tokens");
    options.list(
        "--from", "NAMES", "", [this](const std::string& text) { options_.from = text; },
        "only what these segments attend to");
    options.list(
        "--to", "NAMES", "", [this](const std::string& text) { options_.to = text; },
        "only what is attended to in these segments");
    options.text("--lookback", options_.lookback,
                 "the lookback ratio of every query from this token on, in place of masses",
                 "TOKEN");
    options.count("--receiver", options_.receiver_gap,
                  "how unevenly segments receive attention from those so many behind them");
    options.flag("--vertical", options_.vertical, "with --receiver: what each segment receives");
  }

  void check(const Asked& asked) const override {
    asked.at_most_one({"segments", "sentences", "lookback"});
    asked.at_most_one({"receiver", "lookback"});
    if (asked.first_of({"segments", "sentences", "lookback"}).empty()) {
      throw ArgumentError("", "no segments are named",
                          "name ranges of tokens with $segments, such as $segments "
                          "system:0-5,question:6-20, or ask for $sentences");
    }
    if (!asked.gives("receiver")) asked.refuse({"vertical"}, "goes with $receiver");
    if (asked.gives("lookback") || asked.gives("receiver")) {
      asked.refuse({"from", "to"}, "chooses rows of the block matrix, which is not asked for");
      if (is_seen(asked.form())) {
        asked.refuse({"lookback", "receiver"}, "gives rows, not a picture");
      }
    }
    const bool no_labels =
        asked.first_of({"sentences", "lookback", "words", "drop-special"}).empty();
    if (no_labels) asked.remark({"tokens"}, "names tokens, none of which is in this answer");
  }

  AnswerColumns columns() const override {
    AnswerColumns columns = segments_columns(options_);
    if (options_.receiver_gap && !options_.vertical) columns.together = OrderedTogether::all;
    return columns;
  }
  std::vector<AnswerColumns> every_columns() const override {
    SegmentsOptions lookback, receiver, vertical;
    lookback.lookback = "0";
    receiver.receiver_gap = vertical.receiver_gap = 0;
    vertical.vertical = true;
    return {segments_columns({}), asked_by("$lookback", segments_columns(lookback)),
            asked_by("$receiver", segments_columns(receiver)),
            asked_by("$vertical", segments_columns(vertical))};
  }

  void answer(Job& job) override {
    SegmentsOptions options = options_;
    options.parts.ranges = job.segments();
    segments_report(job.attention(), options, job.sink());
  }

 private:
  SegmentsOptions options_;
};

}  // namespace

std::unique_ptr<Command> segments_command() { return std::make_unique<SegmentsCommand>(); }

}  // namespace attngraph

#include "report/questions/structure.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/graph_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class StructureCommand : public Command {
 public:
  Manual manual() const override {
    return {"structure",
            "How is the graph of a head built: pieces, cores, communities?",
            {{"attngraph structure data/minilm/cats/attention.npy --layer 2",
              "the heads of a layer, an edge where a weight is above an equal share"},
             {"attngraph structure data/minilm/cats/attention.npy --tokens "
              "data/minilm/cats/tokens.json --layer 2 --head 5 --members",
              "which tokens belong together"},
             {"attngraph structure --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
              "--causal yes --layer 1 --triads --top-k 4",
              "how triples of tokens are linked by the four largest weights of each query"}},
            answers::rows_and_pictures,
            InputKind::attention,
            {},
            members_};
  }

  void declare(OptionTable& options) override {
    declare_edge_rule(options, options_.edges, RuleFor::structure);
    options.flag("--triads", triads_, "how many triples of tokens are linked in each of 16 ways");
    options.flag("--members", members_, "component, core and community of every token");
    options.number("--resolution", options_.resolution,
                   "of communities: more than 1 for more and smaller ones");
    declare_direction(options, options_.direction);
  }

  void check(const Asked& asked) const override {
    asked.at_most_one({"triads", "members"});
    if (members_) {
      asked.refuse({"direction"}, "changes triads and pagerank_max, and no group of $members");
    } else {
      asked.remark_idle_tokens();
    }
    if (triads_) asked.refuse({"resolution"}, "is about communities, which $triads leaves out");
    check_options(asked_options());
  }

  AnswerColumns columns() const override { return structure_columns(asked_options().answer); }
  std::vector<AnswerColumns> every_columns() const override {
    return {structure_columns(StructureAnswer::heads),
            asked_by("$triads", structure_columns(StructureAnswer::triads)),
            asked_by("$members", structure_columns(StructureAnswer::members))};
  }

  void answer(Job& job) override { structure_report(job.attention(), asked_options(), job.sink()); }

 private:
  bool triads_ = false;
  bool members_ = false;
  StructureOptions options_;

  StructureOptions asked_options() const {
    StructureOptions options = options_;
    if (triads_) options.answer = StructureAnswer::triads;
    if (members_) options.answer = StructureAnswer::members;
    return options;
  }
};

}  // namespace

std::unique_ptr<Command> structure_command() { return std::make_unique<StructureCommand>(); }

}  // namespace attngraph

#include "output/outputs.hpp"

#include <utility>

#include "core/process/mapped_file.hpp"
#include "input/file_member.hpp"
#include "output/disk.hpp"
#include "output/one_file_per_graph.hpp"
#include "output/placeholders.hpp"
#include "report/answer/chosen_columns.hpp"
#include "report/answer/ordered_rows.hpp"
#include "writers/output/gzip_output.hpp"

namespace attngraph {

Outputs::Outputs(const OutputPlan& plan, Disk& disk, Messages& messages, std::string input,
                 Sink* joint)
    : plan_(plan),
      own_(plan.separate ? plan.settings : WriterSettings{}),
      settings_(plan.separate ? std::as_const(own_) : plan.settings),
      disk_(disk),
      messages_(messages),
      input_(std::move(input)),
      joint_(joint) {
  if (plan.separate) own_.inputs = {shown_name(input_)};
}

Outputs::~Outputs() = default;

Sink& Outputs::sink() {
  Sink* to = &destination();
  if (!plan_.columns.empty()) {
    if (!chosen_) chosen_ = std::make_unique<ChosenColumns>(*to, plan_.columns);
    to = chosen_.get();
  }
  if (plan_.order.given()) {
    if (!ordered_) ordered_ = std::make_unique<OrderedRows>(*to, plan_.order);
    to = ordered_.get();
  }
  return *to;
}

Sink& Outputs::destination() {
  if (joint_ != nullptr) return *joint_;
  if (!has_placeholder(plan_.out, "layer") && !has_placeholder(plan_.out, "head")) {
    return writer(named_after(plan_.out, input_), *plan_.format);
  }
  if (!per_graph_) {
    per_graph_ =
        std::make_unique<OneFilePerGraph>(*this, plan_.out, input_, *plan_.format, messages_);
  }
  return *per_graph_;
}

Sink* Outputs::further_sink(const std::string& path) {
  if (path.empty()) return nullptr;
  return &writer(named_after(path, input_), further_format("", path));
}

Writer& Outputs::writer(const std::string& path, const Format& format) {
  Open& open = open_[path];
  if (open.writer) return *open.writer;
  open.output = opened(disk_, path);
  open.writer = writer_of(format, *open.output, settings_, messages_);
  open.writer->begin_input(shown_name(input_));
  return *open.writer;
}

void Outputs::commit() {
  if (ordered_) ordered_->finish();
  for (auto& [path, open] : open_) open.writer->finish();
  if (const auto changed = changed_file()) throw *changed;
  for (auto& [path, open] : open_) open.output->complete();
  show_all();
  let_files_change();
}

void Outputs::show_all() {
  if (open_.size() == 1) return open_.begin()->second.output->show();
  std::vector<Output*> shown;
  shown.reserve(open_.size());
  try {
    for (auto& [path, open] : open_) {
      open.output->show_revocably();
      shown.push_back(open.output.get());
    }
  } catch (...) {
    for (Output* output : shown) output->take_back();
    throw;
  }
}

std::unique_ptr<Output> opened(Disk& disk, const std::string& path) {
  auto output = disk.open(path);
  return ending_of(path).gzip ? gzip_output(std::move(output)) : std::move(output);
}

std::string shown_name(const std::string& input) { return input == "-" ? "standard input" : input; }

}  // namespace attngraph

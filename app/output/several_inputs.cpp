#include "output/several_inputs.hpp"

#include <memory>

#include "exit_status.hpp"
#include "output/console.hpp"
#include "output/notes_of_inputs.hpp"
#include "output/option_notation.hpp"
#include "output/parallel_inputs.hpp"
#include "output/relay.hpp"

namespace attngraph {
namespace {

/// The one answer to several inputs, opened when the first is answered: workers must not hold it.
class JointAnswer {
 public:
  JointAnswer(const OutputPlan& plan, Disk& disk, Messages& messages)
      : plan_(plan), disk_(disk), messages_(messages) {}

  Writer& writer() {
    if (!writer_) {
      output_ = opened(disk_, plan_.out);
      writer_ = writer_of(*plan_.format, *output_, plan_.settings, messages_);
    }
    return *writer_;
  }

  void show(const std::vector<FailedInput>& failed) {
    for (const FailedInput& input : failed) writer().failed(input);
    writer().finish();
    output_->complete();
    output_->show();
  }

 private:
  const OutputPlan& plan_;
  Disk& disk_;
  Messages& messages_;
  std::unique_ptr<Output> output_;
  std::unique_ptr<Writer> writer_;
};

/// An ending that says which input it is of; what ends the whole call is of none.
Ending naming(const std::string& name, Ending ending) {
  if (ending.status == 0 || ends_all(ending.status) || !ending.place.empty()) return ending;
  ending.message = name + ": " + ending.message;
  ending.place = name;
  return ending;
}

}  // namespace

int several_inputs(const std::vector<std::string>& names, std::size_t jobs, const OutputPlan& plan,
                   Disk& disk, Console& console, const AnswerInput& answer) {
  JointAnswer joint(plan, disk, console);
  NotesOfInputs notes(console);
  std::vector<FailedInput> failed;
  int ended = 0;
  const auto work = [&](std::size_t i, const SendMessage& send) {
    Relay relay(plan.format->forms.front(), send);
    return ending_of([&] {
      Outputs outputs(plan, disk, relay, names[i], plan.joined ? &relay : nullptr);
      answer(names[i], outputs, relay);
      outputs.commit();
    });
  };
  const auto take = [&](std::size_t i, Spool& sent, const Ending& end) {
    const Ending ending = naming(shown_name(names[i]), end);
    Writer* writer = plan.joined && ending.status == 0 ? &joint.writer() : nullptr;
    if (writer != nullptr) writer->begin_input(shown_name(names[i]));
    notes.begin_input(shown_name(names[i]));
    sent.for_each([&](std::string_view message) { replay(message, writer, notes); });
    console.progress(i + 1, names.size());
    if (ending.status == 0) return true;
    if (ends_all(ending.status)) notes.say();
    console.error(ending);
    if (ends_all(ending.status)) {
      ended = ending.status;
      return false;
    }
    failed.push_back(
        {shown_name(names[i]), ending.status, in_dashes(ending.message), in_dashes(ending.hint)});
    return true;
  };
  if (jobs > 1) {
    inputs_in_parallel(names.size(), jobs, {work, take});
  } else {
    inputs_in_turn(names.size(), {work, take});
  }
  if (ended != 0) return ended;
  notes.say();
  if (plan.joined && failed.size() < names.size()) joint.show(failed);
  return failed.empty() ? 0 : 1;
}

}  // namespace attngraph

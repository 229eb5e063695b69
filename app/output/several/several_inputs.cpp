#include "output/several/several_inputs.hpp"

#include <memory>

#include "exit_status.hpp"
#include "output/console.hpp"
#include "output/option_notation.hpp"
#include "output/several/notes_of_inputs.hpp"
#include "output/several/parallel_inputs.hpp"
#include "output/several/relay.hpp"

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

/// An ending that says which input it is of, also where its place is an option.
Ending naming(const std::string& name, Ending ending) {
  const std::string& place = ending.place;
  const bool option = begins_with_option(place) || place.starts_with("-");
  const bool no_file = place.empty() || (option && !place.starts_with(name));
  if (ending.status == 0 || ends_all(ending.status) || !no_file) return ending;
  ending.message = name + ": " + ending.message;
  ending.place = place.empty() ? name : name + ": " + place;
  return ending;
}

/// Says how inputs ended. The same usage error of each input so far waits: it may be that of the
/// command line, which is said once.
class Endings {
 public:
  Endings(const std::vector<std::string>& names, Console& console)
      : names_(names), console_(console) {}

  /// Taken for each input in turn.
  void add(const Ending& ending) {
    if (may_be_of_all(ending)) {
      first_ = ending;
      ++waiting_;
    } else {
      say_what_waited();
      if (ending.status != 0) say(taken_, ending);
    }
    ++taken_;
  }

  /// @returns the exit status
  int finish() {
    if (waiting_ == names_.size()) {
      console_.error(first_);
      return first_.status;
    }
    say_what_waited();
    return failed_.empty() ? 0 : 1;
  }

  const std::vector<FailedInput>& failed() const { return failed_; }

 private:
  const std::vector<std::string>& names_;
  Console& console_;
  std::vector<FailedInput> failed_;
  Ending first_;
  std::size_t waiting_ = 0;  // inputs from the first on that all ended as it did
  std::size_t taken_ = 0;

  bool may_be_of_all(const Ending& ending) const {
    constexpr int usage = 2;
    if (ending.status != usage || waiting_ < taken_) return false;
    return taken_ == 0 || (ending.message == first_.message && ending.hint == first_.hint);
  }

  void say_what_waited() {
    for (std::size_t i = 0; i < waiting_; ++i) say(i, first_);
    waiting_ = 0;
  }

  void say(std::size_t input, const Ending& ending) {
    const std::string name = shown_name(names_[input]);
    const Ending named = naming(name, ending);
    console_.error(named);
    failed_.push_back({name, named.status, in_dashes(named.message), in_dashes(named.hint)});
  }
};

}  // namespace

int several_inputs(const std::vector<std::string>& names, std::size_t jobs, const OutputPlan& plan,
                   Disk& disk, Console& console, const AnswerInput& answer) {
  JointAnswer joint(plan, disk, console);
  NotesOfInputs notes(console);
  Endings endings(names, console);
  int stopped = 0;
  const auto work = [&](std::size_t i, const SendMessage& send) {
    Relay relay(plan.format->forms.front(), send);
    return ending_of([&] {
      Outputs outputs(plan, disk, relay, names[i], plan.joined ? &relay : nullptr);
      answer(names[i], outputs, relay);
      outputs.commit();
    });
  };
  const auto take = [&](std::size_t i, Spool& sent, const Ending& ending) {
    Writer* writer = plan.joined && ending.status == 0 ? &joint.writer() : nullptr;
    if (writer != nullptr) writer->begin_input(shown_name(names[i]));
    notes.begin_input(shown_name(names[i]));
    sent.for_each([&](std::string_view message) { replay(message, writer, notes); });
    console.progress(i + 1, names.size());
    if (!ends_all(ending.status)) {
      endings.add(ending);
      return true;
    }
    notes.say();
    console.error(ending);
    stopped = ending.status;
    return false;
  };
  if (jobs > 1) {
    inputs_in_parallel(names.size(), jobs, {work, take});
  } else {
    inputs_in_turn(names.size(), {work, take});
  }
  if (stopped != 0) return stopped;
  const int status = endings.finish();
  notes.say();
  const auto& failed = endings.failed();
  if (plan.joined && status != 2 && failed.size() < names.size()) joint.show(failed);
  return status;
}

}  // namespace attngraph

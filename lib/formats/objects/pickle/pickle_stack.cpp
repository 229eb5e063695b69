#include "formats/objects/pickle/pickle_stack.hpp"

#include <bit>
#include <utility>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/text/text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_values = 4'000'000;
constexpr std::size_t bytes_of_value = 128;
/// In the list of names, in its index, and in what is read from it.
constexpr std::size_t copies_of_name = 3;

/// Whether Python decodes it: UTF-8, in which halves of surrogate pairs may stand.
bool is_python_text(std::string_view text) {
  while (true) {
    const std::size_t at = invalid_utf8(text);
    if (at == std::string_view::npos) return true;
    text.remove_prefix(at);
    if (!begins_half_pair(text)) return false;
    text.remove_prefix(3);
  }
}

}  // namespace

PickleStack::PickleStack(const Bytes& bytes, std::size_t begin, const std::string& where,
                         const Limits& limits)
    : where_(where), limits_(limits), next_(begin) {
  pickle_.bytes_ = bytes;
}

void PickleStack::refuse(const std::string& problem) const {
  throw InputError(place(), problem, "the pickle is damaged; save it again");
}

std::uint8_t PickleStack::opcode() {
  at_ = next_;
  return std::to_integer<std::uint8_t>(take(1)[0]);
}

void PickleStack::require(std::uint64_t count) {
  const std::size_t left = pickle_.bytes_.data.size() - next_;
  if (count <= left) return;
  throw InputError(place(),
                   "the pickle ends here: " + counted(count, "byte") + " expected, " +
                       counted(left, "byte") + " left",
                   cut_off_hint);
}

std::span<const std::byte> PickleStack::take(std::uint64_t count) {
  require(count);
  const auto taken = pickle_.bytes_.data.subspan(next_, count);
  next_ += count;
  return taken;
}

std::string_view PickleStack::line() {
  const auto rest = text_of(pickle_.bytes_.data.subspan(next_)).substr(0, longest_pickle_name);
  const auto end = rest.find('\n');
  if (end == rest.npos && rest.size() == longest_pickle_name) {
    refuse("a name does not end within 4096 bytes");
  }
  if (end == rest.npos) require(rest.size() + 1);
  next_ += end + 1;
  const std::string_view name = rest.substr(0, end);
  if (!is_python_text(name)) refuse("a name is not UTF-8");
  return name;
}

void PickleStack::push_text(std::string_view text) {
  if (!is_python_text(text)) refuse("a text is not UTF-8");
  push(made(Pickle::Text{text}));
}

PickleId PickleStack::made(Pickle::Value value) {
  auto& values = pickle_.values_;
  if (std::has_single_bit(values.size())) {
    check_stop();
    require_memory(2 * values.size() * bytes_of_value + name_bytes_, limits_, where_);
  }
  values.push_back(value);
  return static_cast<PickleId>(values.size() - 1);
}

PickleId PickleStack::made_items(Kind kind, std::vector<PickleId> ids) {
  pickle_.items_.push_back({kind, at_, std::move(ids)});
  return made(&pickle_.items_.back());
}

void PickleStack::push(PickleId id) {
  if (++pushes_ > most_values) {
    throw LimitError(place(), "the pickle holds more than 4000000 values",
                     "save arrays of numbers, not lists of them");
  }
  stack_.push_back(id);
}

void PickleStack::push_global(std::string name) {
  const auto next = static_cast<std::uint32_t>(pickle_.globals_.size());
  const auto [found, is_new] = global_indices_.emplace(name, next);
  if (is_new) {
    // Two texts of the memo make a name, so many names take little of the file.
    name_bytes_ += copies_of_name * name.size() + bytes_of_value;
    require_memory(pickle_.values_.size() * bytes_of_value + name_bytes_, limits_, where_);
    pickle_.globals_.push_back(std::move(name));
  }
  push(made(Pickle::Global{found->second}));
}

void PickleStack::push_object(PickleId callable, PickleId arguments,
                              std::optional<PickleId> keyed) {
  const bool may_be_called = !pickle_.global(callable).empty() || object(callable) != nullptr ||
                             pickle_.persistent(callable).has_value();
  if (!may_be_called) refuse("what is called is no class, function or object");
  pickle_.objects_.push_back({at_, callable, arguments, {}, {}, keyed});
  push(made(&pickle_.objects_.back()));
}

PickleId PickleStack::top() const {
  if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) refuse("a value is missing before");
  return stack_.back();
}

PickleId PickleStack::pop() {
  const PickleId id = top();
  stack_.pop_back();
  return id;
}

void PickleStack::mark() {
  if (marks_.size() >= deepest_pickle) refuse("marks are nested deeper than 64");
  marks_.push_back(stack_.size());
}

std::vector<PickleId> PickleStack::marked() {
  if (marks_.empty()) refuse("a mark is missing before");
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  std::vector<PickleId> ids(begin, stack_.end());
  stack_.erase(begin, stack_.end());
  marks_.pop_back();
  return ids;
}

PickleObject* PickleStack::object(PickleId id) {
  const auto* found = std::get_if<PickleObject*>(&pickle_.values_[id]);
  return found == nullptr ? nullptr : *found;
}

PickleItems& PickleStack::target(Kind kind, const char* problem) {
  PickleId id = top();
  if (PickleObject* owner = object(id)) {
    auto& own = kind == Kind::dict ? owner->keyed : owner->listed;
    if (kind == Kind::set) kind = Kind::list;
    if (!own) own = made_items(kind, {});
    id = *own;
  }
  const auto* found = std::get_if<PickleItems*>(&pickle_.values_[id]);
  if (found == nullptr || (*found)->kind != kind) refuse(problem);
  return **found;
}

void PickleStack::add(Kind kind, const std::vector<PickleId>& ids, const char* problem) {
  auto& items = target(kind, problem).ids;
  items.insert(items.end(), ids.begin(), ids.end());
}

void PickleStack::build(PickleId state) {
  PickleObject* built = object(top());
  if (built == nullptr) refuse("a state for what is no object");
  if (built->state) refuse("a second state for one object");
  built->state = state;
}

void PickleStack::put(std::uint64_t index) {
  if (index > pushes_) refuse("the memo's index " + std::to_string(index) + " is out of order");
  if (index >= memo_.size()) memo_.resize(index + 1);
  memo_[index] = top();
}

void PickleStack::get(std::uint64_t index) {
  if (index >= memo_.size() || !memo_[index]) {
    refuse("the memo has no value " + std::to_string(index));
  }
  push(*memo_[index]);
}

Pickle PickleStack::finished() {
  if (!marks_.empty() || stack_.size() != 1) {
    refuse("STOP with " + counted(stack_.size(), "value") + " on the stack and " +
           counted(marks_.size(), "mark") + ", expected 1 value and no mark");
  }
  pickle_.root_ = stack_.front();
  pickle_.end_ = next_;
  return std::move(pickle_);
}

}  // namespace attngraph

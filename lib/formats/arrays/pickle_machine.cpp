// A stack machine: every opcode pushes a value or puts those on the stack together. Marks divide
// the stack; what lies below the last one cannot be taken. Values are numbered as they are made, so
// containers may hold themselves. Everything that costs memory is counted before: values by the
// opcodes that push them, bytes by what the file has.
#include <array>
#include <bit>
#include <unordered_map>
#include <utility>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "formats/arrays/pickle.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_values = 4'000'000;
constexpr std::size_t bytes_of_value = 128;
constexpr std::size_t longest_name = 4096;

std::string code_text(std::uint8_t code) {
  constexpr std::string_view digits = "0123456789abcdef";
  return std::string("0x") + digits[code >> 4] + digits[code & 15];
}

}  // namespace

class PickleMachine {
 public:
  PickleMachine(const Bytes& bytes, std::size_t begin, const std::string& where,
                const Limits& limits)
      : where_(where), limits_(limits), next_(begin) {
    pickle_.bytes_ = bytes;
  }

  Pickle run() {
    while (!stopped_) {
      at_ = next_;
      const auto code = std::to_integer<std::uint8_t>(take(1)[0]);
      const Action action = actions()[code];
      if (action == nullptr) refuse_opcode(code);
      (this->*action)();
    }
    if (!marks_.empty() || stack_.size() != 1) {
      refuse("STOP with " + counted(stack_.size(), "value") + " on the stack and " +
             counted(marks_.size(), "mark") + ", expected 1 value and no mark");
    }
    pickle_.root_ = stack_.front();
    pickle_.end_ = next_;
    return std::move(pickle_);
  }

 private:
  using Action = void (PickleMachine::*)();
  using Kind = PickleItemsKind;

  Pickle pickle_;
  const std::string& where_;
  const Limits& limits_;
  std::size_t at_ = 0;
  std::size_t next_;
  std::size_t pushes_ = 0;
  bool stopped_ = false;
  std::vector<PickleId> stack_;
  std::vector<std::size_t> marks_;
  std::vector<std::optional<PickleId>> memo_;
  std::unordered_map<std::string, std::uint32_t> global_indices_;

  static const std::array<Action, 256>& actions();

  std::string place() const { return where_ + ": byte " + std::to_string(at_); }

  [[noreturn]] void refuse(const std::string& problem) const {
    throw InputError(place(), problem, "the pickle is damaged; save it again");
  }

  [[noreturn]] void refuse_opcode(std::uint8_t code) const {
    constexpr std::string_view of_protocol_0 = "IFLSVPgpiodl";
    if (code < 0x80 && of_protocol_0.find(static_cast<char>(code)) != std::string_view::npos) {
      throw InputError(place(),
                       std::string("the opcode '") + static_cast<char>(code) +
                           "' is of pickle protocol 0 or 1, expected 2 to 5",
                       "save it again with pickle.dump(object, file, protocol=4)");
    }
    if (code == 0x97 || code == 0x98) {
      throw InputError(place(), "the pickle keeps its arrays in buffers outside the file",
                       "save it again without buffer_callback");
    }
    for (const auto& name : pickle_.globals_) {
      if (!name.starts_with("joblib.")) continue;
      throw InputError(place(), "the pickle is one of joblib, with arrays between its opcodes",
                       "save the arrays with numpy.savez");
    }
    refuse("the opcode " + code_text(code) + " is unknown to the pickle protocols 2 to 5");
  }

  // --- bytes ---

  std::span<const std::byte> take(std::uint64_t count) {
    const auto rest = pickle_.bytes_.data.subspan(next_);
    if (count > rest.size()) {
      throw InputError(place(),
                       "the pickle ends here: " + counted(count, "byte") + " expected, " +
                           counted(rest.size(), "byte") + " left",
                       cut_off_hint);
    }
    next_ += count;
    return rest.first(count);
  }

  template <typename UInt>
  UInt number() {
    return little_endian<UInt>(take(sizeof(UInt)), 0);
  }

  std::string_view line() {
    const auto rest = text_of(pickle_.bytes_.data.subspan(next_)).substr(0, longest_name);
    const auto end = rest.find('\n');
    if (end == rest.npos && rest.size() == longest_name) {
      refuse("a name does not end within 4096 bytes");
    }
    if (end == rest.npos) take(rest.size() + 1);
    next_ += end + 1;
    return rest.substr(0, end);
  }

  // --- values ---

  PickleId made(Pickle::Value value) {
    auto& values = pickle_.values_;
    if (std::has_single_bit(values.size())) {
      check_stop();
      require_memory(2 * values.size() * bytes_of_value, limits_, where_);
    }
    values.push_back(value);
    return static_cast<PickleId>(values.size() - 1);
  }

  PickleId made_items(Kind kind, std::vector<PickleId> ids) {
    pickle_.items_.push_back({kind, at_, std::move(ids)});
    return made(&pickle_.items_.back());
  }

  void push(PickleId id) {
    if (++pushes_ > most_values) {
      throw LimitError(place(), "the pickle holds more than 4000000 values",
                       "save arrays of numbers, not lists of them");
    }
    stack_.push_back(id);
  }

  void push_value(Pickle::Value value) { push(made(value)); }

  PickleId pop() {
    const PickleId id = top();
    stack_.pop_back();
    return id;
  }

  PickleId top() const {
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) refuse("a value is missing before");
    return stack_.back();
  }

  /// The values behind the last mark.
  std::vector<PickleId> marked() {
    if (marks_.empty()) refuse("a mark is missing before");
    const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<PickleId> ids(begin, stack_.end());
    stack_.erase(begin, stack_.end());
    marks_.pop_back();
    return ids;
  }

  PickleObject* object(PickleId id) {
    const auto* found = std::get_if<PickleObject*>(&pickle_.values_[id]);
    return found == nullptr ? nullptr : *found;
  }

  /// The items of the value on top, of this kind or an object's own.
  PickleItems& target(Kind kind, const char* expected) {
    PickleId id = top();
    if (PickleObject* owner = object(id)) {
      auto& own = kind == Kind::dict ? owner->keyed : owner->listed;
      if (!own) own = made_items(kind == Kind::dict ? kind : Kind::list, {});
      id = *own;
      if (kind == Kind::set) kind = Kind::list;
    }
    const auto* found = std::get_if<PickleItems*>(&pickle_.values_[id]);
    if (found == nullptr || (*found)->kind != kind) refuse(expected);
    return **found;
  }

  void add(Kind kind, const std::vector<PickleId>& ids, const char* expected) {
    auto& items = target(kind, expected).ids;
    items.insert(items.end(), ids.begin(), ids.end());
  }

  void push_global(std::string name) {
    const auto next = static_cast<std::uint32_t>(pickle_.globals_.size());
    const auto [found, is_new] = global_indices_.emplace(name, next);
    if (is_new) pickle_.globals_.push_back(std::move(name));
    push_value(Pickle::Global{found->second});
  }

  void push_object(PickleId callable, PickleId arguments, std::optional<PickleId> keyed) {
    pickle_.objects_.push_back({at_, callable, arguments, {}, {}, keyed});
    push_value(&pickle_.objects_.back());
  }

  void push_tuple(std::size_t count) {
    std::vector<PickleId> ids(count);
    for (std::size_t i = count; i-- > 0;) ids[i] = pop();
    push(made_items(Kind::tuple, std::move(ids)));
  }

  void push_long(std::uint64_t size) {
    if (size > 8) {
      throw InputError(place(),
                       "a whole number of " + counted(size, "byte") + ", expected at most 8",
                       "save large numbers as text");
    }
    std::uint64_t bits = 0;
    const auto bytes = take(size);
    for (std::size_t i = 0; i < size; ++i) {
      bits |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    }
    const bool negative = size > 0 && size < 8 && (bits >> (8 * size - 1) & 1) != 0;
    if (negative) bits |= ~std::uint64_t{0} << (8 * size);
    push_value(static_cast<std::int64_t>(bits));
  }

  void put(std::uint64_t index) {
    if (index > pushes_) refuse("the memo's index " + std::to_string(index) + " is out of order");
    if (index >= memo_.size()) memo_.resize(index + 1);
    memo_[index] = top();
  }

  void get(std::uint64_t index) {
    if (index >= memo_.size() || !memo_[index]) {
      refuse("the memo has no value " + std::to_string(index));
    }
    push(*memo_[index]);
  }

  // --- opcodes ---

  void protocol() {
    const auto version = number<std::uint8_t>();
    if (version < 2 || version > 5) {
      refuse("pickle protocol " + std::to_string(version) + ", expected 2 to 5");
    }
  }
  void frame() {
    const auto size = number<std::uint64_t>();
    const std::size_t begin = next_;
    take(size);
    next_ = begin;
  }
  void stop() { stopped_ = true; }

  void none() { push_value(Pickle::None{}); }
  void truth() { push_value(true); }
  void falsehood() { push_value(false); }
  void int32() { push_value(std::int64_t{static_cast<std::int32_t>(number<std::uint32_t>())}); }
  template <typename UInt>
  void integer() {
    push_value(static_cast<std::int64_t>(number<UInt>()));
  }
  template <typename UInt>
  void long_integer() {
    push_long(number<UInt>());
  }
  void real() { push_value(std::bit_cast<double>(__builtin_bswap64(number<std::uint64_t>()))); }
  template <typename UInt>
  void text() {
    push_value(Pickle::Text{text_of(take(number<UInt>()))});
  }
  template <typename UInt>
  void raw() {
    push_value(Pickle::Raw{take(number<UInt>())});
  }

  template <Kind kind>
  void empty() {
    push(made_items(kind, {}));
  }
  template <std::size_t count>
  void tuple_of() {
    push_tuple(count);
  }
  void tuple() { push(made_items(Kind::tuple, marked())); }
  void frozen_set() { push(made_items(Kind::set, marked())); }
  void append() { add(Kind::list, {pop()}, "an append to what is no list"); }
  void appends() {
    const auto ids = marked();
    add(Kind::list, ids, "an append to what is no list");
  }
  void add_items() {
    const auto ids = marked();
    add(Kind::set, ids, "items for what is no set");
  }
  void set_item() {
    const PickleId value = pop();
    const PickleId key = pop();
    add(Kind::dict, {key, value}, "an item for what is no dict");
  }
  void set_items() {
    const auto ids = marked();
    if (ids.size() % 2 != 0) refuse("a key without a value among the items of a dict");
    add(Kind::dict, ids, "items for what is no dict");
  }

  void mark() {
    if (marks_.size() >= deepest_pickle) refuse("marks are nested deeper than 64");
    marks_.push_back(stack_.size());
  }
  void drop() { pop(); }
  void drop_marked() { marked(); }
  void duplicate() { push(top()); }

  void global() {
    const std::string module(line());
    push_global(module + "." + std::string(line()));
  }
  void stack_global() {
    const auto name = pickle_.text(pop());
    const auto module = pickle_.text(pop());
    if (!name || !module || name->size() + module->size() > longest_name) {
      refuse("the name of a class or function is no text of at most 4096 bytes");
    }
    push_global(std::string(*module) + "." + std::string(*name));
  }
  void reduce() {
    const PickleId arguments = pop();
    push_object(pop(), arguments, {});
  }
  void new_object_keyed() {
    const PickleId keyed = pop();
    const PickleId arguments = pop();
    if (pickle_.items(keyed, Kind::dict) == nullptr) refuse("the named arguments are no dict");
    push_object(pop(), arguments, keyed);
  }
  void build() {
    const PickleId state = pop();
    PickleObject* built = object(top());
    if (built == nullptr) refuse("a state for what is no object");
    if (built->state) refuse("a second state for one object");
    built->state = state;
  }
  void persistent() { push_value(Pickle::Persistent{pop()}); }

  template <typename UInt>
  void put_at() {
    put(number<UInt>());
  }
  template <typename UInt>
  void get_at() {
    get(number<UInt>());
  }
  void memoize() { put(memo_.size()); }
};

const std::array<PickleMachine::Action, 256>& PickleMachine::actions() {
  using M = PickleMachine;
  using u8 = std::uint8_t;
  using u16 = std::uint16_t;
  using u32 = std::uint32_t;
  using u64 = std::uint64_t;
  static const std::array<Action, 256> table = [] {
    constexpr std::array<std::pair<u8, Action>, 53> opcodes{{
        {0x80, &M::protocol},
        {0x95, &M::frame},
        {'.', &M::stop},
        {'N', &M::none},
        {0x88, &M::truth},
        {0x89, &M::falsehood},
        {'J', &M::int32},
        {'K', &M::integer<u8>},
        {'M', &M::integer<u16>},
        {0x8a, &M::long_integer<u8>},
        {0x8b, &M::long_integer<u32>},
        {'G', &M::real},
        {'X', &M::text<u32>},
        {0x8c, &M::text<u8>},
        {0x8d, &M::text<u64>},
        {'U', &M::raw<u8>},
        {'T', &M::raw<u32>},
        {'C', &M::raw<u8>},
        {'B', &M::raw<u32>},
        {0x8e, &M::raw<u64>},
        {0x96, &M::raw<u64>},
        {')', &M::empty<Kind::tuple>},
        {']', &M::empty<Kind::list>},
        {'}', &M::empty<Kind::dict>},
        {0x8f, &M::empty<Kind::set>},
        {'t', &M::tuple},
        {0x85, &M::tuple_of<1>},
        {0x86, &M::tuple_of<2>},
        {0x87, &M::tuple_of<3>},
        {0x91, &M::frozen_set},
        {'a', &M::append},
        {'e', &M::appends},
        {0x90, &M::add_items},
        {'s', &M::set_item},
        {'u', &M::set_items},
        {'(', &M::mark},
        {'0', &M::drop},
        {'1', &M::drop_marked},
        {'2', &M::duplicate},
        {'c', &M::global},
        {0x93, &M::stack_global},
        {'R', &M::reduce},
        {0x81, &M::reduce},
        {0x92, &M::new_object_keyed},
        {'b', &M::build},
        {'Q', &M::persistent},
        {'q', &M::put_at<u8>},
        {'r', &M::put_at<u32>},
        {'h', &M::get_at<u8>},
        {'j', &M::get_at<u32>},
        {0x94, &M::memoize},
    }};
    std::array<Action, 256> all{};
    for (const auto& [code, action] : opcodes) {
      if (action != nullptr) all[code] = action;
    }
    return all;
  }();
  return table;
}

Pickle read_pickle(const Bytes& bytes, std::size_t begin, const std::string& where,
                   const Limits& limits) {
  return PickleMachine(bytes, begin, where, limits).run();
}

}  // namespace attngraph

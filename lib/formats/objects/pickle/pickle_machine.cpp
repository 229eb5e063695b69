// A stack machine: every opcode pushes a value or puts those on the stack together. Marks divide
// the stack; what lies below the last one cannot be taken. Values are numbered as they are made, so
// containers may hold themselves.
#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "core/error.hpp"
#include "formats/objects/pickle/long_integer.hpp"
#include "formats/objects/pickle/pickle.hpp"
#include "formats/objects/pickle/pickle_stack.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

std::string code_text(std::uint8_t code) {
  constexpr std::string_view digits = "0123456789abcdef";
  return std::string("0x") + digits[code >> 4] + digits[code & 15];
}

/// What each opcode does.
class PickleMachine : private PickleStack {
 public:
  using PickleStack::PickleStack;

  Pickle run() {
    while (!stopped_) {
      const std::uint8_t code = opcode();
      const Action action = actions()[code];
      if (action == nullptr) refuse_opcode(code);
      (this->*action)();
    }
    return finished();
  }

 private:
  using Action = void (PickleMachine::*)();

  bool stopped_ = false;

  static const std::array<Action, 256>& actions();

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
    if (code >= 0x82 && code <= 0x84) {
      throw InputError(place(), "the pickle names a class by its number in Python's copyreg",
                       "save it again without copyreg.add_extension");
    }
    for (const auto& name : pickle().globals()) {
      if (!name.starts_with("joblib.")) continue;
      throw InputError(place(), "the pickle is one of joblib, with arrays between its opcodes",
                       "save the arrays with numpy.savez");
    }
    refuse("the opcode " + code_text(code) + " is unknown to the pickle protocols 2 to 5");
  }

  // --- numbers, texts and bytes ---

  void protocol() {
    const auto version = number<std::uint8_t>();
    if (version < 2 || version > 5) {
      refuse("pickle protocol " + std::to_string(version) + ", expected 2 to 5");
    }
  }
  void frame() { require(number<std::uint64_t>()); }
  void stop() { stopped_ = true; }

  void truth() { push_boolean(true); }
  void falsehood() { push_boolean(false); }
  void int32() { push_integer(static_cast<std::int32_t>(number<std::uint32_t>())); }
  template <typename UInt>
  void integer() {
    push_integer(static_cast<std::int64_t>(number<UInt>()));
  }
  template <typename UInt>
  void long_number() {
    const LongInteger value = long_integer(take(number<UInt>()));
    value.exact ? push_integer(*value.exact) : push_large_integer(value.nearest);
  }
  void real() { push_real(std::bit_cast<double>(__builtin_bswap64(number<std::uint64_t>()))); }
  template <typename UInt>
  void text() {
    push_text(text_of(take(number<UInt>())));
  }
  template <typename UInt>
  void raw() {
    push_raw(take(number<UInt>()));
  }

  // --- containers ---

  template <Kind kind>
  void empty() {
    push_items(kind, {});
  }
  template <std::size_t count>
  void tuple_of() {
    std::vector<PickleId> ids(count);
    for (std::size_t i = count; i-- > 0;) ids[i] = pop();
    push_items(Kind::tuple, std::move(ids));
  }
  void tuple() { push_items(Kind::tuple, marked()); }
  void frozen_set() { push_items(Kind::set, marked()); }
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
  void drop() { pop(); }
  void drop_marked() { marked(); }
  void duplicate() { push(top()); }

  // --- names and objects ---

  void global() {
    const std::string module(line());
    push_global(module + "." + std::string(line()));
  }
  void stack_global() {
    const auto name = pickle().text(pop());
    const auto module = pickle().text(pop());
    if (!name || !module || name->size() + module->size() > longest_pickle_name) {
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
    if (pickle().items(keyed, Kind::dict) == nullptr) refuse("the named arguments are no dict");
    push_object(pop(), arguments, keyed);
  }
  void state() { build(pop()); }
  void persistent() { push_persistent(pop()); }

  // --- memo ---

  template <typename UInt>
  void put_at() {
    put(number<UInt>());
  }
  template <typename UInt>
  void get_at() {
    get(number<UInt>());
  }
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
        {'N', &M::push_none},
        {0x88, &M::truth},
        {0x89, &M::falsehood},
        {'J', &M::int32},
        {'K', &M::integer<u8>},
        {'M', &M::integer<u16>},
        {0x8a, &M::long_number<u8>},
        {0x8b, &M::long_number<u32>},
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
        {'b', &M::state},
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

}  // namespace

Pickle read_pickle(const Bytes& bytes, std::size_t begin, const std::string& where,
                   const Limits& limits) {
  return PickleMachine(bytes, begin, where, limits).run();
}

}  // namespace attngraph

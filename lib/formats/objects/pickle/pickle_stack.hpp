#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "formats/objects/pickle/pickle.hpp"
#include "formats/rules.hpp"

namespace attngraph {

/// Bytes of the name of a class.
inline constexpr std::size_t longest_pickle_name = 4096;

/// The bytes of a pickle that are not yet read, the values made so far, the stack of them and the
/// memo. Everything that costs memory is counted before: values by the opcodes that push them,
/// bytes by what the file has. What cannot be is refused with the byte of the opcode.
class PickleStack {
 public:
  using Kind = PickleItemsKind;

  PickleStack(const Bytes& bytes, std::size_t begin, const std::string& where,
              const Limits& limits);

  /// The byte of the opcode that is carried out.
  std::string place() const { return where_ + ": byte " + std::to_string(at_); }
  [[noreturn]] void refuse(const std::string& problem) const;

  std::uint8_t opcode();
  std::span<const std::byte> take(std::uint64_t count);
  template <typename UInt>
  UInt number() {
    return little_endian<UInt>(take(sizeof(UInt)), 0);
  }
  /// Whether the next bytes are there, without taking them.
  void require(std::uint64_t count);
  /// A name up to a line break.
  std::string_view line();

  void push_none() { push(made(Pickle::None{})); }
  void push_boolean(bool value) { push(made(value)); }
  void push_integer(std::int64_t value) { push(made(value)); }
  void push_large_integer(double nearest) { push(made(Pickle::Large{nearest})); }
  void push_real(double value) { push(made(value)); }
  /// Refuses what is not UTF-8, as Python does; halves of surrogate pairs may stand in it.
  void push_text(std::string_view text);
  void push_raw(std::span<const std::byte> bytes) { push(made(Pickle::Raw{bytes})); }
  void push_persistent(PickleId id) { push(made(Pickle::Persistent{id})); }
  void push_items(Kind kind, std::vector<PickleId> ids) { push(made_items(kind, std::move(ids))); }
  void push_global(std::string name);
  void push_object(PickleId callable, PickleId arguments, std::optional<PickleId> keyed);

  PickleId pop();
  PickleId top() const;
  void push(PickleId id);

  void mark();
  /// The values behind the last mark.
  std::vector<PickleId> marked();
  /// Adds to the value on top, which must be of this kind, or an object that has its own items.
  void add(Kind kind, const std::vector<PickleId>& ids, const char* problem);
  /// Gives the object on top its state.
  void build(PickleId state);

  void put(std::uint64_t index);
  void memoize() { put(memo_.size()); }
  void get(std::uint64_t index);

  const Pickle& pickle() const { return pickle_; }
  /// The pickle that STOP ends.
  Pickle finished();

 private:
  Pickle pickle_;
  const std::string& where_;
  const Limits& limits_;
  std::size_t at_ = 0;
  std::size_t next_;
  std::size_t pushes_ = 0;
  std::size_t name_bytes_ = 0;
  std::vector<PickleId> stack_;
  std::vector<std::size_t> marks_;
  std::vector<std::optional<PickleId>> memo_;
  std::unordered_map<std::string, std::uint32_t> global_indices_;

  PickleId made(Pickle::Value value);
  PickleId made_items(Kind kind, std::vector<PickleId> ids);
  PickleObject* object(PickleId id);
  PickleItems& target(Kind kind, const char* problem);
};

}  // namespace attngraph

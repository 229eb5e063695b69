#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/limits.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// A value of a pickle, by its number.
using PickleId = std::uint32_t;

enum class PickleItemsKind { list, tuple, set, dict };

/// The values of a list, tuple or set; the keys and values of a dict in turn.
struct PickleItems {
  PickleItemsKind kind;
  /// The byte of the pickle that begins it.
  std::size_t at;
  std::vector<PickleId> ids;
};

/// What Python would make of a class or function and its arguments. Here it is only what the file
/// says: nothing is looked up, nothing is called.
struct PickleObject {
  std::size_t at;
  PickleId callable;
  PickleId arguments;
  std::optional<PickleId> state;
  /// The items that were appended to it, and those that were set by key.
  std::optional<PickleId> listed;
  std::optional<PickleId> keyed;
};

/// A pickle as data: numbers, texts, containers, names of classes, and objects that are not made.
class Pickle {
 public:
  PickleId root() const { return root_; }
  /// Where the byte behind its STOP lies.
  std::size_t end() const { return end_; }
  std::size_t values() const { return values_.size(); }
  /// `module.name` of every class and function it names, as they come first.
  const std::vector<std::string>& globals() const { return globals_; }
  /// What its texts and bytes lie in.
  const Bytes& bytes() const { return bytes_; }

  bool is_none(PickleId id) const;
  /// A whole number of 64 bits with its sign, False and True too.
  std::optional<std::int64_t> integer(PickleId id) const;
  std::optional<double> real(PickleId id) const;
  /// What is nearest to a whole number beyond 64 bits; infinite beyond all numbers.
  std::optional<double> large_integer(PickleId id) const;
  std::optional<bool> boolean(PickleId id) const;
  /// A str or bytes; the str of Python 2 too.
  std::optional<std::string_view> text(PickleId id) const;
  /// A bytes or bytearray.
  std::optional<std::span<const std::byte>> raw(PickleId id) const;
  /// `module.name` of a class or function; empty for anything else.
  std::string_view global(PickleId id) const;
  /// What the id of something outside the pickle says.
  std::optional<PickleId> persistent(PickleId id) const;
  /// Null where it is no container, or no object.
  const PickleItems* items(PickleId id) const;
  const PickleItems* items(PickleId id, PickleItemsKind kind) const;
  const PickleObject* object(PickleId id) const;

 private:
  struct None {};
  struct Large {
    double nearest;
  };
  struct Text {
    std::string_view text;
  };
  struct Raw {
    std::span<const std::byte> bytes;
  };
  struct Global {
    std::uint32_t index;
  };
  struct Persistent {
    PickleId id;
  };
  using Value = std::variant<None, bool, std::int64_t, double, Large, Text, Raw, Global, Persistent,
                             PickleItems*, PickleObject*>;

  Bytes bytes_;
  std::vector<Value> values_;
  std::deque<PickleItems> items_;
  std::deque<PickleObject> objects_;
  std::vector<std::string> globals_;
  PickleId root_ = 0;
  std::size_t end_ = 0;

  friend class PickleStack;
};

/// How deep containers, objects and marks may be nested.
inline constexpr std::size_t deepest_pickle = 64;

/// The pickle that begins at `begin`, of protocol 2 to 5: an interpreter that makes data and runs
/// nothing. The format: https://github.com/python/cpython/blob/main/Lib/pickletools.py
/// @throws InputError with the byte for what is cut off, unknown, nested deeper than 64 marks, or
///   says what cannot be: a value that is not there, an append to no list, a key without a value
/// @throws LimitError for more than 4 million values, or where they exceed `limits.memory`
Pickle read_pickle(const Bytes& bytes, std::size_t begin, const std::string& where,
                   const Limits& limits);

}  // namespace attngraph

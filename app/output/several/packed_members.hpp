#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/process/packed.hpp"

namespace attngraph {

/// How values of many types are packed: numbers, texts, pairs, lists, alternatives, and structs
/// that name their `members` in one order for both ways.
template <typename Value>
struct Members {
  static constexpr bool plain = std::is_trivially_copyable_v<Value>;

  static void pack(Packer& to, const Value& value) {
    if constexpr (plain) {
      to.value(value);
    } else {
      Value::members(value, [&](const auto&... all) {
        (Members<std::decay_t<decltype(all)>>::pack(to, all), ...);
      });
    }
  }
  static Value unpack(Unpacker& from) {
    if constexpr (plain) {
      return from.value<Value>();
    } else {
      Value value;
      Value::members(value, [&](auto&... all) {
        ((all = Members<std::decay_t<decltype(all)>>::unpack(from)), ...);
      });
      return value;
    }
  }
};

template <>
struct Members<std::string> {
  static void pack(Packer& to, const std::string& text) { to.text(text); }
  static std::string unpack(Unpacker& from) { return from.text(); }
};

template <typename First, typename Second>
struct Members<std::pair<First, Second>> {
  static void pack(Packer& to, const std::pair<First, Second>& both) {
    Members<First>::pack(to, both.first);
    Members<Second>::pack(to, both.second);
  }
  static std::pair<First, Second> unpack(Unpacker& from) {
    First first = Members<First>::unpack(from);
    return {std::move(first), Members<Second>::unpack(from)};
  }
};

template <typename Item>
struct Members<std::vector<Item>> {
  static void pack(Packer& to, const std::vector<Item>& items) {
    if constexpr (std::is_arithmetic_v<Item>) {
      to.list(items);
    } else {
      to.value(std::uint64_t{items.size()});
      for (const Item& item : items) Members<Item>::pack(to, item);
    }
  }
  static std::vector<Item> unpack(Unpacker& from) {
    if constexpr (std::is_arithmetic_v<Item>) {
      return from.list<Item>();
    } else {
      std::vector<Item> items(from.value<std::uint64_t>());
      for (Item& item : items) item = Members<Item>::unpack(from);
      return items;
    }
  }
};

template <typename... Alternatives>
struct Members<std::variant<Alternatives...>> {
  using Variant = std::variant<Alternatives...>;

  static void pack(Packer& to, const Variant& value) {
    to.value(std::uint64_t{value.index()});
    std::visit([&](const auto& held) { Members<std::decay_t<decltype(held)>>::pack(to, held); },
               value);
  }
  static Variant unpack(Unpacker& from) {
    const auto index = from.value<std::uint64_t>();
    Variant value;
    std::uint64_t i = 0;
    ((index == i++ ? void(value = Members<Alternatives>::unpack(from)) : void()), ...);
    return value;
  }
};

}  // namespace attngraph

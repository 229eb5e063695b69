#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attngraph {

/// Values as bytes, on their way from one process to another copy of it.
class Packer {
 public:
  template <typename T>
  void value(const T& value) {
    static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view text) {
    value(std::uint64_t{text.size()});
    bytes_ += text;
  }
  template <typename T>
  void values(const T* first, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    value(std::uint64_t{count});
    bytes_.append(reinterpret_cast<const char*>(first), count * sizeof(T));
  }
  template <typename T>
  void list(const std::vector<T>& items) {
    values(items.data(), items.size());
  }
  void list(const std::vector<std::string>& texts) {
    value(std::uint64_t{texts.size()});
    for (const auto& one : texts) text(one);
  }

  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::exchange(bytes_, {}); }

 private:
  std::string bytes_;
};

/// The values that a Packer packed, in the same order.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : left_(bytes) {}

  bool empty() const { return left_.empty(); }

  template <typename T>
  T value() {
    T value;
    std::memcpy(&value, next(sizeof value).data(), sizeof value);
    return value;
  }
  std::string text() { return std::string(next(value<std::uint64_t>())); }
  template <typename T>
  std::vector<T> list() {
    if constexpr (std::is_same_v<T, std::string>) {
      std::vector<std::string> texts(value<std::uint64_t>());
      for (auto& one : texts) one = text();
      return texts;
    } else {
      std::vector<T> items(value<std::uint64_t>());
      const auto bytes = next(items.size() * sizeof(T));
      if (!bytes.empty()) std::memcpy(items.data(), bytes.data(), bytes.size());
      return items;
    }
  }

 private:
  std::string_view left_;

  std::string_view next(std::size_t size) {
    if (size > left_.size()) throw std::logic_error("a packed value is cut off");
    const auto bytes = left_.substr(0, size);
    left_.remove_prefix(size);
    return bytes;
  }
};

}  // namespace attngraph

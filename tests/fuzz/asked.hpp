#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph::test {

/// Takes an input byte by byte; 0 where it has ended.
class Dice {
 public:
  explicit Dice(std::string_view bytes) : rest_(bytes) {}

  std::size_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  std::size_t below(std::size_t count) { return byte() % count; }
  template <typename List>
  auto one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::string_view rest_;
};

/// What stands in words for the path of each file.
inline constexpr std::string_view arrays_file = "ARRAYS", edges_file = "EDGES";

/// A question and the tiny files that it is about.
struct AskedQuestion {
  std::string command;
  /// Behind the command.
  std::vector<std::string> words;
  /// An NPZ of the arrays that the words name as `ARRAYS:NAME`.
  std::string arrays;
  /// An edge list.
  std::string edges;
};

/// A command with options that it has, most of them with values that they may have.
AskedQuestion asked_question(std::string_view bytes);

}  // namespace attngraph::test

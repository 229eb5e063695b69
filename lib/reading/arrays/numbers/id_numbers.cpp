#include "reading/arrays/numbers/id_numbers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// Models have fewer layers, and of a few of them not all are behind the first hundred.
constexpr std::int64_t most_layers = 200;
constexpr std::int64_t last_first = 100;
/// No layers are filled to so many digits.
constexpr std::size_t many_digits = 4;
constexpr std::size_t most_digits = 9;  // of a number in an ArrayName

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Where digits stand in a name.
struct Digits {
  std::string_view before, digits, behind;
};

/// Those of the number at `place`; nothing in a name that lacks it.
std::optional<Digits> digits_at(std::string_view name, std::size_t place) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!is_digit(name[i])) continue;
    std::size_t end = i;
    while (end < name.size() && is_digit(name[end])) ++end;
    const bool number = end - i <= most_digits;
    if (number && place == 0)
      return Digits{name.substr(0, i), name.substr(i, end - i), name.substr(end)};
    if (number) --place;
    i = end;
  }
  return std::nullopt;
}

bool is_padded(std::string_view digits) {
  return digits.size() >= many_digits && digits.front() == '0';
}

/// Letters right behind a number without a word: `1abc`, not `1st` or `0attn`.
bool is_in_code(const Digits& number) {
  constexpr std::array<std::string_view, 4> ordinals{"st", "nd", "rd", "th"};
  std::string word;
  for (const char c : number.behind) {
    if (!is_letter(c)) break;
    word += c < 'a' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (word.empty() || counts_layers(word) || leaves_layers(word)) return false;
  return std::find(ordinals.begin(), ordinals.end(), word) == ordinals.end();
}

/// A letter between two numbers: the `W` of `S01W02`.
bool is_behind_code(const Digits& number) {
  const std::size_t size = number.before.size();
  return size > 1 && is_letter(number.before[size - 1]) && is_digit(number.before[size - 2]);
}

/// Numbers before this one, marks between them, of which one is long: `1089-134686-0`,
/// `2012-01-02`.
bool is_behind_id(std::string_view before) {
  while (!before.empty() && (before.back() == '-' || before.back() == '_')) {
    before.remove_suffix(1);
    std::size_t digits = 0;
    for (; !before.empty() && is_digit(before.back()); ++digits) before.remove_suffix(1);
    if (digits >= many_digits) return true;
  }
  return false;
}

}  // namespace

bool look_like_ids(const Family& arrays, std::size_t place) {
  std::int64_t least = arrays.names.front().numbers[place], most = least;
  for (const ArrayName& name : arrays.names) {
    least = std::min(least, name.numbers[place]);
    most = std::max(most, name.numbers[place]);
  }
  if (most >= most_layers || least >= last_first) return true;
  const bool bare = arrays.names.front().words[place].empty();
  return std::any_of(arrays.members.begin(), arrays.members.end(), [&](const NamedTensor& array) {
    const auto number = digits_at(array.name, place);
    if (!number) return false;
    if (is_padded(number->digits) || is_behind_code(*number)) return true;
    return bare && (is_in_code(*number) || is_behind_id(number->before));
  });
}

}  // namespace attngraph

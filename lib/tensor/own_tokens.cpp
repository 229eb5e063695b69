#include "tensor/own_tokens.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "tensor/token_side.hpp"

namespace attngraph {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_folder_end(char c) { return c == '.' || c == '/'; }
bool is_mark(char c) { return is_folder_end(c) || c == '_' || c == '-'; }

/// A name with what names tokens taken out: what stands before it and behind it, with their marks.
struct Owner {
  std::string_view before, word, behind;
  OwnerPlace place = OwnerPlace::none;
};

std::size_t begin_of_last(std::string_view path) {
  const auto cut = path.find_last_of("./");
  return cut == path.npos ? 0 : cut + 1;
}

/// `part` without what names tokens at its end, else at its begin.
Owner owner_in_part(std::string_view name, std::size_t begin, std::size_t end) {
  const std::string_view part = name.substr(begin, end - begin);
  if (names_tokens(part)) {
    return {name.substr(0, begin), part, name.substr(end), OwnerPlace::folder};
  }
  for (std::size_t i = 0; i + 1 < part.size(); ++i) {
    if (!is_mark(part[i]) || !names_tokens(part.substr(i + 1))) continue;
    return {name.substr(0, begin + i + 1), part.substr(i + 1), name.substr(end), OwnerPlace::word};
  }
  for (std::size_t i = part.size(); i-- > 1;) {
    if (!is_mark(part[i]) || !names_tokens(part.substr(0, i))) continue;
    return {name.substr(0, begin), part.substr(0, i), name.substr(begin + i), OwnerPlace::word};
  }
  return {};
}

/// Where the number of an input begins at the end of a name: `tokens_0`, `tokens.0`.
std::size_t begin_of_number(std::string_view name) {
  std::size_t end = name.size();
  while (end > 0 && is_digit(name[end - 1])) --end;
  const bool marked = end > 0 && is_mark(name[end - 1]) && end < name.size();
  return marked ? end - 1 : name.size();
}

Owner owner_of(std::string_view name) {
  const std::size_t end = begin_of_number(name);
  const std::size_t begin = begin_of_last(name.substr(0, end));
  Owner owner = owner_in_part(name, begin, end);
  if (owner.place != OwnerPlace::none) return owner;
  const std::size_t last = begin_of_last(name);
  if (last > 0) {
    const std::size_t outer = begin_of_last(name.substr(0, last - 1));
    const std::string_view word = name.substr(outer, last - 1 - outer);
    if (names_tokens(word)) {
      return {name.substr(0, outer), word, name.substr(last - 1), OwnerPlace::word};
    }
  }
  return {name.substr(0, last), name.substr(begin, end - begin), {}, OwnerPlace::none};
}

/// All marks as one.
std::string plain(std::string_view text) {
  std::string same(text);
  std::replace_if(same.begin(), same.end(), is_mark, '.');
  return same;
}

std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    if (i == 0 || !is_digit(text[i - 1])) numbers.emplace_back();
    numbers.back() += text[i];
  }
  return numbers;
}

/// Whether the numbers of a list are the first of an array.
bool begins_with_numbers(std::string_view list, std::string_view array) {
  const auto first = numbers_in(list), all = numbers_in(array);
  return !first.empty() && first.size() <= all.size() &&
         std::equal(first.begin(), first.end(), all.begin());
}

/// What both begin with, up to the end of a folder.
std::size_t common_folder(std::string_view a, std::string_view b) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i) {
    if (is_folder_end(a[i])) length = i + 1;
  }
  return length;
}

/// Whether a name ends with that, or has it before a mark.
bool has_behind(std::string_view name, std::string_view behind) {
  if (name == behind.substr(1)) return true;
  for (auto at = name.find(behind); at != name.npos; at = name.find(behind, at + 1)) {
    const std::size_t end = at + behind.size();
    if (end == name.size() || name[end] == '.') return true;
  }
  return false;
}

}  // namespace

OwnerPlace owner_place(std::string_view list) { return owner_of(list).place; }

std::string_view token_word(std::string_view list) { return owner_of(list).word; }

Kinship kinship(std::string_view list, std::string_view array) {
  const Owner owner = owner_of(list);
  const std::string before = plain(owner.before), behind = plain(owner.behind);
  const std::string name = plain(array);
  const bool begins = (name + ".").starts_with(before);
  const bool numbered = !behind.empty() && numbers_in(behind).size() == 1 &&
                        behind.find_first_not_of(".0123456789") == behind.npos;
  const bool ends =
      behind.empty() || (numbered ? begins_with_numbers(list, array) : has_behind(name, behind));
  if (begins && ends) return {before.size() + behind.size(), true};
  if (behind.empty() && begins_with_numbers(list, array)) {
    return {std::max<std::size_t>(1, common_folder(owner.before, array)), false};
  }
  return {behind.empty() ? common_folder(owner.before, array) : 0, false};
}

}  // namespace attngraph

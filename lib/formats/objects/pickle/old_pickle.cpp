// The opcodes are carried out on a stack of which only the height is known: words that happen to
// begin with opcodes leave more than one value, or marks.
#include "formats/objects/pickle/old_pickle.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace attngraph {
namespace {

/// What stands behind an opcode: up to eight bytes, or what these say.
enum class Operand : std::size_t {
  none = 0,
  line = 9,
  number,
  quoted,
  two_lines,
  counted_by_one_byte,
  counted_by_four_bytes
};

constexpr Operand bytes(std::size_t count) { return static_cast<Operand>(count); }

/// As deep as Python goes into an object.
constexpr std::size_t most_marks = 1000;

/// Takes all that lies behind the last mark.
constexpr std::size_t to_mark = 9;

struct Opcode {
  char code;
  Operand operand;
  std::size_t takes;
  std::size_t gives;
};

constexpr std::array<Opcode, 39> opcodes{{
    {'0', Operand::none, 1, 0},
    {'1', Operand::none, to_mark, 0},
    {'2', Operand::none, 1, 2},
    {'F', Operand::number, 0, 1},
    {'G', bytes(8), 0, 1},
    {'I', Operand::number, 0, 1},
    {'J', bytes(4), 0, 1},
    {'K', bytes(1), 0, 1},
    {'L', Operand::number, 0, 1},
    {'M', bytes(2), 0, 1},
    {'N', Operand::none, 0, 1},
    {'P', Operand::line, 0, 1},
    {'Q', Operand::none, 1, 1},
    {'R', Operand::none, 2, 1},
    {'S', Operand::quoted, 0, 1},
    {'T', Operand::counted_by_four_bytes, 0, 1},
    {'U', Operand::counted_by_one_byte, 0, 1},
    {'V', Operand::line, 0, 1},
    {'X', Operand::counted_by_four_bytes, 0, 1},
    {'a', Operand::none, 2, 1},
    {'b', Operand::none, 2, 1},
    {'c', Operand::two_lines, 0, 1},
    {'d', Operand::none, to_mark, 1},
    {'e', Operand::none, to_mark, 0},
    {'g', Operand::number, 0, 1},
    {'h', bytes(1), 0, 1},
    {'i', Operand::two_lines, to_mark, 1},
    {'j', bytes(4), 0, 1},
    {'l', Operand::none, to_mark, 1},
    {'o', Operand::none, to_mark, 1},
    {'p', Operand::number, 1, 1},
    {'q', bytes(1), 1, 1},
    {'r', bytes(4), 1, 1},
    {'s', Operand::none, 3, 1},
    {'t', Operand::none, to_mark, 1},
    {'u', Operand::none, to_mark, 0},
    {')', Operand::none, 0, 1},
    {']', Operand::none, 0, 1},
    {'}', Operand::none, 0, 1},
}};

/// Opcodes that make containers, or keep a value in the memo.
constexpr std::string_view telling = "tdlioe)]}pqr";

/// As text has them: `1`, `-0.5`, `1e-05`, `70L`, `nan`.
bool is_number(std::string_view line) {
  constexpr std::string_view characters = "0123456789+-.eEL";
  return line == "nan" || line == "inf" || line == "-inf" ||
         (!line.empty() && line.find_first_not_of(characters) == line.npos);
}

bool is_quoted(std::string_view line) {
  return line.size() > 1 && (line[0] == '\'' || line[0] == '"') && line.back() == line[0];
}

class OldPickle {
 public:
  explicit OldPickle(std::string_view rest) : rest_(rest) {}

  /// Whether the opcodes reach the end of the text, and leave one value there.
  bool is_whole() {
    while (!rest_.empty()) {
      const char code = rest_.front();
      rest_.remove_prefix(1);
      if (code == '.') return rest_.empty() && marks_.empty() && height_ == 1 && is_telling_;
      if (code == '(') {
        if (marks_.size() == most_marks) return false;
        marks_.push_back(height_);
      } else if (!carry_out(code)) {
        return false;
      }
    }
    return false;
  }

 private:
  std::string_view rest_;
  std::size_t height_ = 0;
  std::vector<std::size_t> marks_;
  bool is_telling_ = false;

  bool carry_out(char code) {
    const auto opcode = std::find_if(opcodes.begin(), opcodes.end(),
                                     [&](const Opcode& known) { return known.code == code; });
    if (opcode == opcodes.end() || !take(opcode->operand)) return false;
    const std::size_t floor = marks_.empty() ? 0 : marks_.back();
    if (opcode->takes == to_mark) {
      if (marks_.empty()) return false;
      height_ = floor;
      marks_.pop_back();
    } else {
      if (height_ < floor + opcode->takes) return false;
      height_ -= opcode->takes;
    }
    height_ += opcode->gives;
    is_telling_ = is_telling_ || telling.find(code) != telling.npos;
    return true;
  }

  bool skip(std::size_t count) {
    if (count > rest_.size()) return false;
    rest_.remove_prefix(count);
    return true;
  }

  template <typename Is>
  bool take_line(Is is) {
    const std::size_t end = rest_.find('\n');
    return end != rest_.npos && is(rest_.substr(0, end)) && skip(end + 1);
  }

  bool take_counted(std::size_t width) {
    if (rest_.size() < width) return false;
    std::size_t count = 0;
    for (std::size_t i = width; i-- > 0;) {
      count = count * 256 + static_cast<unsigned char>(rest_[i]);
    }
    return skip(width) && skip(count);
  }

  bool take(Operand operand) {
    const auto is_any = [](std::string_view) { return true; };
    switch (operand) {
      case Operand::line:
        return take_line(is_any);
      case Operand::number:
        return take_line(is_number);
      case Operand::quoted:
        return take_line(is_quoted);
      case Operand::two_lines:
        return take_line(is_any) && take_line(is_any);
      case Operand::counted_by_one_byte:
        return take_counted(1);
      case Operand::counted_by_four_bytes:
        return take_counted(4);
      default:
        return skip(static_cast<std::size_t>(operand));
    }
  }
};

}  // namespace

bool is_old_pickle(std::string_view text) { return OldPickle(text).is_whole(); }

}  // namespace attngraph

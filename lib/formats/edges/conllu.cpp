#include "formats/edges/conllu.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/rules.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {
namespace {

constexpr std::size_t field_count = 10;
enum Field : std::size_t { id = 0, form = 1, head = 6 };

using Fields = std::vector<std::string_view>;

/// What an arc takes in lists that grow: the head, both ends and a weight.
constexpr std::size_t bytes_of_arc =
    3 * (sizeof(std::size_t) + 2 * sizeof(std::int32_t) + sizeof(double));

std::size_t fields_in(std::string_view line) {
  return static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')) + 1;
}

Fields fields_of(std::string_view line) {
  Fields fields;
  while (true) {
    const auto tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    line.remove_prefix(tab + 1);
  }
}

/// Takes a line and what ends it.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// `2-3` and `2.1`
bool is_no_word(std::string_view text) {
  return !text.empty() && text.find_first_of("-.") != std::string_view::npos &&
         text.find_first_not_of("0123456789-.") == std::string_view::npos;
}

class Reader {
 public:
  Reader(const std::string& source, const Limits& limits, std::size_t held)
      : source_(source), taken_(source, limits, held), words_(limits, taken_) {
    dump_.source = source;
    dump_.format = "CoNLL-U";
  }

  void line(std::string_view line) {
    ++line_;
    if (line.empty()) return end_sentence();
    if (line.front() == '#') return;
    if (const std::size_t fields = fields_in(line); fields != field_count) {
      refuse(std::to_string(fields) + " fields, expected 10 with tabs between");
    }
    const Fields fields = fields_of(line);
    if (is_no_word(fields[id])) return;
    const std::size_t word = words_.size() - first_ + 1;
    if (parsed<std::size_t>(fields[id]) != word) {
      refuse("word " + in_quotes(fields[id]) + ", expected " + std::to_string(word));
    }
    const auto head_word = parsed<std::size_t>(fields[head]);
    if (!head_word) refuse("head " + in_quotes(fields[head]) + ", expected the number of a word");
    words_.add(fields[form], place());
    taken_.add(bytes_of_arc);
    heads_.push_back(*head_word);
  }

  Dump finish() {
    end_sentence();
    dump_.tokens = words_.taken();
    if (dump_.tokens.empty()) throw InputError(source_, "holds no word");
    dump_.nodes = dump_.tokens.size();
    arcs_.nodes = dump_.nodes;
    dump_.edges.push_back({0, 0, std::move(arcs_)});
    return std::move(dump_);
  }

 private:
  const std::string& source_;
  TakenMemory taken_;
  LabelTexts words_;
  Dump dump_;
  EdgeArrays arcs_;
  /// Of the sentence: where its words begin, and the head of each.
  std::size_t first_ = 0;
  std::vector<std::size_t> heads_;
  std::size_t line_ = 0;

  std::string place() const { return source_ + ": line " + std::to_string(line_); }
  [[noreturn]] void refuse(const std::string& problem) const { throw InputError(place(), problem); }

  void end_sentence() {
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      if (heads_[i] > heads_.size()) {
        refuse("the sentence before has " + std::to_string(heads_.size()) + " words, and word " +
               std::to_string(i + 1) + " has the head " + std::to_string(heads_[i]));
      }
      if (heads_[i] > 0) arcs_.add(first_ + i, first_ + heads_[i] - 1, 1.0);
    }
    first_ = words_.size();
    heads_.clear();
  }
};

}  // namespace

bool is_conllu(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty() || line.front() == '#') continue;
    if (fields_in(line) != field_count) return false;
    const Fields fields = fields_of(line);
    return is_no_word(fields[id]) || parsed<std::size_t>(fields[id]) == std::size_t{1};
  }
  return false;
}

Dump read_conllu(std::string_view text, const std::string& source, const Limits& limits,
                 std::size_t held) {
  Reader reader(source, limits, held);
  while (!text.empty()) {
    check_stop();
    reader.line(take_line(text));
  }
  return reader.finish();
}

}  // namespace attngraph

#include "fuzz/asked.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>

#include "command.hpp"
#include "formats/encoders.hpp"
#include "help/help.hpp"
#include "reading/sides.hpp"

namespace attngraph::test {
namespace {

using Words = std::vector<std::string>;

/// What each command cannot do without.
const std::map<std::string, Words>& needs() {
  static const std::map<std::string, Words> all{
      {"attend", {"--query", "ARRAYS:q", "--key", "ARRAYS:k"}},
      {"evict", {"--budget", "0.5", "--causal", "yes"}},
      {"gat",
       {"--features", "ARRAYS:x", "--adjacency", "EDGES", "--weight", "ARRAYS:w", "--attention",
        "ARRAYS:a"}},
      {"maxflow", {"--source", "0", "--sink", "1"}},
      {"norms", {"--value", "ARRAYS:v"}},
      {"paths", {"--from", "0", "--to", "last"}},
      {"pool", {"--input", "ARRAYS:x", "--w1", "ARRAYS:w", "--w2", "ARRAYS:a"}},
      {"segments", {"--segments", "0-0"}},
      {"sparsify", {"--top-k", "2"}},
      {"spatial", {"--input", "ARRAYS:image", "--wq", "ARRAYS:w", "--wk", "ARRAYS:w"}}};
  return all;
}

/// Lengths of the axes of the arrays.
struct Lengths {
  std::size_t layers, heads, queries, keys, width;

  Lengths(Dice& dice, Sides sides)
      : layers(1 + dice.below(3)),
        heads(1 + dice.below(2)),
        queries(1 + dice.below(6)),
        keys(sides == Sides::self ? queries : 1 + dice.below(6)),
        width(1 + dice.below(3)) {}
};

std::string shape_of(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (const std::size_t length : shape) text += std::to_string(length) + ",";
  return text + ")";
}

std::size_t size_of(const std::vector<std::size_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// From -2 to 2, some of them equal, a few of them strange.
double number(Dice& dice) {
  static constexpr std::array<double, 8> strange{0, -0.0, 1e-300, 1e300, 1e-8, -1e30, 3e38, 1};
  const std::size_t byte = dice.byte();
  return byte >= 0xf8 ? strange[byte - 0xf8] : static_cast<double>(byte) / 62 - 2;
}

std::string numbers(const std::vector<std::size_t>& shape, Dice& dice) {
  std::vector<double> values(size_of(shape));
  for (double& value : values) value = number(dice);
  return npy_file("<f8", shape_of(shape), raw(values));
}

enum class Ahead { seen, hidden };

/// Rows that sum to 1, or are all zeros; many of the weights are 0 or equal.
template <typename Real>
std::string weights(const Lengths& of, Ahead ahead, Dice& dice, std::string_view descr) {
  std::vector<Real> values;
  for (std::size_t row = 0; row < of.layers * of.heads * of.queries; ++row) {
    std::vector<double> weights(of.keys);
    const std::size_t last = row % of.queries + of.keys - std::min(of.keys, of.queries);
    for (std::size_t key = 0; key < of.keys; ++key) {
      const bool hidden = ahead == Ahead::hidden && key > last;
      weights[key] = hidden ? 0 : static_cast<double>(dice.byte() / 16);
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (const double weight : weights) values.push_back(Real(sum > 0 ? weight / sum : 0));
  }
  return npy_file(descr, shape_of({of.layers, of.heads, of.queries, of.keys}), raw(values));
}

/// Words of one letter, some of them alike, some of them special.
std::string tokens(std::size_t count, Dice& dice) {
  static constexpr std::array<char32_t, 8> letters{U'a', U'b',      U'.', U'Ġ',
                                                   U'#', U'\u202e', U'0', 0};
  std::vector<char32_t> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back(dice.one_of(letters));
  return npy_file("<U1", shape_of({count}), raw(texts));
}

std::string array_of(const std::string& name, const Lengths& of, Dice& dice) {
  if (name == "attention") {
    const Ahead ahead = dice.below(2) == 0 ? Ahead::seen : Ahead::hidden;
    return dice.below(2) == 0 ? weights<double>(of, ahead, dice, "<f8")
                              : weights<float>(of, ahead, dice, "<f4");
  }
  if (name == "q") return numbers({of.layers, of.heads, of.queries, of.width}, dice);
  if (name == "k" || name == "v") return numbers({of.layers, of.heads, of.keys, of.width}, dice);
  if (name == "x") return numbers({of.keys, of.width}, dice);
  if (name == "w") return numbers({of.width, of.width}, dice);
  if (name == "a") return numbers({of.width * (1 + dice.below(2))}, dice);
  if (name == "square") return numbers({of.keys, of.keys}, dice);
  if (name == "image") return numbers({of.width, of.queries, of.keys}, dice);
  if (name == "tokens") return tokens(of.keys, dice);
  return numbers({of.layers, of.heads, of.queries, of.keys}, dice);
}

constexpr std::array<const char*, 11> arrays{"attention", "q",    "k",      "v",     "x",     "w",
                                             "a",         "mask", "square", "image", "tokens"};

/// What is given to an option that has no words of its own, by its type.
std::string plain_value(const std::string& type, Dice& dice) {
  using Values = std::vector<const char*>;
  static const std::map<std::string, Values> by_type{
      {"N", {"0", "1", "2", "3", "5", "1000"}},
      {"NUMBER", {"0", "0.1", "0.5", "1", "2", "-1", "1e-9", "1e300"}},
      {"TOKEN", {"0", "1", "2", "last", "a"}},
      {"LIST", {"0", "0-1", "1", "0,1", "-1", "a:0-0,b:1-1", "0.1,0.5"}},
      {"SIZE", {"1", "1M"}}};
  static const Values others{"0", "1", "0.5", "a", "all", "last", "none", "1x1", "0.1,0.9", ""};
  const auto found = by_type.find(type);
  return dice.one_of(found == by_type.end() || dice.below(16) == 0 ? others : found->second);
}

std::string value_of(const DeclaredOption& option, const Words& columns, Dice& dice) {
  if (option.name == "--features-out") return "features.npy";
  if (option.takes_file()) return std::string(arrays_file) + ":" + dice.one_of(arrays);
  if (option.type == "COLUMN" && !columns.empty()) return dice.one_of(columns);
  return plain_value(option.type, dice);
}

/// Options that start processes, read other files, or tell where the answer goes.
bool is_left_out(const std::string& option) {
  static constexpr std::array<const char*, 9> all{"--files-from",    "--format", "--help",
                                                  "--jobs",          "--out",    "--shard",
                                                  "--skip-existing", "--stack",  "--version"};
  return std::find(all.begin(), all.end(), option) != all.end();
}

/// What a command says of itself, made once.
struct KnownCommand {
  Manual manual;
  Words columns;
  std::vector<DeclaredOption> options;
};

const KnownCommand& known_command(Dice& dice) {
  static const std::vector<KnownCommand> all = [] {
    std::vector<KnownCommand> commands;
    for (const CommandMaker make : command_makers()) {
      const auto command = make();
      KnownCommand& known = commands.emplace_back();
      known.manual = command->manual();
      for (const Column& column : command->columns().columns) known.columns.push_back(column.name);
      known.options = declarations_of(*command).options;
      std::erase_if(known.options, [](const auto& option) { return is_left_out(option.name); });
    }
    return commands;
  }();
  return all[dice.below(all.size())];
}

void add_options(Words& words, const KnownCommand& command, Dice& dice) {
  constexpr std::size_t most = 4;
  for (std::size_t left = dice.below(most + 1); left > 0; --left) {
    const DeclaredOption& option = command.options[dice.below(command.options.size())];
    words.push_back(option.name);
    if (!option.takes_value()) continue;
    const bool chosen = !option.choices.empty() && dice.below(8) != 0;
    words.push_back(chosen ? dice.one_of(option.choices) : value_of(option, command.columns, dice));
  }
}

/// Formats that are written here, not by another program.
std::string format_of(const Manual& manual, Dice& dice) {
  std::vector<const Format*> formats = formats_of(manual.forms);
  std::erase_if(formats, [](const Format* format) { return !format->needs.name.empty(); });
  return std::string(dice.one_of(formats)->name);
}

/// Those that the words name, and perhaps labels.
std::string archive_of(const Words& words, Dice& dice) {
  const Lengths lengths(dice, dice.below(4) != 0 ? Sides::self : Sides::cross);
  const bool labelled = dice.below(3) == 0;
  std::vector<ZipEntry> entries;
  for (const std::string name : arrays) {
    const std::string word = std::string(arrays_file) + ":" + name;
    const bool named = std::find(words.begin(), words.end(), word) != words.end();
    if (!named && !(labelled && name == "tokens")) continue;
    entries.push_back({name + ".npy", array_of(name, lengths, dice)});
  }
  return zip_file(entries);
}

std::string edges_of(Dice& dice) {
  std::string csv = "source,target,weight\n";
  for (std::size_t left = 1 + dice.below(8); left > 0; --left) {
    csv += std::to_string(dice.below(5)) + "," + std::to_string(dice.below(5)) + "," +
           std::to_string(dice.below(9)) + "e-1\n";
  }
  return csv;
}

/// What attention is asked about: stored, made of queries and keys, or edges.
Words input_of(const Manual& manual, Dice& dice) {
  if (manual.input == InputKind::options) return {};
  switch (dice.below(8)) {
    case 0:
      return {std::string(edges_file)};
    case 1:
    case 2:
      return {"--query", "ARRAYS:q", "--key", "ARRAYS:k"};
    default:
      return {"ARRAYS:attention"};
  }
}

}  // namespace

AskedQuestion asked_question(std::string_view bytes) {
  Dice dice(bytes);
  const KnownCommand& command = known_command(dice);
  AskedQuestion asked{command.manual.name, {"--format", format_of(command.manual, dice)}, {}, {}};
  Words& words = asked.words;
  const Words input = input_of(command.manual, dice);
  words.insert(words.end(), input.begin(), input.end());
  if (const auto needed = needs().find(asked.command); needed != needs().end()) {
    words.insert(words.end(), needed->second.begin(), needed->second.end());
  }
  add_options(words, command, dice);
  asked.arrays = archive_of(words, dice);
  asked.edges = edges_of(dice);
  return asked;
}

}  // namespace attngraph::test

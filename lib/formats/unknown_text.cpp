#include "formats/unknown_text.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/rules.hpp"
#include "formats/tables/number_table.hpp"

namespace attngraph {
namespace {

constexpr const char* save_hint = "save arrays with numpy.save, numpy.savez or safetensors";
constexpr const char* raw_hint =
    "; bare numbers are read after numpy.save(file, numpy.fromfile(raw, 'float32').reshape(layers, "
    "heads, n, n))";
constexpr const char* header_hint = "a list of edges needs the header source,target,weight";

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

/// Whether it begins with bytes that no text has.
bool is_binary(std::string_view text) {
  constexpr std::size_t begin = 512;
  constexpr std::string_view blanks = "\t\n\v\f\r\x1a\x1b";
  const auto is_control = [&](char c) {
    return static_cast<unsigned char>(c) < ' ' && blanks.find(c) == blanks.npos;
  };
  text = text.substr(0, begin);
  return std::any_of(text.begin(), text.end(), is_control);
}

std::string_view first_line(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// `text` from its first line on that is neither a comment nor blank.
std::string_view behind_comments(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = without_blanks(first_line(text));
    if (!line.empty() && !line.starts_with('#') && !line.starts_with("//")) break;
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return text;
}

/// The bracket that opens a graph of this keyword, behind its name; none where no graph begins so.
char bracket_behind(std::string_view text, std::string_view keyword) {
  constexpr std::size_t longest_name = 256;
  if (!text.starts_with(keyword)) return '\0';
  text.remove_prefix(keyword.size());
  if (text.empty() || std::string_view(" \t\r\n{[").find(text.front()) == text.npos) return '\0';
  const auto bracket = text.substr(0, longest_name).find_first_of("{[");
  return bracket == text.npos ? '\0' : text[bracket];
}

bool is_gml(std::string_view text) {
  return text.starts_with("creator \"") || bracket_behind(text, "graph") == '[';
}

bool is_dot(std::string_view text) {
  if (text.starts_with("strict ")) text = without_blanks(text.substr(6));
  return bracket_behind(text, "digraph") == '{' || bracket_behind(text, "graph") == '{';
}

[[noreturn]] void refuse_graph(const char* kind, const std::string& reader,
                               const std::string& source) {
  throw InputError(source, std::string("is a graph as ") + kind + ", expected GraphML",
                   "convert it: networkx.write_graphml(" + reader + "(graph), file)");
}

/// Texts of other programs, by how they begin.
void refuse_named(std::string_view text, const std::string& source) {
  constexpr std::size_t begin = 512;
  const std::string lower = lower_case(behind_comments(text).substr(0, begin));
  if (is_gml(lower)) refuse_graph("GML", "networkx.read_gml", source);
  if (is_dot(lower)) refuse_graph("DOT", "networkx.nx_pydot.read_dot", source);
  if (lower.starts_with("*vertices") || lower.starts_with("*network")) {
    refuse_graph("Pajek writes it", "networkx.read_pajek", source);
  }
  if (lower.starts_with("%yaml") || first_line(lower) == "---") {
    throw InputError(source, "is YAML, expected JSON",
                     "convert it: json.dump(yaml.safe_load(text), file)");
  }
  if (text.starts_with("tensor(") || text.starts_with("array(")) {
    throw InputError(source, "is a printed tensor, expected its numbers in a file",
                     "print leaves numbers out; save it with torch.save or numpy.save");
  }
}

}  // namespace

void refuse_unknown(std::string_view text, const std::string& source) {
  constexpr const char* known =
      ", expected NPY, NPZ, safetensors, PyTorch, pickle, JSON, a CSV of edges or GraphML";
  constexpr std::size_t quoted = 16;
  refuse_named(text, source);
  const std::string reader = table_in_python(text);
  const std::string hint =
      reader.empty() ? save_hint
                     : "a table of numbers is read after numpy.save(file, " + reader + ")";
  const std::string_view line = first_line(text).substr(0, quoted);
  const bool is_quoted = !line.empty() && std::all_of(line.begin(), line.end(), is_printable);
  if (reader.empty() && !is_quoted) {
    throw InputError(source, std::string("is of an unknown kind") + known,
                     std::string(save_hint) + (is_binary(text) ? raw_hint : ""));
  }
  throw InputError(source, (is_quoted ? "begins with " + in_quotes(line) : "is a table") + known,
                   hint + "; " + header_hint);
}

}  // namespace attngraph

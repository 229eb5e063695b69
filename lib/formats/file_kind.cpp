#include "formats/file_kind.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "formats/edges/edge_csv.hpp"
#include "formats/graphs/json_edges.hpp"
#include "formats/objects/pickle/old_pickle.hpp"
#include "formats/objects/torch/torch_legacy.hpp"
#include "formats/rules.hpp"
#include "formats/unknown_text.hpp"

namespace attngraph {
namespace {

using std::string_view_literals::operator""sv;

struct WrongKind {
  std::string_view begin;
  const char* name;
  const char* hint;
};

constexpr const char* save_hint = "save arrays with numpy.save, numpy.savez or safetensors";
constexpr const char* matrix_market = "a matrix of Matrix Market";
constexpr const char* netcdf_hint =
    "save one variable: numpy.save(file, scipy.io.netcdf_file(cdf).variables['name'][:])";
constexpr const char* unpack_hint = "unpack it first and give the file inside";

constexpr std::array<WrongKind, 22> wrong_kinds{
    {{"\x89HDF\r\n\x1a\n"sv, "an HDF5 file", "save one data set with numpy.save(file, dataset[:])"},
     {"\x1f\x8b"sv, "a gzip file", unpack_hint},
     {"\x28\xb5\x2f\xfd"sv, "a Zstandard file", unpack_hint},
     {"BZh"sv, "a bzip2 file", unpack_hint},
     {"\xfd"
      "7zXZ\0"sv,
      "an xz file", unpack_hint},
     {"PAR1"sv, "a Parquet file", save_hint},
     {"GGUF"sv, "a GGUF file",
      "it holds a model's weights, no attention; run the model and save what it attends to"},
     {"version https://git-lfs"sv, "a Git LFS pointer, not the file itself",
      "fetch the file: git lfs pull"},
     {"version https://hawser"sv, "a Git LFS pointer, not the file itself",
      "fetch the file: git lfs pull"},
     {"L119547037146038801333356L\n."sv, "a PyTorch file of pickle protocol 0 or 1",
      "load it with torch.load and save it again"},
     {"\x89PNG\r\n\x1a\n"sv, "a PNG picture", "give the array of numbers, not its picture"},
     {"%PDF"sv, "a PDF document", "give the array of numbers, not its picture"},
     {"MATLAB 5.0 MAT-file"sv, "a file of MATLAB",
      "save one variable: numpy.save(file, scipy.io.loadmat(mat)['name'])"},
     {"MATLAB 7.3 MAT-file"sv, "a file of MATLAB, which is HDF5",
      "save one variable: numpy.save(file, h5py.File(mat)['name'][:].T)"},
     {"%%MatrixMarket matrix array"sv, matrix_market,
      "save it: numpy.save(file, scipy.io.mmread(matrix))"},
     {"%%MatrixMarket"sv, matrix_market,
      "save it dense: numpy.save(file, scipy.io.mmread(matrix).toarray())"},
     {"ARROW1\0"sv, "an Arrow file", save_hint},
     {"FEA1"sv, "a Feather file", save_hint},
     {"SQLite format 3\0"sv, "an SQLite database", save_hint},
     {"7z\xbc\xaf\x27\x1c"sv, "a 7z archive", unpack_hint},
     {"CDF\x01"sv, "a NetCDF file", netcdf_hint},
     {"CDF\x02"sv, "a NetCDF file", netcdf_hint}}};

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

/// As is_safetensors, but with a wrong length or a wrong first byte of the header. Text has no NUL
/// and nothing beyond ASCII there.
bool is_damaged_safetensors(std::span<const std::byte> bytes) {
  if (bytes.size() <= 8) return false;
  const auto length = little_endian<std::uint64_t>(bytes, 0);
  const bool fits = length > 0 && length <= bytes.size() - 8;
  const bool is_binary = std::any_of(bytes.begin(), bytes.begin() + 8, [](std::byte b) {
    return b == std::byte{0} || b >= std::byte{0x80};
  });
  return is_binary && (bytes[8] == std::byte{'{'} || fits);
}

/// Whether a line names a module and begins with a pickle's opcode for what is imported from it.
bool is_import(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const auto belongs = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
  };
  return line.size() > 1 && line.size() < text.size() && line.front() == 'c' &&
         std::all_of(line.begin(), line.end(), belongs);
}

/// A pickle of protocol 0 or 1, perhaps a damaged one, has no mark; it begins with lists, dicts,
/// numbers or names, perhaps in tuples, and ends with a point.
bool begins_as_old_pickle(std::string_view text) {
  if (!text.ends_with('.')) return false;
  const bool in_tuple = text.starts_with('(');
  text.remove_prefix(std::min(text.find_first_not_of('('), text.size()));
  if (in_tuple && (text.starts_with("lp0\n") || text.starts_with("dp0\n") ||
                   text.starts_with("tp0\n") || text.starts_with('F'))) {
    return true;
  }
  return is_import(text) || text.starts_with("]q\0"sv) || text.starts_with("}q\0"sv);
}

/// The mark of a tar archive stands behind fields that NUL pads, which no text has.
bool is_tar(std::string_view text) {
  constexpr std::size_t mark = 257;
  return text.size() > mark && text.substr(mark).starts_with("ustar") &&
         text.substr(0, mark).find('\0') != text.npos;
}

/// Its two bytes may be a text's, which has no others that cannot be printed.
bool is_zlib(std::string_view text) {
  constexpr std::size_t begin = 64;
  const bool marked = text.starts_with("x\x01"sv) || text.starts_with("x^"sv) ||
                      text.starts_with("x\x9c"sv) || text.starts_with("x\xda"sv);
  text = text.substr(0, begin);
  return marked && std::any_of(text.begin(), text.end(), [](char c) {
           return c == '\x7f' ||
                  (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r');
         });
}

/// Null for no kind that has a mark.
const WrongKind* marked_kind(std::string_view text) {
  const auto found = std::find_if(wrong_kinds.begin(), wrong_kinds.end(),
                                  [&](const auto& kind) { return text.starts_with(kind.begin); });
  return found == wrong_kinds.end() ? nullptr : &*found;
}

[[noreturn]] void refuse_marked(const WrongKind& kind, const std::string& source) {
  throw InputError(source, std::string("is ") + kind.name, kind.hint);
}

/// Whether a mark is a few letters, which the first label may be.
bool may_be_word(std::string_view mark) {
  return mark.size() <= 4 && std::all_of(mark.begin(), mark.end(), is_printable);
}

[[noreturn]] void refuse_old_pickle(const std::string& source) {
  throw InputError(source, "is a pickle of protocol 0 or 1, expected 2 to 5",
                   "save it again with pickle.dump(object, file, protocol=4)");
}

void refuse_wrong_kind(std::string_view text, const std::string& source) {
  if (begins_as_old_pickle(text) || is_old_pickle(text)) refuse_old_pickle(source);
  if (is_tar(text)) {
    throw InputError(source, "is a tar archive",
                     "unpack it and give the file inside; what PyTorch before 0.1.10 wrote is "
                     "loaded with torch.load and saved again");
  }
  if (is_zlib(text)) {
    throw InputError(source, "is compressed by zlib, as joblib.dump does it",
                     "save the arrays with numpy.savez; joblib.load reads it");
  }
  if (const WrongKind* kind = marked_kind(text)) refuse_marked(*kind, source);
}

FileKind kind_of_object(std::string_view json) {
  switch (json_edges(json)) {
    case JsonEdges::graph:
      return FileKind::graph_json;
    case JsonEdges::lines:
    case JsonEdges::answer:
      return FileKind::row_json;
    case JsonEdges::none:
      break;
  }
  return FileKind::json;
}

/// A list of edges, as pandas writes records, or of anything else.
FileKind kind_of_list(std::string_view json) {
  const std::size_t first = json.find_first_not_of(" \t\r\n", 1);
  const bool objects = first != json.npos && json[first] == '{';
  const bool edges = objects && json_edges(json.substr(first)) == JsonEdges::lines;
  return edges ? FileKind::row_json : FileKind::json;
}

/// `[CLS],`: a table whose first field is a token, no JSON list.
bool begins_with_token(std::string_view text) {
  const auto end = text.find_first_of("],;\t\r\n");
  if (!text.starts_with('[') || end == text.npos || end == 1 || text[end] != ']') return false;
  const bool is_word = std::all_of(
      text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(end),
      [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; });
  const bool is_letter = std::isalpha(static_cast<unsigned char>(text[1])) != 0;
  return is_word && is_letter && end + 1 < text.size() &&
         std::string_view(",;\t").find(text[end + 1]) != std::string_view::npos;
}

/// `<graphml`, or with the prefix of a namespace; `<gexf` is named by who reads that.
bool is_graphml_tag(std::string_view text) {
  const std::string_view tag = text.substr(0, text.find_first_of(" \t\r\n>"));
  return tag.starts_with('<') &&
         (tag.substr(1) == "graphml" || tag.substr(1) == "gexf" || tag.ends_with(":graphml"));
}

/// `text` behind blanks, comments of XML and its declaration.
std::string_view behind_prologue(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> parts[] = {{"<?xml", "?>"},
                                                                     {"<!--", "-->"}};
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    const auto part = std::find_if(std::begin(parts), std::end(parts),
                                   [&](const auto& one) { return text.starts_with(one.first); });
    const auto end = part == std::end(parts) ? text.npos : text.find(part->second);
    if (end == text.npos) return text;
    text.remove_prefix(end + part->second.size());
  }
}

/// A page, also as XHTML, or one that begins with a comment.
bool is_html(std::string_view text) {
  const std::string begin = lower_case(behind_prologue(text).substr(0, 16));
  return begin.starts_with("<!doctype html") || begin.starts_with("<html") ||
         begin.starts_with("<head>") || begin.starts_with("<body>");
}

}  // namespace

bool is_safetensors(std::span<const std::byte> bytes) {
  constexpr std::size_t longest_header = 100'000'000;
  return bytes.size() > 8 && bytes[8] == std::byte{'{'} &&
         little_endian<std::uint64_t>(bytes, 0) <= longest_header;
}

bool is_pickle(std::span<const std::byte> bytes) {
  // PROTO and the protocol's number.
  const std::string_view text = text_of(bytes);
  return text.size() >= 2 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5 &&
         !is_safetensors(bytes);
}

bool begins_as_arrays(std::span<const std::byte> bytes) {
  const std::string_view text = text_of(bytes);
  return text.starts_with("\x93NUMPY"sv) || text.starts_with("PK\x03\x04"sv) || is_pickle(bytes) ||
         is_safetensors(bytes);
}

void refuse_other_than_text(std::span<const std::byte> bytes, const std::string& source) {
  const std::string_view text = text_of(bytes);
  if (is_old_pickle(text)) refuse_old_pickle(source);
  const WrongKind* kind = marked_kind(text);
  if (kind != nullptr && !may_be_word(kind->begin)) refuse_marked(*kind, source);
}

FileKind file_kind(std::span<const std::byte> bytes, const std::string& source) {
  if (bytes.empty())
    throw InputError(source, "is empty", "check how it was made; nothing was saved");
  const std::string_view text = text_of(bytes);
  if (is_safetensors(bytes)) return FileKind::safetensors;
  if (is_torch_legacy(bytes)) return FileKind::torch_legacy;
  if (is_pickle(bytes)) return FileKind::pickle;
  if (text.starts_with("\x93NUMPY"sv.substr(0, text.size()))) return FileKind::npy;
  if (text.starts_with("PK\x03\x04"sv.substr(0, text.size())) || text.starts_with("PK\x05\x06"sv)) {
    return FileKind::zip;
  }
  refuse_wrong_kind(text, source);
  if (is_damaged_safetensors(bytes)) return FileKind::safetensors;
  std::string_view content = text;
  content.remove_prefix(std::min(content.find_first_not_of(" \t\r\n"), content.size()));
  const std::string begin = lower_case(content.substr(0, 16));
  if (is_html(content)) {
    throw InputError(source, "is an HTML page, perhaps of a server that did not find the file",
                     "look at it in a browser, and download it again");
  }
  if (begins_with_token(content)) refuse_unknown(text, source);
  if (begin.starts_with("[")) return kind_of_list(content);
  if (begin.starts_with("{")) return kind_of_object(content);
  if (begin.starts_with("<?xml") || begin.starts_with("<!") || is_graphml_tag(content)) {
    return FileKind::graphml;
  }
  if (begins_like_edge_csv(text)) return FileKind::edge_csv;
  refuse_unknown(text, source);
}

}  // namespace attngraph

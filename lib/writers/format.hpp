#pragma once

#include <optional>
#include <string_view>

namespace attngraph {

/// What a result is written as.
enum class Format { table, csv, tsv, json, jsonl, npy, npz, dot, graphml, svg, png, html };

/// `table`, `csv` …, as `format` takes it.
std::string_view format_name(Format format);

/// The format of that name.
/// @throws ArgumentError for another name; the text lists what there is
Format format_named(std::string_view name);

/// The format that the ending of a path stands for (`.txt` is a table, `.gv` DOT); nothing for
/// another ending.
std::optional<Format> format_of_path(std::string_view path);

}  // namespace attngraph

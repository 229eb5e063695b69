#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace attngraph {

/// The form of a result.
enum class Format { table, csv, tsv, json, jsonl, npy, npz, dot, graphml, svg, png, html };

std::string_view format_name(Format format);

/// @throws ArgumentError that lists the names
Format format_named(std::string_view name);

/// The format that the ending of `path` stands for; nothing where it has no such ending.
std::optional<Format> format_of_path(std::string_view path);

/// `table, csv, json`: for help and errors.
std::string format_list(std::span<const Format> formats);

}  // namespace attngraph

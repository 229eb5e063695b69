#include "input/shard.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "core/error.hpp"

namespace attngraph {
namespace {

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

/// @throws ArgumentError where it is not set, or no number
std::size_t slurm_number(const std::string& name, const Environment& environment) {
  const std::string hint = "run it as a task of sbatch --array 0-9, or write --shard I/N";
  const auto text = environment(name);
  if (!text) throw ArgumentError("--shard", "auto, but " + name + " is not set", hint);
  const auto number = whole_number(*text);
  if (!number) throw ArgumentError("--shard", "auto, but " + name + " is '" + *text + "'", hint);
  return *number;
}

Shard slurm_shard(const Environment& environment) {
  const std::string prefix = "SLURM_ARRAY_TASK_";
  const std::size_t id = slurm_number(prefix + "ID", environment);
  const std::size_t first = slurm_number(prefix + "MIN", environment);
  const std::size_t last = slurm_number(prefix + "MAX", environment);
  const std::size_t count = slurm_number(prefix + "COUNT", environment);
  const std::size_t step = count < 2 ? 1 : (last - first) / (count - 1);
  const bool inside = first <= id && id <= last && count > 0;
  if (!inside || last != first + step * (count - 1) || step == 0 || (id - first) % step != 0) {
    throw ArgumentError("--shard",
                        "auto, but " + std::to_string(count) + " tasks from " +
                            std::to_string(first) + " to " + std::to_string(last) +
                            " leave gaps, and this is task " + std::to_string(id),
                        "submit the whole array, such as --array 0-9; --skip-existing leaves out "
                        "what is done");
  }
  const Shard shard{(id - first) / step, count, ""};
  return {shard.index, shard.count,
          "shard " + std::to_string(shard.index) + "/" + std::to_string(count) + ": Slurm's task " +
              std::to_string(id) + " of " + std::to_string(first) + " to " + std::to_string(last)};
}

}  // namespace

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Shard shard_named(const std::string& text, const Environment& environment) {
  if (text == "auto") return slurm_shard(environment);
  const std::size_t slash = text.find('/');
  const auto index = whole_number(std::string_view(text).substr(0, slash));
  const auto count =
      slash == text.npos ? std::nullopt : whole_number(std::string_view(text).substr(slash + 1));
  if (!index || !count || *index >= *count) {
    throw ArgumentError("--shard", "'" + text + "' is no share of the inputs",
                        "write I/N with 0 <= I < N, for example --shard 0/4");
  }
  return {*index, *count};
}

}  // namespace attngraph

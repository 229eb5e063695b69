#include "input/machine.hpp"

#include <sched.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <limits>
#include <optional>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// `MemAvailable` of the kernel's table, in bytes.
std::optional<std::size_t> available_memory() {
  std::ifstream table("/proc/meminfo");
  std::string name;
  std::size_t kibibytes = 0;
  std::string unit;
  while (table >> name >> kibibytes) {
    std::getline(table, unit);
    if (name == "MemAvailable:") return kibibytes * 1024;
  }
  return std::nullopt;
}

std::optional<std::size_t> number_in(const std::string& path) {
  std::ifstream file(path);
  std::size_t value = 0;
  if (file >> value) return value;
  return std::nullopt;
}

/// What the control group still allows (version 2, then version 1).
std::optional<std::size_t> group_memory() {
  for (const auto& [limit, used] :
       {std::pair{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"},
        std::pair{"/sys/fs/cgroup/memory/memory.limit_in_bytes",
                  "/sys/fs/cgroup/memory/memory.usage_in_bytes"}}) {
    const auto most = number_in(limit);
    const auto now = number_in(used);
    if (most && now) return *most > *now ? *most - *now : 0;
  }
  return std::nullopt;
}

}  // namespace

std::size_t memory_budget() {
  constexpr auto unknown = std::numeric_limits<std::size_t>::max();
  const std::size_t available = available_memory().value_or(unknown);
  const std::size_t budget = available == unknown ? unknown : available / 5 * 4;
  return std::min(budget, group_memory().value_or(unknown));
}

std::size_t usable_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
}

std::size_t byte_size(const std::string& text, const std::string& option) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool blank_at_end = text.ends_with(' ');
  std::string unit(end, text.data() + text.size());
  std::erase(unit, ' ');
  const std::string units = "kmgt";
  double factor = 1;
  if (!unit.empty()) {
    const auto power = units.find(static_cast<char>(std::tolower(unit.front())));
    const std::string rest = unit.substr(1);
    if (power == std::string::npos ||
        (!rest.empty() && rest != "B" && rest != "iB" && rest != "b")) {
      factor = 0;
    }
    for (std::size_t i = 0; factor > 0 && i <= power; ++i) factor *= 1024;
  }
  if (error != std::errc{} || !(number > 0) || factor == 0 || blank_at_end ||
      number * factor > 0x1p62) {
    throw ArgumentError(option, "'" + text + "' is not a size",
                        "write for example " + option + " 2G");
  }
  return static_cast<std::size_t>(number * factor);
}

}  // namespace attngraph

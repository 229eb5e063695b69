#include "input/shard.hpp"

#include <doctest/doctest.h>

#include <map>

#include "core/error.hpp"

using namespace attngraph;

namespace {

Environment slurm(const std::string& id, const std::string& first, const std::string& last,
                  const std::string& count) {
  const std::map<std::string, std::string> set{{"SLURM_ARRAY_TASK_ID", id},
                                               {"SLURM_ARRAY_TASK_MIN", first},
                                               {"SLURM_ARRAY_TASK_MAX", last},
                                               {"SLURM_ARRAY_TASK_COUNT", count}};
  return [set](const std::string& name) -> std::optional<std::string> {
    const auto found = set.find(name);
    return found == set.end() ? std::nullopt : std::optional(found->second);
  };
}

const Environment empty = [](const std::string&) { return std::nullopt; };

std::string shown(const Shard& shard) {
  return std::to_string(shard.index) + "/" + std::to_string(shard.count);
}

std::string refusal(const std::string& text, const Environment& environment) {
  try {
    return shown(shard_named(text, environment));
  } catch (const ArgumentError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a shard is I/N, whatever the environment says") {
  CHECK(refusal("2/5", slurm("1", "0", "3", "4")) == "2/5");
  CHECK(refusal("0/1", empty) == "0/1");
  for (const std::string text : {"5/5", "1", "/2", "1/", "-1/2", "1/2/3", "", "Auto", "0/0"}) {
    CHECK(refusal(text, empty) == "--shard: '" + text + "' is no share of the inputs");
  }
}

TEST_CASE("auto is this task's share of Slurm's job array, and says what it read") {
  const Shard shard = shard_named("auto", slurm("4", "1", "10", "10"));
  CHECK(shown(shard) == "3/10");
  CHECK(shard.note == "shard 3/10: Slurm's task 4 of 1 to 10");
  CHECK(refusal("auto", slurm("0", "0", "0", "1")) == "0/1");
  CHECK(refusal("auto", slurm("6", "0", "8", "5")) == "3/5");  // --array 0-9:2
}

TEST_CASE("auto outside of a job array, or in one with gaps, is refused") {
  CHECK(refusal("auto", empty) == "--shard: auto, but SLURM_ARRAY_TASK_ID is not set");
  CHECK(refusal("auto", slurm("x", "0", "3", "4")) ==
        "--shard: auto, but SLURM_ARRAY_TASK_ID is 'x'");
  const std::string gaps = "--shard: auto, but 3 tasks from 1 to 8 leave gaps, and this is task 3";
  CHECK(refusal("auto", slurm("3", "1", "8", "3")) == gaps);
  CHECK(refusal("auto", slurm("9", "0", "3", "4")) ==
        "--shard: auto, but 4 tasks from 0 to 3 leave gaps, and this is task 9");
  CHECK(refusal("auto", slurm("0", "0", "3", "0")) ==
        "--shard: auto, but 0 tasks from 0 to 3 leave gaps, and this is task 0");
}

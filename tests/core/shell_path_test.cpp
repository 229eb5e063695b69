#include "core/text/shell_path.hpp"

#include <doctest/doctest.h>

using namespace attngraph;

TEST_CASE("a path is quoted only where a shell would make something else of it") {
  CHECK(shell_path("out/a-1_b.npy") == "out/a-1_b.npy");
  CHECK(shell_path("Bäume.npy") == "Bäume.npy");
  CHECK(shell_path("my folder") == "'my folder'");
  CHECK(shell_path("it's.npy") == "'it'\\''s.npy'");
  CHECK(shell_path("$x*") == "'$x*'");
  CHECK(shell_path("") == "''");
}

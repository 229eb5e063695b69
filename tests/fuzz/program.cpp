// The program itself: whole command lines, and whole questions on tiny inputs.
#include <array>

#include "fuzz/questions.hpp"
#include "fuzz/target.hpp"

namespace attngraph::test {
namespace {

constexpr std::array<Target, 2> table{
    {{"command_line", use_command_line, other_command_line}, {"questions", use_question}}};

}  // namespace

std::span<const Target> targets() { return table; }

}  // namespace attngraph::test

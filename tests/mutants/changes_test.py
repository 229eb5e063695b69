"""What of a source can become a mutant, and what the copy with the switch looks like."""

import unittest

from changes import changes_of, drawn
from run import refused_by
from switched import switched

SOURCE = '''\
#include <vector>
namespace a {
// i + 1
constexpr int most = 3;
template <typename T = int>
struct Cut : Base<T> {
  explicit Cut(int size) : size_{size + 1}, most_(2) { check(size > 2); }
  int size_ = 1;
};
const Rule rules[] = {{"a", [](int x) { return x < 1.5; }}, {"b + 1", nullptr}};
bool is_short(const std::vector<int>& row, char* text) {
  static_assert(sizeof(int) == 4);
#if defined(__AVX__)
  if (row.size() == 8) return false;
#endif
  const auto say = "of " + name(*text);
  return row.size() <= 0x0fu && -*text != '"';  // or more
}
}  // namespace a
'''


def after(source):
    return [change.after for change in changes_of("a.cpp", source)]


class Changes(unittest.TestCase):
    def test_are_operators_and_constants_in_bodies_of_functions(self):
        head = "explicit Cut(int size) : size_{size + 1}, most_(2) { "
        rule = 'const Rule rules[] = {{"a", [](int x) { return x <= 1.5; }}, {"b + 1", nullptr}};'
        self.assertEqual(after(SOURCE), [
            head + "check(size >= 2); }", head + "check(size > 3); }", head + "check(size > 1); }",
            rule,
            """return row.size() < 0x0fu && -*text != '"';  // or more""",
            """return row.size() <= 0x10u && -*text != '"';  // or more""",
            """return row.size() <= 0xeu && -*text != '"';  // or more""",
            """return row.size() <= 0x0fu || -*text != '"';  // or more""",
            """return row.size() <= 0x0fu && -*text == '"';  // or more"""])

    def test_have_no_constant_below_zero(self):
        self.assertEqual(after("int f() { return 0; }\n"), ["int f() { return 1; }"])

    def test_are_none_of_what_an_aligned_list_begins_with(self):
        self.assertEqual(after("alignas(64) constexpr double halves[2] = {1. / 2, 1. / 4};\n"), [])

    def test_are_drawn_in_one_order(self):
        import tempfile
        import pathlib
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "lib/reading/a.cpp"
            file.parent.mkdir(parents=True)
            file.write_text("int f() { return 1; }\nint g() { return 2; }\n")
            order = list(drawn(folder, 1))
            file.write_text("int g() { return 2; }\n\nint f() { return 1; }\n")
            self.assertEqual(list(drawn(folder, 1)), order)
            self.assertEqual(len(order), 4)


class Switched(unittest.TestCase):
    def test_body_stands_once_for_each_mutant_and_once_as_it_is(self):
        source = "int f() { return 1; }\nint g();\n"
        mutants = list(enumerate(changes_of("a.cpp", source), 7))
        self.assertEqual(switched(source, "a.cpp", mutants).split("\n", 3)[3], '''\
int f() { if (!__builtin_is_constant_evaluated() && attngraph_mutant(7))
#line 1 "mutant-7"
{ return 2; }
else if (!__builtin_is_constant_evaluated() && attngraph_mutant(8))
#line 1 "mutant-8"
{ return 0; }
else 
#line 1 "mutants-7-8"
{ return 1; }}
#line 1 "a.cpp"

int g();
''')

    def test_the_compiler_names_the_mutants_it_refuses(self):
        self.assertEqual(refused_by("mutant-7:3:1: error: no\nmutant-8:1:1: note: here\n"
                                    "tree/mutants-9-12:1:1: error: no\n"), {7, 9, 12})
        self.assertEqual(refused_by("a.hpp:3:1: error: no\nmutant-8:1:1: note: here\n"), {8})


if __name__ == "__main__":
    unittest.main()

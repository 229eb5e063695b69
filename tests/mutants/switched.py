"""A copy of the project in which every mutant lies dormant until a run chooses it by number."""

import os
import pathlib
import shutil
from collections import defaultdict

COPIED = ["CMakeLists.txt", "README.md", "lib", "app", "tests"]
LINKED = ["data", "docs"]
# The compiler's warnings are for people. The switch is in switch.cpp.
PROLOGUE = """\
#pragma clang diagnostic ignored "-Weverything"
bool attngraph_mutant(int number) noexcept;
#line 1 "{file}"
"""


def write_if_new(path, text):
    """Leaves a file alone that has this text already: what is not touched is not built again."""
    data = text if isinstance(text, bytes) else text.encode()
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def copies_of_body(text, file, mutants):
    """The body of a function once for each mutant of it, and once as it is. An error in a copy has
    the file name mutant-NUMBER, in all functions that cannot be copied the name mutants-N-M."""
    begin, end = mutants[0][1].body
    copies = ["{"]
    for number, change in mutants:
        first, last = change.place
        copies.append(f"if (!__builtin_is_constant_evaluated() && attngraph_mutant({number}))\n"
                      f'#line 1 "mutant-{number}"\n'
                      f"{text[begin:first]}{change.becomes}{text[last:end]}\nelse")
    numbers = "-".join(str(number) for number, _ in mutants)
    copies.append(f'\n#line 1 "mutants-{numbers}"\n{text[begin:end]}}}\n')
    line = text.count("\n", 0, end) + 1
    return " ".join(copies) + f'#line {line} "{file}"\n'


def switched(text, file, mutants):
    """The text of a file with all its mutants, pairs of number and change."""
    by_body = defaultdict(list)
    for number, change in mutants:
        by_body[change.body].append((number, change))
    parts, done = [PROLOGUE.format(file=file)], 0
    for (begin, end), members in sorted(by_body.items()):
        parts += [text[done:begin], copies_of_body(text, file, members)]
        done = end
    return "".join(parts) + text[done:]


def sources(root):
    """The files that are copied, as names below `root`."""
    for name in COPIED:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                yield str(path.relative_to(root))


def write_tree(root, tree, mutants):
    """Writes the copy: the project with `mutants` {number: change}."""
    here = root / "tests/mutants"
    by_file = defaultdict(list)
    for number, change in mutants.items():
        by_file[change.file].append((number, change))
    wanted = {"lib/core/mutant_switch.cpp": (here / "switch.cpp").read_bytes(),
              "tests/test_main.cpp": (here / "test_main.cpp").read_bytes()}
    for file in sources(root):
        data = (root / file).read_bytes()
        if file in by_file:
            data = switched(data.decode(), file, by_file[file])
        wanted.setdefault(file, data)
    for file, data in wanted.items():
        write_if_new(tree / file, data)
    for file in set(sources(tree)) - set(wanted):
        (tree / file).unlink()
    for name in LINKED:
        if not (tree / name).exists():
            os.symlink(root / name, tree / name)

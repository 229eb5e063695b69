"""Every error that the program can throw is thrown by a test.

Reads the texts of errors from lib/ and app/: string literals in `throw`, and in calls of functions
that give or throw an error. Each piece of them, hints too, must stand in an error that tests threw,
as tests/tools/thrown.cpp recorded it. Prints those that do not.

usage: thrown.py ROOT RECORD
"""

import pathlib
import re
import sys

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# `Type name(`: functions that give an error, or never return.
# What is asked of a text, not said.
QUESTIONS = re.compile(r'\b(?:says|has|find|starts_with|ends_with)\("[^"]*"')
GIVERS = re.compile(
    r"(?:\[\[noreturn\]\]\s*(?:static\s+|inline\s+)*void|(?:Argument|Input|Io|Limit)?Error)\s+(\w+)\(")
THROW = re.compile(r"\bthrow\s(?!std::)|\breturn\s+(?:Argument|Input|Io|Limit)?Error\(")
SHORTEST = 7  # letters; less says nothing
# What no unit test can reach, and why.
ELSEWHERE = {
    "$jobs 1 needs none": "tests/faults/inject.py",
    "temporary file": "tests/faults/inject.py",
    "an answer waits in /tmp, which has no room for it": "tests/faults/inject.py",
    "the picture passes through /tmp, which has no room for it": "tests/faults/limits.py",
    "out of memory": "tests/faults/limits.py",
    "choose fewer layers, heads or tokens": "tests/faults/limits.py",
    "name a file, or pipe one into the program": "tests/faults/inject.py",
    "OpenBLAS needs 136 MiB of memory to work with for each of its threads,": "tests/faults/limits.py",
    "allow more (ulimit -v, ulimit -d), or set OPENBLAS_NUM_THREADS=1": "tests/faults/limits.py",
    "here, and there is less": "tests/faults/limits.py",
    "there is not enough memory for this graph": "memory that runs out inside igraph",
    "sparsify it first, or take fewer tokens": "memory that runs out inside igraph",
    "is JSON of more than 4 GiB": "takes 4 GiB",
    "save it as .npy or .safetensors, which are read in place": "takes 4 GiB",
    "nodes, at most 2147483647 were expected": "takes 2^31 rows",
    "the graph has": "takes 2^31 rows",
    "the layered graph has": "takes 2^31 rows",
    "the drawing takes": "takes 1 GiB",
    "bytes, a program that shows it takes up to 1 GiB": "takes 1 GiB",
    "draw fewer edges with $top-k, or write it all the same with $force": "takes 1 GiB",
    "no convergence after": "no graph is known that iterates so long",
    "no convergence on a graph of": "no graph is known that iterates so long",
    "steps on a graph of": "no graph is known that iterates so long",
    "the graph nearly falls apart; sparsify it, or ask for pagerank": "no graph is known that iterates so long",
    "sparsify the graph, or ask for pagerank": "no graph is known that iterates so long",
    "cannot be made:": "libpng that runs out of memory",
    "a worker process": "tests/faults/inject.py",
    "expected end of input": "what nlohmann says, not we",
    "has a second value": "nlohmann says where it is",
    "no message": "a renderer that fails without a word",
}


def without_comments(text):
    """The text with comments blanked; literals stay."""
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'|//[^\n]*|/\*.*?\*/',
                  lambda m: m[0] if m[0][0] in "\"'" else " " * len(m[0]), text, flags=re.S)


def joined(text):
    """Literals side by side made one."""
    return re.sub(r'(?<!\\)"\s*\n?\s*"', "", text)


def unescaped(literal):
    simple = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "0": "\0"}
    return re.sub(r"\\(.)", lambda m: simple.get(m[1], m[0]), literal)


def statement(text, begin):
    """From `begin` to the semicolon, or the bracket that closes what was open before."""
    depth = 0
    for found in re.finditer(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'|[(){};]', text[begin:]):
        mark = found[0]
        depth += (mark in "({") - (mark in ")}")
        if depth < 0 or (mark in ";}" and depth == 0):
            return text[begin:begin + found.end()]
    return text[begin:]


def texts_of(path, givers):
    """(line, literals) of every error of a file."""
    text = without_comments(path.read_text(encoding="utf-8"))
    text = QUESTIONS.sub(lambda m: " " * len(m[0]), text)
    places = {m.start() for m in THROW.finditer(text)}
    places |= {m.start() for name in givers for m in re.finditer(r"\b%s\(" % name, text)}
    for place in sorted(places):
        literals = LITERAL.findall(joined(statement(text, place)))
        pieces = {part for one in literals for part in re.split(r"\{[^}]*\}", unescaped(one))}
        pieces = {p.strip(" '") for p in pieces}
        pieces = {p for p in pieces if not re.fullmatch(r"(\$|--)[a-z-]+", p) and len(re.sub(r"[^a-z]", "", p)) >= SHORTEST}
        if pieces:
            yield text.count("\n", 0, place) + 1, pieces


def main():
    root = pathlib.Path(sys.argv[1])
    sources = [p for floor in ("lib", "app") for p in sorted((root / floor).rglob("*.[ch]pp"))]
    givers = {name for p in sources for name in GIVERS.findall(without_comments(p.read_text(encoding="utf-8")))}
    known = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8", errors="replace")
    count, missing = 0, []
    for path in sources:
        for line, pieces in texts_of(path, givers):
            count += 1
            lost = sorted(p for p in pieces if p not in ELSEWHERE and " ".join(p.split("\n")) not in known)
            if lost:
                missing.append(f"{path.relative_to(root)}:{line}: {' | '.join(lost)}")
    print("\n".join(missing))
    print(f"{count} errors, {len(missing)} with a text that no test throws")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()

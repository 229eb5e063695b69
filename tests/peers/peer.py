"""What the scripts beside this one share: a script asks its package for numbers, this module asks
attngraph for the same ones and writes down both. Only the standard library is needed here.
"""

import csv
import functools
import importlib.util
import io
import pathlib
import shlex
import subprocess
import sys
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = ["command", "row", "column", "ours", "theirs", "difference", "tolerance", "differs"]


def difference(ours, theirs):
    """Relative where their number is above 1, else absolute."""
    return abs(ours - theirs) / max(1.0, abs(theirs))


def bare_package(name):
    """Lets modules of a package be imported without what its __init__ imports."""
    package = types.ModuleType(name)
    package.__path__ = list(importlib.util.find_spec(name).submodule_search_locations)
    sys.modules[name] = package


class Program:
    """attngraph, run in the project's root, so that a command names bundled data."""

    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve(strict=True))

    @functools.cache
    def rows(self, command):
        """The rows of its CSV as dictionaries of texts."""
        run = subprocess.run([self.path, *shlex.split(command), "--csv", "-q"], cwd=ROOT,
                             capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"attngraph {command}: status {run.returncode}\n{run.stderr}")
        return list(csv.DictReader(io.StringIO(run.stdout)))

    def number(self, command, row, column):
        """The number in `column` of the one row with the values of `row`: "layer=1 head=0"."""
        wanted = dict(pair.split("=", 1) for pair in row.split())
        found = [r for r in self.rows(command) if all(r[k] == v for k, v in wanted.items())]
        if len(found) != 1:
            raise SystemExit(f"attngraph {command}: {len(found)} rows have {row}")
        return float(found[0][column])


class Peer:
    """Collects numbers of both and prints them as CSV at the end."""

    def __init__(self):
        self.name = pathlib.Path(sys.argv[0]).stem
        self.program = Program(sys.argv[1])
        self.failed = 0
        self.numbers = []

    def number(self, command, row, column, theirs, tolerance=1e-9, differs=""):
        """Compares one number. `differs` says why theirs is another one, where it must be."""
        ours, theirs = self.program.number(command, row, column), float(theirs)
        off = difference(ours, theirs)
        if (off <= tolerance) == bool(differs):
            self.failed += 1
            if self.failed <= 10:
                print(f"{self.name}: {command}: {row}: {column} is {ours}, theirs {theirs}",
                      file=sys.stderr)
        self.numbers.append([command, row, column, f"{ours:.12g}", f"{theirs:.12g}", f"{off:.1e}",
                             f"{tolerance:g}", differs])

    def finish(self):
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(self.numbers)
        print(f"{self.name}: {len(self.numbers) - self.failed} passed, {self.failed} failed",
              file=sys.stderr)
        sys.exit(1 if self.failed or not self.numbers else 0)

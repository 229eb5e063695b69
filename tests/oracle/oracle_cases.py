"""What the oracle scripts share: running the program on arrays, comparing, counting."""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np


class Oracle:
    """Runs cases against the program whose path is the first argument."""

    def __init__(self, name):
        self.name = name
        self.program = sys.argv[1]
        self.passed = self.failed = 0
        self.folder = tempfile.TemporaryDirectory()

    def file(self, name, array=None):
        path = pathlib.Path(self.folder.name) / f"{name}.npy"
        if array is not None:
            np.save(path, array)
        return str(path)

    def run(self, *arguments, **arrays):
        """Gives stdout; every array becomes a file behind the option of its name."""
        command = [self.program, *map(str, arguments), "-q"]
        for option, array in arrays.items():
            if array is not None:
                command += ["--" + option.replace("_", "-"), self.file(option, array)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"status {done.returncode}: {done.stderr.strip()}\n  {' '.join(command)}")
        return done.stdout

    def array(self, name):
        return np.load(self.file(name))

    def check(self, what, checks):
        """`checks` gives pairs of actual and expected arrays and a tolerance, or raises."""
        try:
            problems = [difference(*pair) for pair in checks()]
        except (RuntimeError, AssertionError) as error:
            problems = [str(error) or "an assertion failed"]
        problems = [problem for problem in problems if problem]
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        print(f"{self.name}: {what}: {problems[0]}", file=sys.stderr)

    def finish(self):
        print(f"{self.name}: {self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def difference(actual, expected, tolerance):
    """Nothing where both agree relative to the largest number expected."""
    actual, expected = np.asarray(actual, float), np.asarray(expected, float)
    if actual.shape != expected.shape:
        return f"shape {actual.shape}, expected {expected.shape}"
    if not np.isfinite(actual).all():
        return "not finite"
    largest = max(1.0, np.abs(expected).max(initial=0))
    gap = np.abs(actual - expected).max(initial=0)
    return None if gap <= tolerance * largest else f"off by {gap:.3g} of {largest:.3g}"


def known_results(folder):
    """The path of data/FOLDER/attention.npy and what data/FOLDER/expected.json says."""
    data = pathlib.Path(__file__).parents[2] / "data" / folder
    return data / "attention.npy", json.loads((data / "expected.json").read_text())


def rows(text, columns):
    """The rows of CSV as tuples of numbers, for the columns named; an empty field is -1."""
    lines = text.strip().split("\n")
    names = lines[0].split(",")
    places = [names.index(column) for column in columns]
    return [tuple(float(line.split(",")[place] or -1) for place in places) for line in lines[1:]]


def softmax(scores):
    """Over the last axis; a row of -inf alone gives zeros."""
    top = scores.max(axis=-1, keepdims=True)
    exponentials = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = exponentials.sum(axis=-1, keepdims=True)
    return np.divide(exponentials, total, out=np.zeros_like(exponentials), where=total > 0)

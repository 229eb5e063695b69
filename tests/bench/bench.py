#!/usr/bin/env python3
"""Measures attngraph beside other programs, in one run on one machine.

    python3 tests/bench/bench.py build/attngraph [--parts a,c,e] [--quick] [--write FILE]

Without --quick and --parts the results are written to docs/benchmarks.md as well as printed.
Inputs and the peers' virtual environment are kept in $XDG_CACHE_HOME/attngraph.
"""

import argparse
import datetime
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time

import machine
from fallen import fallen
from measure import Measured, Stopwatch
from profiled import profile
from programs import HERE, Programs
from section import goal_table

PARTS = ["start", "rollout", "attend", "top_graph", "centrality", "flow", "heads", "segments",
         "pairs", "evict", "spectrum", "structure", "topology", "half_types", "long_context",
         "all_metrics", "readers", "growth", "many", "native"]
COMMITTED = os.path.join(HERE, "..", "..", "docs", "benchmarks.md")
INTRO = """# Benchmarks

Everything here was measured in one run, by `{command}` on {date}.

Times are medians of wall time over several runs, taken in turn, after one that warms up. The column
beside them holds the ratio to attngraph's time: 5x took five times as long. Peak memory is that of
the whole process; pages of a mapped input count. Inputs are seeded and lie in the page cache;
outputs go to memory (tmpfs), for every program alike. Every program runs with its own default
number of threads. A figure with ~ is extrapolated from the part of the work that the line below its
table names.
"""


class Bench:
    """What the parts share: programs, inputs, places for outputs, and measuring."""

    def __init__(self, programs, folder, quick):
        self.programs, self.folder, self.quick = programs, folder, quick
        self.attngraph = programs.attngraph
        self.runs = 3 if quick else 7
        self.cores = len(os.sched_getaffinity(0))
        self.watch = Stopwatch(programs.launcher, programs.attngraph, folder, 3 if quick else 5)
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        self.cache = os.path.join(cache, "attngraph", "bench-1")
        os.makedirs(self.cache, exist_ok=True)
        self.peer, self.kernel = programs.peer, programs.kernel

    def out(self, name):
        return os.path.join(self.folder, name)

    def made(self, kind, name, *arguments):
        """The input of that name, made where it is not in the cache."""
        path = os.path.join(self.cache, name)
        if not os.path.exists(path):
            script = os.path.join(HERE, "inputs.py")
            subprocess.run([self.programs.python, script, kind, path, *map(str, arguments)],
                           check=True)
        return path

    def attention(self, layers, heads, tokens):
        name = f"attention-{layers}x{heads}x{tokens}.npy"
        return self.made("attention", name, layers, heads, tokens)

    def scores(self, heads, tokens, width, seed):
        name = f"scores-{heads}x{tokens}x{width}-{seed}.npy"
        return self.made("scores", name, heads, tokens, width, seed)

    def input(self, kind, source, ending):
        """The array of `source` in another format."""
        stem = os.path.splitext(os.path.basename(source))[0]
        return self.made(kind, f"{stem}-{kind}{ending}", source)

    def start(self):
        """Seconds that attngraph needs to begin; 0 where it does not."""
        return self.watch.whole({"start": [self.attngraph, "--version"]})["start"].median or 0.0

    def inside(self, commands):
        return {name: self.watch.inside(command) for name, command in commands.items()}

    def limit(self, *arguments):
        """Seconds that one of the limits of limits.cpp takes."""
        seconds = self.watch.number([self.programs.limits, *map(str, arguments)])
        return Measured([seconds]) if seconds else Measured(failure="not available")

    def difference(self, kind, ours, theirs):
        """The largest relative difference of two answers; None where one is missing."""
        if not (os.path.exists(ours) and os.path.exists(theirs)):
            return None
        script = os.path.join(HERE, "compare.py")
        return self.watch.number([self.programs.python, script, kind, ours, theirs])

    def say_rate(self, section, measured, operations):
        """How much of the machine's arithmetic a product of so many operations used."""
        if measured.median:
            rate = operations / measured.median / 1e9
            section.remarks.append(f"The products alone are {operations / 1e9:,.1f} GFLOP: "
                                   f"attngraph's in-process time is {rate:,.0f} GFLOPS.")

    def say_profile(self, section, command, of=""):
        """Where its time goes."""
        section.remarks.append(f"Where the time goes{of}: {profile(command, self.folder)}.")

    def say_speed(self, section, measured, path):
        """How fast the file's numbers went by."""
        if measured.median:
            rate = os.path.getsize(path) / measured.median / 1e9
            section.remarks.append(f"attngraph's in-process time takes in the file's numbers at "
                                   f"{rate:,.1f} GB/s.")


def document(bench, parts, command):
    """The results as Markdown; prints each part as it is done."""
    pieces = [INTRO.format(command=command, date=datetime.date.today().isoformat())]
    if bench.quick:
        pieces.append("**Small inputs (--quick): this shows that the benchmark works, no more.**\n")
    busy = machine.busy_cores(bench.cores)
    if busy > 0.2:
        pieces.append(f"**Other programs kept {busy:.1f} cores busy when this began: these times "
                      "mean little.**\n")
    about = [*machine.description(bench.cores), *bench.programs.versions().items()]
    lines = ["## Machine and programs", "", "| | |", "| --- | --- |"]
    lines += [f"| {what} | {value} |" for what, value in about]
    lines += [f"\nMissing: {what}." for what in bench.programs.missing]
    pieces.append("\n".join(lines) + "\n")
    pieces.append("## Limits of the machine\n\n" + machine.limits(bench) + "\n")
    print("\n".join(pieces), flush=True)
    summary = len(pieces)
    goals = []
    for part in parts:
        started = time.monotonic()
        section = part.run(bench)
        pieces.append(section.markdown())
        goals += [(section.letter, *goal) for goal in section.goals]
        print(pieces[-1], flush=True)
        took = time.monotonic() - started
        print(f"bench: part {part.LETTER} took {took:.0f} s", file=sys.stderr)
        for entry in os.scandir(bench.folder):
            shutil.rmtree(entry) if entry.is_dir() else os.unlink(entry)
    reached = sum(goal[3] == "yes" for goal in goals)
    table = goal_table(goals, ["part", "goal", "measured", "reached"])
    pieces.insert(summary, f"## Goals\n\n{reached} of {len(goals)} reached.\n\n{table}\n")
    return "\n".join(pieces)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attngraph", help="the program, in its build folder")
    parser.add_argument("--parts", help="letters of the parts to run, such as a,c,e (default: all)")
    parser.add_argument("--quick", action="store_true",
                        help="small inputs: does the benchmark work?")
    parser.add_argument("--write", metavar="FILE", help="write the results to FILE")
    given = parser.parse_args()
    modules = [importlib.import_module("parts." + name) for name in PARTS]
    letters = given.parts.split(",") if given.parts else [part.LETTER for part in modules]
    unknown = set(letters) - {part.LETTER for part in modules}
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    target = given.write
    if not target and not given.quick and not given.parts:
        target = COMMITTED
    options = ["--quick"] * given.quick + ["--parts", given.parts or ""] * bool(given.parts)
    command = " ".join(["tests/bench/bench.py build/attngraph", *options])
    # Outputs in memory, so that no disk is measured.
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="attngraph-bench-", dir=place)
    try:
        bench = Bench(Programs(given.attngraph), folder, given.quick)
        text = document(bench, [part for part in modules if part.LETTER in letters], command)
    finally:
        shutil.rmtree(folder)
    if os.path.exists(COMMITTED):
        with open(COMMITTED, encoding="utf-8") as file:
            for line in fallen(file.read(), text):
                print("fell behind:", line)
    if target:
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()

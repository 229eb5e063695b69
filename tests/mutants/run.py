"""Changes one operator or constant in many places of the readers and kernels, one at a time, and asks
the tests whether they notice.

A seed draws the places. All mutants are compiled into one copy of the project, each behind a switch
(switched.py); a run of the tests without a mutant tells which of them come by which mutant
(test_main.cpp); then each mutant is switched on for these tests alone, the quickest first, until one
fails, crashes or hangs. A mutant that does not compile is not counted and another is drawn. The
mutants that survive are listed with what survivors.txt says of them.

usage: run.py FOLDER --configure COMMAND [--count N] [--seed N] [--jobs N] [--above FLOORS] [--again]
FOLDER: where the copy, its build and results.tsv go
--configure: how cmake is called for a build with clang, without -S and -B
--above: floors whose tests are asked about what the tests of the changed floors let through
--again: try only those that survived the last time and are not judged
"""

import argparse
import pathlib
import re
import shlex
import subprocess
import sys
import time

from changes import drawn
from report import judgements, report
from switched import write_tree
from trial import CHANGED_FLOORS, Outcome, Trial

ROOT = pathlib.Path(__file__).resolve().parents[2]
IN_MUTANT = re.compile(r"\bmutants?-((?:\d+-?)+):\d+")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--configure", type=shlex.split, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", default="1")
    parser.add_argument("--above", type=str.split, default=["report"])
    parser.add_argument("--again", action="store_true")
    return parser.parse_args()


def refused_by(output):
    """The numbers of mutants that the compiler does not take."""
    blamed = [line for line in output.splitlines() if "error:" in line] or output.splitlines()
    found = {int(number) for line in blamed for numbers in IN_MUTANT.findall(line)
             for number in numbers.split("-")}
    return found or {int(number) for numbers in IN_MUTANT.findall(output)
                     for number in numbers.split("-")}


class Build:
    def __init__(self, asked, order):
        self.asked = asked
        self.folder = asked.folder.resolve()
        self.floors = CHANGED_FLOORS + asked.above
        self.order = dict(enumerate(order.items(), 1))  # number: (name, change)
        self.refused_names = self.folder / "refused.txt"  # remembered, to compile them only once

    def refused(self):
        text = self.refused_names.read_text() if self.refused_names.exists() else ""
        return set(text.splitlines())

    def mutants(self):
        """The first mutants in the order drawn that compile, as far as is known."""
        refused = self.refused()
        compiled = [number for number, (name, _) in self.order.items() if name not in refused]
        return compiled[:self.asked.count]

    def compiled(self):
        """Builds until there are as many mutants as asked for. @returns their numbers"""
        self.folder.mkdir(parents=True, exist_ok=True)
        while True:
            numbers = self.mutants()
            write_tree(ROOT, self.folder / "tree", {n: self.order[n][1] for n in numbers})
            output = self.built()
            if output is None:
                return numbers
            refused = refused_by(output) & set(numbers)
            if not refused:
                sys.exit(output)
            print(f"{len(refused)} do not compile; others are drawn", flush=True)
            with self.refused_names.open("a") as names:
                names.writelines(self.order[number][0] + "\n" for number in sorted(refused))

    def built(self):
        """@returns what the compiler says where it fails"""
        build = self.folder / "build"
        subprocess.run([*self.asked.configure, "-S", self.folder / "tree", "-B", build], check=True,
                       stdout=subprocess.DEVNULL)
        made = subprocess.run(["cmake", "--build", build, "-j", self.asked.jobs, "--target",
                               *(f"test_{floor}" for floor in self.floors), "--", "-k", "0"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return made.stdout if made.returncode != 0 else None


def results_of(path):
    """What the last run wrote: by name the outcome."""
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text().splitlines())
    return {name: Outcome(killed == "killed", how) for killed, how, _, name in rows}


def main():
    asked = arguments()
    began = time.monotonic()
    build = Build(asked, drawn(ROOT, asked.seed))
    results = build.folder / "results.tsv"
    before, judged = (results_of(results), judgements()) if asked.again else ({}, {})
    numbers = build.compiled()
    print(f"{len(numbers)} mutants built after {time.monotonic() - began:.0f} s", flush=True)
    trial = Trial(build.folder)
    for failed in trial.find_cases(build.floors):
        print(f"left out, it fails without a mutant: {failed}", flush=True)
    print(f"{len(trial.cases)} test cases found after {time.monotonic() - began:.0f} s", flush=True)
    tried = {}
    with results.open("w") as rows:
        for number in numbers:
            name, change = build.order[number]
            outcome = before.get(name)
            if outcome is None or not (outcome.killed or name in judged):
                outcome = trial.outcome(number, change.file.split("/")[1])
            tried[name] = (change, outcome)
            rows.write(f"{'killed' if outcome.killed else 'alive'}\t{outcome.how}\t{number}\t{name}\n")
            rows.flush()
    print(report(tried))
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()

"""Runs the tests of a tree of mutants: which tests come by a mutant, and whether they notice it."""

import os
import resource
import shutil
import signal
import subprocess
from collections import namedtuple

Case = namedtuple("Case", "floor name seconds reached")
Outcome = namedtuple("Outcome", "killed how")

# Each floor has a test program, test_FLOOR.
CHANGED_FLOORS = ["formats", "reading", "tensor", "numeric", "attention", "metrics"]
QUICK_CASE = 0.5  # seconds
MOST_MEMORY = 4 << 30  # bytes of address space
MOST_MUTANTS = 4096    # as in switch.cpp


def limits():
    """A mutant may want all memory there is, and fill the disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Trial:
    def __init__(self, folder):
        self.folder = folder
        self.floors = []
        self.cases = []

    def run(self, floor, words, seconds=None, **variables):
        """Runs the tests of a floor. @returns the status; None where it takes too long"""
        scratch = self.folder / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        tests = subprocess.Popen(
            [self.folder / f"build/tests/test_{floor}", *words], cwd=self.folder / "tree",
            env={**os.environ, "RC_PARAMS": "seed=1", "TMPDIR": str(scratch), **variables},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=limits)
        try:
            return tests.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            try:
                os.killpg(tests.pid, signal.SIGKILL)  # and what it started
            except ProcessLookupError:
                pass
            tests.wait()

    def find_cases(self, floors):
        """Runs every test of some floors without a mutant, and learns what it takes and which mutants
        it meets. @returns the names of those that fail"""
        marks, lines = self.folder / "reached", self.folder / "cases"
        self.floors = floors
        failed = []
        for floor in floors:
            marks.write_bytes(bytes(MOST_MUTANTS))
            lines.write_text("")
            status = self.run(floor, [], MUTANTS_REACHED=str(marks), MUTANTS_CASES=str(lines))
            if status not in (0, 1):
                raise RuntimeError(f"test_{floor} ends with {status} without a mutant")
            for line in lines.read_text().splitlines():
                passed, seconds, reached, name = line.split("\t", 3)
                if passed == "passed":
                    self.cases.append(Case(floor, name, float(seconds), set(map(int, reached.split()))))
                else:
                    failed.append(f"{floor}: {name}")
        return failed

    def batches(self, number, own):
        """The test cases that come by a mutant, as (floor, cases): first the quick ones of its own
        floor, at last those of the floors above."""
        meeting = sorted((case for case in self.cases if number in case.reached),
                         key=lambda case: case.seconds)
        others = [floor for floor in CHANGED_FLOORS if floor != own]
        above = [floor for floor in self.floors if floor not in CHANGED_FLOORS]
        for floors in ([own], others, above):
            for is_quick in (True, False):
                for floor in floors:
                    batch = [case for case in meeting if case.floor == floor
                             and (case.seconds < QUICK_CASE) == is_quick]
                    if batch:
                        yield floor, batch

    def outcome(self, number, own):
        """Runs the tests that come by a mutant until one notices it."""
        reached = False
        for floor, batch in self.batches(number, own):
            reached = True
            names = ",".join(case.name.replace("\\", "\\\\").replace(",", "\\,") for case in batch)
            status = self.run(floor, ["--abort-after=1", f"--test-case={names}"],
                              5 + 10 * sum(case.seconds for case in batch), MUTANT=str(number))
            if status != 0:
                how = "hangs" if status is None else f"signal {-status}" if status < 0 else "fails"
                return Outcome(True, f"test_{floor} {how}")
        return Outcome(False, "survived" if reached else "no test comes here")

"""Compares attngraph with other packages.

    run_all.py PROGRAM [NAME…]        runs NAME.py in an environment of its own, which holds what
                                      NAME.requirements.txt pins; writes results/NAME.csv
    run_all.py PROGRAM --committed    needs no package: PROGRAM must still give the numbers of
                                      results/*.csv
"""

import csv
import pathlib
import subprocess
import sys

from peer import Program, difference

FOLDER = pathlib.Path(__file__).resolve().parent
VENV = FOLDER.parent / "tools" / "venv.sh"
# Twelve digits are written.
WRITTEN = 1e-11


def names():
    return sorted(path.name.removesuffix(".requirements.txt")
                  for path in FOLDER.glob("*.requirements.txt"))


def ask_again(name, program):
    """Whether the package still says what attngraph says; writes both down."""
    python = subprocess.run(["sh", VENV, FOLDER / f"{name}.requirements.txt"], check=True,
                            stdout=subprocess.PIPE, text=True).stdout.strip()
    run = subprocess.run([python, FOLDER / f"{name}.py", program], stdout=subprocess.PIPE, text=True)
    if run.returncode == 0:
        (FOLDER / "results" / f"{name}.csv").write_text(run.stdout)
    return run.returncode == 0


def wrong_numbers(name, program):
    """How many numbers of the results the program gives, and those it does not give."""
    with open(FOLDER / "results" / f"{name}.csv", newline="") as file:
        numbers = list(csv.DictReader(file))
    wrong = []
    for number in numbers:
        ours = program.number(number["command"], number["row"], number["column"])
        tolerance = float(number["tolerance"])
        agrees = difference(ours, float(number["theirs"])) <= tolerance + WRITTEN
        if number["differs"]:
            agrees = not agrees and difference(ours, float(number["ours"])) <= 1e-6
        if not agrees:
            wrong.append(f"{name}: {number['command']}: {number['row']}: {number['column']} is "
                         f"{ours}, was {number['ours']}, theirs {number['theirs']}")
    return len(numbers), wrong


def main():
    program, *rest = sys.argv[1:]
    passed = failed = 0
    if rest == ["--committed"]:
        assert {p.stem for p in (FOLDER / "results").glob("*.csv")} == set(names())
        for name in names():
            count, wrong = wrong_numbers(name, Program(program))
            print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
            failed += len(wrong)
            passed += count - len(wrong)
    else:
        for name in rest or names():
            agrees = ask_again(name, program)
            passed += agrees
            failed += not agrees
    print(f"peers: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

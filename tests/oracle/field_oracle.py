"""What people reported about files, axes, steps, labels and graphs, rebuilt in small: data/field has
what each hit and what is right, a number or a message that leads to it; data/suites has inputs of
other projects' own tests.

    field_oracle.py PROGRAM [FOLDER…]    all folders, or those named
"""

import csv
import io
import json
import math
import re
import subprocess
import sys

from against import DATA, Oracle

oracle = Oracle("field")
DIRECTION_NOTE = "note: edges lead from the query to the key it attends to\n"


class Answer:
    def __init__(self, folder, arguments):
        done = subprocess.run([oracle.program, *arguments], cwd=folder, capture_output=True, timeout=120)
        self.status = done.returncode
        self.out = done.stdout.decode(errors="replace")
        self.err = done.stderr.decode(errors="replace")

    def rows(self):
        return list(csv.DictReader(io.StringIO(self.out)))


def agrees(found, wanted, tolerance):
    if isinstance(wanted, str):
        return found == wanted
    try:
        return math.isclose(float(found), wanted, rel_tol=tolerance, abs_tol=tolerance)
    except (TypeError, ValueError):
        return False


def status_agrees(found, wanted):
    return wanted is None or (0 < found < 128 if wanted == "error" else found == wanted)


def row_for(rows, number, wanted, key):
    if not key:
        return rows[number] if number < len(rows) else {}
    return next((row for row in rows if all(row.get(name) == str(wanted[name]) for name in key)), {})


def mistakes(answer, rule):
    """What of one way to be right does not hold."""
    if not status_agrees(answer.status, rule.get("status")):
        yield f"status {answer.status}"
    for name, text in (("out", answer.out), ("err", answer.err)):
        for pattern in rule.get(name, []):
            if not re.search(pattern, text, re.I | re.M):
                yield f"{name} lacks {pattern}"
        for pattern in rule.get(name + "_not", []):
            if re.search(pattern, text, re.I | re.M):
                yield f"{name} has {pattern}"
    if "rows" in rule or "count" in rule:
        rows = answer.rows()
        if len(rows) != rule.get("count", len(rows)):
            yield f"{len(rows)} rows"
        for number, wanted in enumerate(rule.get("rows", [])):
            found = row_for(rows, number, wanted, rule.get("key"))
            for column, value in wanted.items():
                if not agrees(found.get(column), value, rule.get("tolerance", 1e-6)):
                    yield f"row {wanted}: {column} is {found.get(column)}"


def field_case(folder):
    for run in json.loads((folder / "expected.json").read_text())["runs"]:
        answer = Answer(folder, run["args"])
        wrong = [list(mistakes(answer, rule)) for rule in run["any_of"]]
        if all(wrong):
            yield " ".join(run["args"]) + ": " + " or ".join("; ".join(one) for one in wrong)


def same_table(found, wanted):
    """Equal text, or the wanted columns with the wanted values among others."""
    rows, expected = (list(csv.DictReader(io.StringIO(text))) for text in (found, wanted))
    return found == wanted or (
        bool(expected) and len(rows) == len(expected)
        and all(row.get(name) == value for row, line in zip(rows, expected) for name, value in line.items()))


def suite_case(folder):
    case = json.loads((folder / "case.json").read_text())
    answer, wanted = Answer(folder, case["argv"]), case["expect"]
    if answer.status != wanted.get("status", 0):
        yield f"status {answer.status}"
    if not same_table(answer.out, wanted.get("stdout", answer.out)):
        yield "standard output differs"
    if wanted.get("stderr_has", "") not in answer.err.replace(DIRECTION_NOTE, ""):
        yield f"standard error lacks {wanted['stderr_has']}"


for kind, mistakes_of in (("field", field_case), ("suites", suite_case)):
    for folder in sorted((DATA / kind).glob("*/")):
        if sys.argv[2:] and folder.name not in sys.argv[2:]:
            continue
        wrong = list(mistakes_of(folder))
        oracle.check(f"{kind}/{folder.name}: " + "; ".join(wrong), not wrong)
oracle.finish()

"""Checks JSON against docs/schema: the golden runs and the documents' examples, each asked again for JSON.

    /usr/bin/python3 tests/packages/schemas.py BUILD [--rebase]

BUILD holds the program and, in manuals/sources, the schemas that its commands declare (target manuals).
"""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from checks import ROOT, Skip, check_all

BUILD = Path(sys.argv[1]).resolve()
PROGRAM = BUILD / "attngraph"
DECLARED = BUILD / "manuals/sources"
SCHEMAS = ROOT / "docs/schema"


def schemas(folder):
    found = sorted(folder.glob("attngraph-*.schema.json"))
    return {path.name.split("-")[1].split(".")[0]: path.read_text() for path in found}


def committed():
    """docs/schema is what the commands declare"""
    declared = schemas(DECLARED)
    if "--rebase" in sys.argv:
        SCHEMAS.mkdir(exist_ok=True)
        for name, text in declared.items():
            (SCHEMAS / f"attngraph-{name}.schema.json").write_text(text)
    assert declared and declared == schemas(SCHEMAS), "run with --rebase, and read the diff"


def runs():
    """Command lines of the golden runs and the documents that begin with attngraph and pipe nothing."""
    texts = [path.read_text() for path in sorted((ROOT / "tests/cli").glob("*.txt"))]
    texts += [path.read_text() for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]]
    lines = [line for text in texts for line in text.replace("\\\n", " ").splitlines()]
    for line in dict.fromkeys(lines):
        if line.startswith("$ attngraph ") and not re.search(r"[|<>;]", line):
            yield shlex.split(line)[2:]


def as_json(words):
    """The same question, asked for JSON on standard output; None where it has no such answer."""
    kept = []
    skip = False
    for word in words:
        if skip or word.split("=")[0] in ("-o", "--out", "--format", "--csv", "--json", "--rows"):
            skip = not skip and word in ("-o", "--out", "--format", "--rows")
            continue
        kept.append(word)
    done = subprocess.run(
        [PROGRAM, *kept, "--json"], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    return json.loads(done.stdout) if done.returncode == 0 and done.stdout.startswith("{") else None


def valid():
    """the JSON of every golden run and example is what the schema says"""
    try:
        import jsonschema
    except ImportError:
        raise Skip("not installed: python3-jsonschema") from None
    validators = {}
    for name, text in schemas(SCHEMAS).items():
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[name] = jsonschema.Draft202012Validator(schema)
    answered = set()
    wrong = []
    for words in runs():
        chosen = "--columns" in words  # fewer than the schema has
        answer = as_json(words) if words[0] in validators and not chosen else None
        if answer is None:
            continue
        answered.add(words[0])
        answer["results"] = answer["results"][:50]
        error = next(validators[words[0]].iter_errors(answer), None)
        if error is not None:
            reasons = [one.message[:200] for one in error.context or []]
            wrong.append((" ".join(words), error.json_path, reasons or error.message[:300]))
    assert not wrong, "\n".join(map(str, wrong[:12])) + f"\n{len(wrong)} in all"
    assert answered == set(validators), set(validators) - answered


def error():
    """an error is what its schema says"""
    try:
        import jsonschema
    except ImportError:
        raise Skip("not installed: python3-jsonschema") from None
    schema = json.loads((SCHEMAS / "error.schema.json").read_text())
    for words in (["heads", "nowhere.npy"], ["heads", "--heed"], ["haeds"]):
        done = subprocess.run([PROGRAM, *words, "--json"], capture_output=True, text=True)
        jsonschema.validate(json.loads(done.stderr), schema)


check_all([committed, valid, error])

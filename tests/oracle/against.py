"""What the oracle scripts share: running the program, counting agreement, random attention."""

import csv
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy as np

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"


class Oracle:
    """Counts what agrees; says what does not on stderr."""

    def __init__(self, name):
        self.name = name
        self.program = str(pathlib.Path(sys.argv[1]).resolve())
        self.passed = 0
        self.failed = 0
        self.folder = tempfile.TemporaryDirectory()

    def check(self, what, right):
        self.passed += bool(right)
        self.failed += not right
        if not right and self.failed <= 20:
            print(f"{self.name} differs: {what}", file=sys.stderr)

    def near(self, what, got, expected, tolerance=1e-9, floor=1e-6):
        got, expected = np.asarray(got, float), np.asarray(expected, float)
        if got.shape != expected.shape:
            return self.check(f"{what}: shape {got.shape}, expected {expected.shape}", False)
        size = np.maximum(np.maximum(np.abs(got), np.abs(expected)), floor)
        worst = np.max(np.abs(got - expected) / size, initial=0.0)
        self.check(f"{what}: off by {worst:g}\n  got      {got}\n  expected {expected}",
                   worst <= tolerance)

    def file(self, array, name="a.npy"):
        path = pathlib.Path(self.folder.name) / name
        np.save(path, array)
        return str(path)

    def rows(self, command, *arguments):
        """The program's CSV as dictionaries of texts."""
        run = subprocess.run([self.program, command, *map(str, arguments), "--csv", "-q"],
                             capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"{command} {arguments}: status {run.returncode}\n{run.stderr}")
        return list(csv.DictReader(io.StringIO(run.stdout)))

    def array(self, command, *arguments):
        """The program's NPY."""
        path = pathlib.Path(self.folder.name) / "answer.npy"
        subprocess.run([self.program, command, *map(str, arguments), "-o", path, "-q"], check=True)
        return np.load(path)

    def finish(self):
        print(f"{self.name}: {self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def numbers(rows, column):
    return np.array([float(row[column]) for row in rows])


def rownorm(weights):
    sums = weights.sum(axis=-1, keepdims=True)
    return np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)


def random_stack(random, layers, heads, queries, keys=None, causal=False, zeros=0.0,
                 masked_rows=0.0):
    """Attention [layer, head, query, key]: sharp and flat rows, zeros, rows of zeros."""
    keys = keys or queries
    scores = random.normal(size=(layers, heads, queries, keys)) * random.choice([0.5, 2, 5])
    weights = np.exp(scores)
    weights[random.random(weights.shape) < zeros] = 0
    if causal:
        weights *= np.tril(np.ones((queries, keys)), keys - queries)
    weights[random.random(weights.shape[:3]) < masked_rows] = 0
    return rownorm(weights)


def asked_of_queries(oracle, random, tokens, causal, heads=2, width=5, sharpness=1):
    """Attention of random queries and keys: its weights [1, head, token, token] by softmax, and the
    arguments that ask about it."""
    query, key = sharpness * random.normal(size=(2, 1, heads, tokens, width))
    scores = query @ key.swapaxes(-1, -2) / np.sqrt(width)
    if causal:
        scores[..., np.triu(np.ones((tokens, tokens), bool), 1)] = -np.inf
    weights = rownorm(np.exp(scores - scores.max(axis=-1, keepdims=True)))
    return weights, ["--query", oracle.file(query, "q.npy"), "--key", oracle.file(key, "k.npy"),
                     "--axes", "layer,head,token,width", "--causal", "yes" if causal else "no"]


def transitions(stack, residual):
    """Layers of rollout and flow: mean over heads, then the residual's share."""
    eye = np.eye(stack.shape[-1])
    if residual == "none":
        layers = rownorm(rownorm(stack.mean(axis=1)))
    elif residual == "add":
        return eye + stack.mean(axis=1)
    elif residual == "raw":
        layers = rownorm(stack.mean(axis=1) + eye)
    else:
        layers = rownorm((1 - residual) * rownorm(stack.mean(axis=1)) + residual * eye)
    return layers


def safetensors(path):
    data = pathlib.Path(path).read_bytes()
    length, = struct.unpack("<Q", data[:8])
    kinds = {"F16": "<f2", "F32": "<f4", "F64": "<f8"}
    arrays = {}
    for name, about in json.loads(data[8:8 + length]).items():
        if name == "__metadata__":
            continue
        begin, end = about["data_offsets"]
        numbers_ = np.frombuffer(data[8 + length + begin:8 + length + end], kinds[about["dtype"]])
        arrays[name] = numbers_.reshape(about["shape"]).astype(float)
    return arrays


def expected(folder):
    return json.loads((DATA / folder / "expected.json").read_text())


EXPECTED_FOLDERS = [folder for folder in ("minilm/short", "minilm/cats", "small/gpt",
                                          "small/digits")
                    if (DATA / folder / "expected.json").exists()]

"""Every question about attention, from queries and keys against the matrix that NumPy makes of them.

usage: computed_oracle.py PROGRAM
"""

import json
import pathlib

import numpy as np

from against import Oracle, rownorm

LAYOUTS = ["plain", "heads", "layers", "side by side", "batch", "projected"]


def split(tokens, heads):
    """[token, heads x width] -> [head, token, width]"""
    return tokens.reshape(len(tokens), heads, -1).swapaxes(0, 1)


class Case:
    """Queries and keys as files and options, and the weights they make [layer, head, query, key]."""

    def __init__(self, oracle, random, number):
        self.oracle, self.random = oracle, random
        self.dtype = np.float32 if number % 2 else np.float64
        self.layout = LAYOUTS[number % len(LAYOUTS)]
        self.tokens = int(random.integers(2, 12))
        self.arguments = []
        many = self.layout not in ("plain",)
        self.key_heads = int(random.integers(1, 3)) if many else 1
        self.heads = self.key_heads * int(random.integers(1, 3)) if many else 1
        self.layers = int(random.integers(2, 4)) if self.layout == "layers" else 1
        self.width = int(random.integers(1, 5))
        self.make_tensors()
        self.make_scores(number)

    def save(self, option, array):
        self.arguments += ["--" + option, self.oracle.file(array.astype(self.dtype), option + ".npy")]
        return array.astype(self.dtype).astype(float)

    def some(self, *shape):
        return self.random.normal(size=shape)

    def make_tensors(self):
        n, w, h, g = self.tokens, self.width, self.heads, self.key_heads
        if self.layout == "plain":
            query, key, value = (self.save(o, self.some(n, w))[None, None]
                                 for o in ("query", "key", "value"))
        elif self.layout == "heads":
            query = self.save("query", self.some(h, n, w))[None]
            key, value = (self.save(o, self.some(g, n, w))[None] for o in ("key", "value"))
        elif self.layout == "layers":
            query = self.save("query", self.some(self.layers, h, n, w))
            key, value = (self.save(o, self.some(self.layers, g, n, w)) for o in ("key", "value"))
        elif self.layout == "side by side":
            query = split(self.save("query", self.some(n, h * w)), h)[None]
            key, value = (split(self.save(o, self.some(n, g * w)), g)[None]
                          for o in ("key", "value"))
            self.arguments += ["--heads", h]
        elif self.layout == "batch":
            query = split(self.save("query", self.some(3, n, h * w))[1], h)[None]
            key, value = (split(self.save(o, self.some(3, n, g * w))[1], g)[None]
                          for o in ("key", "value"))
            self.arguments += ["--heads", h, "--batch", 1]
        else:
            inputs = self.save("input", self.some(n, 3))
            bias = self.save("bq", self.some(h * w))
            query = split(inputs @ self.save("wq", self.some(h * w, 3)).T + bias, h)[None]
            key, value = (split(inputs @ self.save(o, self.some(g * w, 3)).T, g)[None]
                          for o in ("wk", "wv"))
            self.arguments += ["--heads", h]
        self.query = query
        self.key = np.repeat(key, h // g, axis=1)
        self.value = np.repeat(value, h // g, axis=1)

    def make_scores(self, number):
        scores = self.query @ self.key.swapaxes(-1, -2) * self.width ** -0.5
        if self.random.random() < 0.3:
            scores = scores + self.save("bias", self.some(self.tokens, self.tokens))
        if self.random.random() < 0.3:
            mask = self.random.random((self.tokens, self.tokens)) < 0.8
            self.arguments += ["--mask", self.oracle.file(mask, "mask.npy")]
            scores = np.where(mask, scores, -np.inf)
        self.causal = self.random.random() < 0.5
        if self.causal:
            # A mask says the same, and must be found to.
            lower = np.tril(np.ones((self.tokens, self.tokens), bool))
            if "--mask" not in self.arguments and number % 3 == 0:
                self.arguments += ["--mask", self.oracle.file(lower, "lower.npy")]
            else:
                self.arguments += ["--causal", "yes"]
            scores = np.where(lower, scores, -np.inf)
        top = scores.max(axis=-1, keepdims=True)
        weights = np.exp(scores - np.where(np.isfinite(top), top, 0))
        self.weights = rownorm(weights).astype(self.dtype)
        self.saved = [self.oracle.file(self.weights, "weights.npy"),
                      "--axes", "layer,head,query,key"]

    def values(self):
        """Those that only the question itself reads, for attention that is saved."""
        value = self.value.astype(self.dtype)
        return ["--value", self.oracle.file(value, "saved_value.npy")]


def without_values(arguments):
    """Options of a question that is not about values."""
    left, skip = [], False
    for argument in arguments:
        skip = skip or argument in ("--value", "--wv")
        if not skip:
            left.append(argument)
        elif not str(argument).startswith("--"):
            skip = False
    return left


def compare(case, command, *question, values=False):
    made = case.arguments if values else without_values(case.arguments)
    saved = case.saved + (case.values() if values else [])
    got = case.oracle.rows(command, *made, *question)
    expected = case.oracle.rows(command, *saved, *question)
    what = f"{case.layout} {command} {question} {made}"
    case.oracle.check(f"{what}: {len(got)} rows, expected {len(expected)}",
                      len(got) == len(expected) and (not got or got[0].keys() == expected[0].keys()))
    for column in (expected[0] if got and len(got) == len(expected) else []):
        texts = [row[column] for row in got], [row[column] for row in expected]
        try:
            numbers = [np.array([float(text) for text in side]) for side in texts]
        except ValueError:
            case.oracle.check(f"{what}: {column}", texts[0] == texts[1])
            continue
        case.oracle.near(f"{what}: {column}", *numbers, 2e-5 if case.dtype == np.float32 else 1e-8,
                         0.05 if case.dtype == np.float32 else 1e-6)


def questions(case):
    tokens = pathlib.Path(case.oracle.folder.name) / "tokens.json"
    tokens.write_text(json.dumps(list("abcabdacabcd"[:case.tokens])))
    compare(case, "heads", "--gini")
    compare(case, "heads", "--tokens", tokens)
    compare(case, "heads", "--fuse", "max")
    compare(case, "graph")
    compare(case, "graph", "--top-k", 2)
    compare(case, "graph", "--top-k", 2, "--fuse", "mean", "--self-loops", "drop")
    compare(case, "centrality", "--metric", "all")
    compare(case, "maxflow", "--all-pairs")
    compare(case, "compare", "--head", "0,-1")
    compare(case, "sparsify", "--top-k", 2, values=True)
    compare(case, "sparsify", "--keep-ratio", 0.3, "--edges")
    compare(case, "sparsify", "--disparity", 0.4)
    compare(case, "rollout")
    compare(case, "rollout", "--target", "last", "--fuse", "max")
    compare(case, "rollout", "--target", "mean", "--residual", "add", "--discard", 0.2)
    compare(case, "flow", "--target", 0)
    compare(case, "norms", values=True)
    if case.causal:
        compare(case, "rollout", "--causal-null")
        compare(case, "rollout", "--causal-null", "--target", "last")
    if (case.weights[:, :, -1, 0] > 0).all():
        compare(case, "paths", "--from", 0, "--to", "last")
    compare(case, "heads", "--segments", "a:0-0,b:1")


if __name__ == "__main__":
    oracle = Oracle("computed")
    generator = np.random.default_rng(12)
    for number in range(18):
        questions(Case(oracle, generator, number))
    oracle.finish()

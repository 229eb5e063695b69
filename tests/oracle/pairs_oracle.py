"""Compares `attngraph pairs` with NumPy: the two lines that correct ESM's contacts, and the
Mann-Whitney statistic of SciPy.

usage: pairs_oracle.py PROGRAM
"""

import json
import pathlib

import numpy as np
from scipy import stats

from against import DATA, Oracle, asked_of_queries, numbers, random_stack

WAYS = {"sum": lambda a: a + a.T, "max": lambda a: np.maximum(a, a.T),
        "min": lambda a: np.minimum(a, a.T), "none": lambda a: a}


def corrected(f):
    total = f.sum()
    return f - np.outer(f.sum(axis=1), f.sum(axis=0)) / total if total else f


def truth(head, way, apc, separation, places=None):
    """Pairs (a, b, score) that count, indices into the head."""
    places = np.arange(len(head)) if places is None else places
    f = WAYS[way](head)
    f = corrected(f) if apc else f
    pairs = []
    for a in range(len(head)):
        for b in range(len(head)):
            far = abs(places[a] - places[b]) >= separation
            if far and (way == "none" or a < b):
                pairs.append((a, b, f[a, b]))
    return pairs


def check_rows(oracle, what, rows, pairs, places, top):
    """Ranks may differ where scores do by rounding alone: scores are compared in order, and each
    pair with its own."""
    ordered = sorted(pairs, key=lambda p: (-p[2], p[0], p[1]))[:top]
    oracle.check(f"{what}: rows", len(rows) == len(ordered))
    if len(rows) != len(ordered):
        return
    scores = numbers(rows, "score")
    oracle.near(what, scores, [p[2] for p in ordered], floor=1e-4)
    of = {(places[a], places[b]): score for a, b, score in pairs}
    oracle.near(f"{what}: of their tokens", scores,
                [of[int(r["a"]), int(r["b"])] for r in rows], floor=1e-4)
    oracle.check(f"{what}: ranks", [int(r["rank"]) for r in rows] == list(range(1, len(rows) + 1)))


# What differs by less may be a tie or none.
ROUNDING = 1e-13


def known_among(scores, flags, count):
    """How many of the first are known: at least and at most, as ties at the end may fall."""
    last = scores[count - 1]
    before, tied = scores > last + ROUNDING, np.abs(scores - last) <= ROUNDING
    left = count - before.sum()
    sure = flags[before].sum()
    return (sure + max(0, left - (tied & ~flags).sum()), sure + min(left, (tied & flags).sum()))


def check_summary(oracle, what, row, pairs, known, length):
    ordered = sorted(pairs, key=lambda p: (-p[2], p[0], p[1]))
    flags = np.array([(a, b) in known for a, b, _ in ordered], bool)
    scores = np.array([p[2] for p in ordered])
    oracle.check(f"{what}: counts", (int(row["pairs"]), int(row["known"])) ==
                 (len(flags), int(flags.sum())))
    for name, part in (("precision_L", 1), ("precision_L2", 2), ("precision_L5", 5)):
        count = min(len(flags), max(1, length // part))
        if count:
            low, high = known_among(scores, flags, count)
            oracle.check(f"{what}: {name}",
                         low - 1e-9 <= float(row[name]) * count <= high + 1e-9)
        else:
            oracle.check(f"{what}: {name}", row[name] == "")
    if flags.any() and not flags.all():
        # What differs by rounding alone may be a tie or none.
        all_pairs = flags.sum() * (~flags).sum()
        low, middle, high = (
            stats.mannwhitneyu(scores[flags] + nudge, scores[~flags]).statistic / all_pairs
            for nudge in (-1e-13, 0, 1e-13))
        if high - low < 1e-12:
            oracle.near(f"{what}: auc", float(row["auc"]), middle)
        else:
            oracle.check(f"{what}: auc with ties", low <= float(row["auc"]) <= high)
    else:
        oracle.check(f"{what}: no auc", row["auc"] == "")
    if flags.any():
        best = scores[flags].max()
        first, last = (scores > best + ROUNDING).sum() + 1, (scores >= best - ROUNDING).sum()
        oracle.check(f"{what}: rank",
                     first - 1e-6 <= 1 / float(row["reciprocal_rank"]) <= last + 1e-6)


def check(oracle, what, heads, source, random):
    n = heads.shape[-1]
    for way in WAYS:
        apc, separation = bool(random.integers(2)), int(random.integers(1, 4))
        top = int(random.integers(1, n * n + 1))
        options = [*source, "--symmetrize", way, "--min-separation", separation,
                   *([] if apc else ["--no-apc"])]
        rows = oracle.rows("pairs", *options, "--top", top)
        gold = random.random((n, n)) < .2
        np.fill_diagonal(gold, False)
        known = {(a, b) for a, b in zip(*np.nonzero(gold if way == "none" else gold | gold.T))}
        summary = oracle.rows("pairs", *options, "--gold", oracle.file(gold.astype(float), "g.npy"),
                              "--summary")
        for i, (l, h) in enumerate(np.ndindex(heads.shape[:2])):
            pairs = truth(heads[l, h], way, apc, separation)
            here = [r for r in rows if (int(r["layer"]), int(r["head"])) == (l, h)]
            check_rows(oracle, f"{what} {way} {l},{h}", here, pairs, np.arange(n), top)
            if n > 1:
                check_summary(oracle, f"{what} {way} {l},{h}", summary[i], pairs, known, n)


def random_cases(oracle):
    random = np.random.default_rng(21)
    for case in range(16):
        n, causal = int(random.integers(1, 16)), case % 2 == 0
        heads = random_stack(random, 2, 2, n, causal=causal, zeros=.3 if case % 3 == 0 else 0,
                             masked_rows=.2 if case % 4 == 1 else 0)
        check(oracle, f"random {case}", heads,
              [oracle.file(heads), "--causal", "yes" if causal else "no"], random)


def queries_and_keys(oracle):
    random = np.random.default_rng(22)
    for case in range(4):
        causal = case % 2 == 0
        weights, asked = asked_of_queries(oracle, random, int(random.integers(2, 30)), causal)
        check(oracle, f"queries {case}", weights, asked, random)


def known_cases(oracle):
    cats = DATA / "minilm/cats"
    stack = np.load(cats / "attention.npy").astype(float)
    tokens = json.loads((cats / "tokens.json").read_text())
    left = np.array([i for i, t in enumerate(tokens) if t not in ("[CLS]", "[SEP]")])
    options = [cats / "attention.npy", "--tokens", cats / "tokens.json", "--drop-special"]
    rows = oracle.rows("pairs", *options, "--top", "all")
    for l, h in np.ndindex(stack.shape[:2]):
        head = stack[l, h][np.ix_(left, left)]
        here = [r for r in rows if (int(r["layer"]), int(r["head"])) == (l, h)]
        check_rows(oracle, f"cats {l},{h}", here, truth(head, "sum", True, 1, left), left, 999)
    for l, h, first, second in ((2, 5, (("mice", "it"), .150896372), (("the", "mice"), .125960376)),
                                (4, 3, (("cat", "it"), .159184015), (("mice", "it"), .153515222)),
                                (4, 4, (("cat", "it"), .139304712), None)):
        best = [r for r in rows if (int(r["layer"]), int(r["head"])) == (l, h)]
        for row, golden in zip(best, (first, second)):
            if golden:
                oracle.check(f"golden {l},{h}", (row["a_label"], row["b_label"]) == golden[0])
                oracle.near(f"golden {l},{h}", float(row["score"]), golden[1], 1e-8)
    arcs = [(int(f[0]) - 1, int(f[6]) - 1) for f in
            (line.split("\t") for line in (cats / "dependencies.conllu").read_text().splitlines())
            if len(f) == 10]
    known = {tuple(sorted(a)) for a in arcs if a[1] >= 0}
    summary = oracle.rows("pairs", *options, "--gold", cats / "dependencies.conllu", "--summary")
    for i, (l, h) in enumerate(np.ndindex(stack.shape[:2])):
        pairs = truth(stack[l, h][np.ix_(left, left)], "sum", True, 1)
        check_summary(oracle, f"dependencies {l},{h}", summary[i], pairs, known, len(left))


if __name__ == "__main__":
    oracle = Oracle("pairs")
    random_cases(oracle)
    queries_and_keys(oracle)
    known_cases(oracle)
    oracle.finish()

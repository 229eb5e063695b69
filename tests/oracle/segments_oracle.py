"""Compares `attngraph segments` with NumPy and scipy.stats.kurtosis.

usage: segments_oracle.py PROGRAM
"""

import json
import pathlib

import numpy as np
from scipy import stats

from against import DATA, Oracle, asked_of_queries, random_stack


def value(text):
    return float(text) if text else np.nan


def same(oracle, what, got, expected):
    got, expected = np.asarray(got, float), np.asarray(expected, float)
    oracle.check(f"{what}: empty fields", got.shape == expected.shape
                 and np.array_equal(np.isnan(got), np.isnan(expected)))
    known = ~np.isnan(expected)
    if got.shape == expected.shape:
        oracle.near(what, got[known], expected[known])


def blocks(head, parts):
    """mass and density [from, to] over queries that attend to something."""
    mass = np.full((len(parts), len(parts)), np.nan)
    density = mass.copy()
    for f, queries in enumerate(parts):
        rows = head[queries]
        rows = rows[rows.any(axis=1)]
        for t, keys in enumerate(parts):
            if len(rows):
                mass[f, t] = rows[:, keys].sum(axis=1).mean()
                density[f, t] = rows[:, keys].mean()
    return mass, density


def verticals(density, gap):
    with np.errstate(all="ignore"):
        columns = [density[t + gap:, t] for t in range(len(density))]
        return np.array([np.nanmean(c) if (~np.isnan(c)).any() else np.nan for c in columns])


def kurtosis(values):
    values = values[~np.isnan(values)]
    if len(values) < 4 or values.std() <= 1e-12 * abs(values.mean()):
        return np.nan
    return float(stats.kurtosis(values, nan_policy="omit"))


def random_parts(random, n):
    """Ranges side by side that cover 0 … n - 1."""
    cuts = np.sort(random.choice(np.arange(1, n), int(random.integers(0, min(n, 9))),
                                 replace=False)) if n > 1 else np.array([], int)
    edges = [0, *map(int, cuts), n]
    return [range(a, b) for a, b in zip(edges, edges[1:])]


def listed(parts):
    return ",".join(f"p{i}:{part[0]}-{part[-1]}" for i, part in enumerate(parts))


def check_blocks(oracle, what, heads, parts, source):
    names = [f"p{i}" for i in range(len(parts))]
    rows = oracle.rows("segments", *source, "--segments", listed(parts))
    oracle.check(f"{what}: rows", len(rows) == heads.shape[0] * heads.shape[1] * len(parts) ** 2)
    found = {(int(r["layer"]), int(r["head"]), r["from"], r["to"]): r for r in rows}
    for l, h in np.ndindex(heads.shape[:2]):
        mass, density = blocks(heads[l, h], [list(p) for p in parts])
        for column, truth in (("mass", mass), ("density", density)):
            got = [[value(found[l, h, f, t][column]) for t in names] for f in names]
            same(oracle, f"{what} {l},{h} {column}", got, truth)
    for gap in (0, 1, 3):
        shown = oracle.rows("segments", *source, "--segments", listed(parts), "--receiver", gap)
        each = oracle.rows("segments", *source, "--segments", listed(parts), "--receiver", gap,
                           "--vertical")
        truth = [verticals(blocks(heads[l, h], [list(p) for p in parts])[1], gap)
                 for l, h in np.ndindex(heads.shape[:2])]
        same(oracle, f"{what} vertical {gap}", [value(r["vertical"]) for r in each],
             np.concatenate(truth))
        same(oracle, f"{what} kurtosis {gap}", [value(r["kurtosis"]) for r in shown],
             [kurtosis(v) for v in truth])


def check_lookback(oracle, what, heads, source, context):
    rows = oracle.rows("segments", *source, "--lookback", context)
    truth = []
    for head in heads.reshape(-1, *heads.shape[2:]):
        for q in range(context, head.shape[0]):
            c, w = head[q, :context].mean(), head[q, context:q + 1].mean()
            truth.append(c / (c + w) if head[q].any() else np.nan)
    same(oracle, f"{what} lookback {context}", [value(r["lookback"]) for r in rows], truth)


def random_cases(oracle):
    random = np.random.default_rng(11)
    for case in range(25):
        n = int(random.integers(1, 30))
        causal = case % 2 == 0
        heads = random_stack(random, 2, 2, n, causal=causal, zeros=.3 if case % 3 == 0 else 0,
                             masked_rows=.3 if case % 4 == 1 else 0)
        source = [oracle.file(heads), "--causal", "yes" if causal else "no"]
        check_blocks(oracle, f"random {case}", heads, random_parts(random, n), source)
        if causal and n > 1:
            check_lookback(oracle, f"random {case}", heads, source, int(random.integers(1, n)))


def queries_and_keys(oracle):
    random = np.random.default_rng(12)
    for case in range(8):
        n, width, causal = int(random.integers(2, 40)), int(random.integers(1, 9)), case % 2 == 0
        weights, asked = asked_of_queries(oracle, random, n, causal, heads=3, width=width)
        check_blocks(oracle, f"queries {case}", weights, random_parts(random, n), asked)
        if causal:
            check_lookback(oracle, f"queries {case}", weights, asked, 1 + n // 3)


def known_cases(oracle):
    cats = np.load(DATA / "minilm/cats/attention.npy").astype(float)
    check_blocks(oracle, "cats", cats, [range(0, 9), range(9, 17)],
                 [DATA / "minilm/cats/attention.npy"])
    tokens = json.loads((DATA / "minilm/cats/tokens.json").read_text())
    rows = oracle.rows("segments", DATA / "minilm/cats/attention.npy", "--tokens",
                       DATA / "minilm/cats/tokens.json", "--segments", "0-8,9-16",
                       "--drop-special")
    left = [i for i, token in enumerate(tokens) if token not in ("[CLS]", "[SEP]")]
    parts = [[i for i in left if i < 9], [i for i in left if i >= 9]]
    truth = np.concatenate([blocks(head, parts)[0].ravel()
                            for head in cats.reshape(-1, 17, 17)])
    same(oracle, "cats without specials", [value(r["mass"]) for r in rows], truth)
    gpt = np.load(DATA / "small/gpt/attention.npy").astype(float)
    check_lookback(oracle, "gpt", gpt, [DATA / "small/gpt/attention.npy"], 24)
    golden = [r["lookback"] for r in oracle.rows("segments", DATA / "small/gpt/attention.npy",
                                                 "--layer", 1, "--head", 0, "--lookback", 24)]
    oracle.near("golden lookback", float(golden[0]), .081295316711, 1e-9)
    oracle.near("golden mean", np.mean([float(x) for x in golden]), .029100716572, 1e-9)


def cross_case(oracle):
    """Ranges part each side as far as it goes."""
    head = random_stack(np.random.default_rng(13), 1, 1, 3, 6)[0, 0]
    rows = oracle.rows("segments", oracle.file(head), "--segments", "a:0-1,b:2-5", "--cross")
    truth = [head[:2, :2].sum(1).mean(), head[:2, 2:].sum(1).mean(), head[2, :2].sum(),
             head[2, 2:].sum()]
    same(oracle, "cross", [value(r["mass"]) for r in rows], truth)


if __name__ == "__main__":
    oracle = Oracle("segments")
    random_cases(oracle)
    queries_and_keys(oracle)
    known_cases(oracle)
    cross_case(oracle)
    oracle.finish()

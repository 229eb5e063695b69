"""Compares `attngraph topology` with SciPy's minimum spanning tree and connected components, and
with GUDHI's Rips complex (python3-gudhi).

usage: topology_oracle.py PROGRAM
"""

import gudhi
import numpy as np
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from against import DATA, Oracle, asked_of_queries, random_stack

NAMES = ("count", "sum", "mean", "sd", "max", "entropy")


def distances(head):
    """Rows of queries that are missing are zeros."""
    n = head.shape[-1]
    whole = np.zeros((n, n))
    whole[n - len(head):] = head
    d = 1 - np.maximum(whole, whole.T)
    np.fill_diagonal(d, 0)
    return d


def tree_lengths(d):
    """All n - 1, ascending. SciPy takes 0 for no edge, so everything is one longer."""
    tree = minimum_spanning_tree(np.triu(d + 1, 1))
    return np.sort(tree.data - 1)


def rips_bars(d, zero_bars=False):
    """Arrays [bar, 2] for H0 and H1 without those that have no end."""
    complex_ = gudhi.RipsComplex(distance_matrix=d).create_simplex_tree(max_dimension=2)
    complex_.compute_persistence(homology_coeff_field=2, min_persistence=-1 if zero_bars else 0)
    bars = [complex_.persistence_intervals_in_dimension(dimension).reshape(-1, 2)
            for dimension in (0, 1)]
    return [b[np.isfinite(b[:, 1])] for b in bars]


def statistics(lengths):
    if not len(lengths):
        return dict.fromkeys(NAMES, 0.0)
    share = lengths / lengths.sum()
    return dict(zip(NAMES, (len(lengths), lengths.sum(), lengths.mean(), lengths.std(),
                            lengths.max(), -(share * np.log(share)).sum())))


def betti(joined):
    """Edges, parts and cycles of a symmetric matrix of truths."""
    joined = joined & ~np.eye(len(joined), dtype=bool)
    edges = joined.sum() // 2
    parts, _ = connected_components(joined, directed=False)
    return edges, parts, edges - len(joined) + parts


def above_share(head, causal):
    n = head.shape[-1]
    seen = np.nonzero(head.any(axis=0))[0]
    visible = np.full(len(head), seen[-1] + 1 if len(seen) else 0)
    if causal:
        visible = np.arange(n - len(head), n) + 1
    whole = np.zeros((n, n), bool)
    whole[n - len(head):] = head * visible[:, None] > 1 + 1e-6
    return whole | whole.T


def mtop_div(d, first, last=None):
    """The rule of TOHA and lm-polygraph."""
    d = d[:last, :last].copy()
    d[:first, :first] = 0
    return tree_lengths(d).sum()


def check_bars(oracle, what, row, bars, d):
    lengths = tree_lengths(d)
    for dimension, found in ((0, lengths[lengths > 0]), (1, bars[1][:, 1] - bars[1][:, 0])):
        for name, value in statistics(found).items():
            oracle.near(f"{what}: h{dimension}_{name}", float(row[f"h{dimension}_{name}"]), value)


def check_rows(oracle, what, rows, bars):
    for dimension in (0, 1):
        got = [(float(r["birth"]), float(r["death"])) for r in rows
               if int(r["dimension"]) == dimension]
        oracle.near(f"{what}: bars of H{dimension}", np.array(got).reshape(-1, 2),
                    sorted(map(tuple, bars[dimension])) if len(bars[dimension]) else
                    np.empty((0, 2)))


def of_head(rows, l, h):
    return [r for r in rows if (int(r["layer"]), int(r["head"])) == (l, h)]


def check(oracle, what, heads, source, causal, random):
    n = heads.shape[-1]
    thresholds = np.sort(random.random(3) * .6)[::-1]
    first = int(random.integers(1, n)) if n > 1 else 0
    summary = oracle.rows("topology", *source, "--dimension", 1)
    every = oracle.rows("topology", *source, "--dimension", 1, "--bars")
    above = oracle.rows("topology", *source, "--betti", ",".join(map(repr, map(float, thresholds))))
    share = oracle.rows("topology", *source, "--betti", "share")
    split = oracle.rows("topology", *source, "--split", first) if first else []
    for l, h in np.ndindex(heads.shape[:2]):
        place, d = f"{what} {l},{h}", distances(heads[l, h])
        bars = rips_bars(d)
        check_bars(oracle, place, of_head(summary, l, h)[0], bars, d)
        check_rows(oracle, place, of_head(every, l, h), bars)
        for row, threshold in zip(of_head(above, l, h), thresholds):
            got = tuple(int(row[name]) for name in ("edges", "b0", "b1"))
            oracle.check(f"{place}: betti at {threshold}", got == betti(1 - d > threshold))
        got = tuple(int(of_head(share, l, h)[0][name]) for name in ("edges", "b0", "b1"))
        oracle.check(f"{place}: betti by share", got == betti(above_share(heads[l, h], causal)))
        if first:
            row, value = of_head(split, l, h)[0], mtop_div(d, first)
            oracle.near(f"{place}: mtop_div", float(row["mtop_div"]), value)
            oracle.near(f"{place}: for a token", float(row["mtop_div_per_token"]),
                        value / (n - first))


def random_cases(oracle):
    random = np.random.default_rng(31)
    for case in range(16):
        n, causal = int(random.integers(1, 20)), case % 2 == 0
        queries = int(random.integers(1, n + 1)) if case % 6 == 0 else n  # the last ones
        heads = random_stack(random, 2, 2, queries, n, causal=causal,
                             zeros=.3 if case % 3 == 0 else 0,
                             masked_rows=.2 if case % 4 == 1 else 0)
        check(oracle, f"random {case}", heads,
              [oracle.file(heads), "--causal", "yes" if causal else "no"], causal,
              random)


def queries_and_keys(oracle):
    random = np.random.default_rng(32)
    for case in range(4):
        causal = case % 2 == 0
        weights, asked = asked_of_queries(oracle, random, int(random.integers(2, 40)), causal)
        check(oracle, f"queries {case}", weights, asked, causal, random)


def ties(oracle):
    """Weights of few values: bars of equal length, and many that GUDHI gives no length."""
    random = np.random.default_rng(33)
    for case in range(6):
        n = int(random.integers(3, 14))
        heads = random.integers(0, 4, size=(1, 2, n, n)).astype(float)
        heads[..., 0] += 1
        heads /= heads.sum(axis=-1, keepdims=True)
        check(oracle, f"ties {case}", heads, [oracle.file(heads), "--causal", "no"], False, random)


def known_cases(oracle):
    random = np.random.default_rng(34)
    cats = np.load(DATA / "minilm/cats/attention.npy").astype(float)
    check(oracle, "cats", cats, [DATA / "minilm/cats/attention.npy"], False, random)
    gpt = np.load(DATA / "small/gpt/attention.npy").astype(float)
    check(oracle, "gpt", gpt, [DATA / "small/gpt/attention.npy"], True, random)
    row = oracle.rows("topology", DATA / "minilm/cats/attention.npy", "--layer", 2, "--head", 5,
                      "--segments", "ask:0-4,answer:5-9", "--split", "answer")[0]
    d = distances(cats[2, 5])
    oracle.near("cats: a segment", float(row["mtop_div_per_token"]), mtop_div(d, 5, 10) / 5)
    oracle.check("cats: GUDHI lists bars of length 0", sum(
        int((b[:, 0] == b[:, 1]).sum()) for b in rips_bars(d, zero_bars=True)) == 117)


if __name__ == "__main__":
    oracle = Oracle("topology")
    random_cases(oracle)
    queries_and_keys(oracle)
    ties(oracle)
    known_cases(oracle)
    oracle.finish()

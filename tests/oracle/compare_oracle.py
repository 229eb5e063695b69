"""Compares `attngraph compare` with SciPy: Jensen-Shannon distances and average linkage.

usage: compare_oracle.py PROGRAM
"""

import numpy as np
from scipy.cluster.hierarchy import average, cut_tree, dendrogram, is_valid_linkage
from scipy.spatial.distance import squareform
from scipy.special import rel_entr

from against import DATA, EXPECTED_FOLDERS, Oracle, expected, numbers, random_stack


def divergence(a, b):
    """Mean over the rows that are not zero in both; SciPy's jensenshannon would divide those by 0."""
    middle = (a + b) / 2
    rows = max(1, (middle.sum(axis=1) > 0).sum())
    return (rel_entr(a, middle) + rel_entr(b, middle)).sum() / 2 / rows


def same_partition(a, b):
    pairs = set(zip(a, b))
    return len(pairs) == len(set(a)) == len(set(b))


def random_cases(oracle):
    random = np.random.default_rng(2)
    for case in range(25):
        layers, heads, n = (int(x) for x in random.integers(1, 6, 3))
        heads += layers == 1
        stack = random_stack(random, layers, heads, n + 1, causal=case % 2 == 0,
                             zeros=0.3 if case % 3 == 0 else 0)
        path = oracle.file(stack)
        flat = stack.reshape(layers * heads, n + 1, n + 1)
        rows = oracle.rows("compare", path)
        truth = []
        for row in rows:
            a = int(row["layer_a"]) * heads + int(row["head_a"])
            b = int(row["layer_b"]) * heads + int(row["head_b"])
            oracle.check("a pair in order", a < b)
            truth.append(divergence(flat[a], flat[b]))
        oracle.near(f"js {case}", numbers(rows, "js"), truth, floor=1e-5)
        oracle.check("every pair", len(rows) == len(flat) * (len(flat) - 1) // 2)

        linkage = average(np.sqrt(truth))
        merges = oracle.rows("compare", path, "--merges")
        oracle.near(f"distances {case}", numbers(merges, "distance"), linkage[:, 2], floor=1e-4)
        oracle.near(f"sizes {case}", numbers(merges, "size"), linkage[:, 3])
        sides = {frozenset((int(m["left"]), int(m["right"]))) for m in merges}
        oracle.check(f"merges {case}",
                     sides == {frozenset((int(a), int(b))) for a, b in linkage[:, :2]})
        matrix = oracle.array("compare", path)
        oracle.near(f"matrix {case}", matrix.ravel(), squareform(truth).ravel(), floor=1e-5)
        made = oracle.array("compare", path, "--merges")
        oracle.check(f"a linkage {case}", is_valid_linkage(made))
        oracle.near(f"linkage {case}", made.ravel(), linkage.ravel(), floor=1e-4)
        leaves = dendrogram(made, no_plot=True)["leaves"]
        oracle.check(f"leaves {case}", sorted(leaves) == list(range(len(flat))))
        for count in range(1, len(flat) + 1):
            clusters = oracle.rows("compare", path, "--cluster", count)
            labels = [row["cluster"] for row in clusters]
            flat_clusters = cut_tree(linkage, count).ravel()
            oracle.check(f"clusters {case}, {count}", same_partition(labels, flat_clusters))
            by_order = [row["cluster"] for row in sorted(clusters, key=lambda r: int(r["order"]))]
            changes = sum(a != b for a, b in zip(by_order, by_order[1:]))
            oracle.check("clusters are neighbours among the leaves", changes == count - 1)


def two_files(oracle):
    random = np.random.default_rng(3)
    for case in range(10):
        a = random_stack(random, 2, 3, 6, causal=case % 2 == 0)
        b = random_stack(random, 2, 3, 6, zeros=0.2)
        rows = oracle.rows("compare", oracle.file(a, "a.npy"), "--against",
                           oracle.file(b, "b.npy"))
        truth = [divergence(a[l, h], b[l, h]) for l in range(2) for h in range(3)]
        oracle.near(f"against {case}", numbers(rows, "js"), truth, floor=1e-5)


def known_cases(oracle):
    for folder in EXPECTED_FOLDERS:
        rows = oracle.rows("compare", DATA / folder / "attention.npy")
        found = {f"{r['layer_a']},{r['head_a']}|{r['layer_b']},{r['head_b']}": float(r["js"])
                 for r in rows}
        for pair, value in expected(folder)["js"].items():
            oracle.near(f"{folder} {pair}", found[pair], value, 1e-5)


if __name__ == "__main__":
    oracle = Oracle("compare")
    random_cases(oracle)
    two_files(oracle)
    known_cases(oracle)
    oracle.finish()

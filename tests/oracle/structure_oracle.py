"""Compares `attngraph structure` with networkx, igraph, NumPy, and with the exact optimum of
modularity, which an integer program of SciPy (HiGHS) finds.

usage: structure_oracle.py PROGRAM
"""

import igraph
import networkx as nx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from against import DATA, Oracle, asked_of_queries, random_stack

TRIADS = ("003 012 102 021D 021U 021C 111D 111U 030T 030C 201 120D 120U 120C 210 300").split()


def edge_matrix(head, rule, causal):
    """Which weights count, by rows of A; then without self-loops."""
    n = len(head)
    seen = np.flatnonzero(head.any(axis=0))
    visible = np.arange(1, n + 1) if causal else np.full(n, seen[-1] + 1 if len(seen) else 0)
    keep = head > 0
    if rule.get("share"):
        keep &= head * visible[:, None] > 1 + 1e-6
    if "threshold" in rule:
        keep &= head > rule["threshold"]
    if "disparity" in rule:
        keep &= np.maximum(0, 1 - head) ** (np.maximum(visible, 1) - 1)[:, None] < rule["disparity"]
    if "top_k" in rule:
        order = np.argsort(-head, axis=1, kind="stable")[:, :rule["top_k"]]
        largest = np.zeros_like(keep)
        np.put_along_axis(largest, order, True, axis=1)
        keep &= largest
    np.fill_diagonal(keep, False)
    return keep


def options_of(rule):
    options = []
    if rule.get("share") and len(rule) > 1:
        options += ["--threshold", "share"]
    for name in ("threshold", "top_k", "disparity"):
        if name in rule:
            options += ["--" + name.replace("_", "-"), rule[name]]
    return options


def digraph(matrix):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(matrix)))
    graph.add_weighted_edges_from((int(a), int(b), float(matrix[a, b]))
                                  for a, b in zip(*np.nonzero(matrix)))
    return graph


def without_loops(head):
    weights = head.copy()
    np.fill_diagonal(weights, 0)
    return weights


def pagerank_max(head, direction):
    walk = head if direction == "attends" else head.T
    n, sums = len(walk), walk.sum(axis=1, keepdims=True)
    steps = np.divide(walk, sums, out=np.full_like(walk, 1 / n), where=sums > 0)
    google = .85 * steps + .15 / n
    system = np.vstack([google.T - np.eye(n), np.ones(n)])
    return np.linalg.lstsq(system, np.append(np.zeros(n), 1), rcond=None)[0].max()


def modularity(weights, groups, resolution):
    total = weights.sum()
    if total == 0:
        return 0
    expected = np.outer(weights.sum(axis=1), weights.sum(axis=0)) / total
    same = np.equal.outer(groups, groups)
    return ((weights - resolution * expected) * same).sum() / total


def exact_modularity(weights, resolution=1.0):
    """The largest modularity of any partition: the clique-partition program of Grötschel and
    Wakabayashi on the symmetric part of the modularity matrix."""
    n, total = len(weights), weights.sum()
    expected = np.outer(weights.sum(axis=1), weights.sum(axis=0)) / total
    gain = (weights - resolution * expected) / total
    first, second = np.triu_indices(n, 1)
    number = np.zeros((n, n), int)
    number[first, second] = number[second, first] = np.arange(len(first))
    rows = [(number[i, j], number[j, k], number[i, k])
            for i in range(n) for j in range(n) for k in range(n)
            if i != j and j != k and i < k]
    columns = np.array(rows).ravel()
    values = np.tile([1, 1, -1], len(rows))
    triangles = csr_matrix((values, (np.repeat(np.arange(len(rows)), 3), columns)),
                           shape=(len(rows), len(first)))
    found = milp(-(gain + gain.T)[first, second], integrality=np.ones(len(first)),
                 bounds=Bounds(0, 1), constraints=LinearConstraint(triangles, ub=1),
                 options={"mip_rel_gap": 0})
    return -found.fun + np.trace(gain)


def check_head(oracle, what, row, head, rule, causal, direction):
    n, counts = len(head), edge_matrix(head, rule, causal)
    graph, weights = digraph(counts), without_loops(head)
    strong = list(nx.strongly_connected_components(graph))
    own = igraph.Graph(n, list(zip(*map(lambda a: a.tolist(), np.nonzero(counts)))), directed=True)
    for name, expected in {
            "edges": counts.sum(), "weak": nx.number_weakly_connected_components(graph),
            "strong": len(strong), "strong_largest": max(map(len, strong)),
            "core": max(own.coreness(mode="all"))}.items():
        oracle.check(f"{what}: {name} {row[name]}, expected {expected}", int(row[name]) == expected)
    both = np.minimum(weights, weights.T).sum()
    for name, expected in {
            "density": counts.sum() / (n * (n - 1)) if n > 1 else 0,
            "reciprocity": nx.overall_reciprocity(graph) if counts.any() else 0,
            "reciprocity_weighted": both / weights.sum() if weights.any() else 0,
            "clustering": np.mean(list(nx.clustering(graph).values())),
            "clustering_weighted":
                np.mean(list(nx.clustering(digraph(weights), weight="weight").values())),
            "pagerank_max": pagerank_max(head, direction)}.items():
        oracle.near(f"{what}: {name}", float(row[name]), expected)


def check_members(oracle, what, rows, row, head, rule, causal, resolution):
    counts, weights = edge_matrix(head, rule, causal), without_loops(head)
    graph = digraph(counts)
    own = igraph.Graph(len(head), list(zip(*map(lambda a: a.tolist(), np.nonzero(counts)))),
                       directed=True)
    groups = {name: np.array([int(r[name]) for r in rows])
              for name in ("weak", "strong", "core", "community")}
    oracle.check(f"{what}: core", groups["core"].tolist() == own.coreness(mode="all"))
    for name, parts in (("weak", nx.weakly_connected_components(graph)),
                        ("strong", nx.strongly_connected_components(graph))):
        expected = np.zeros(len(head), int)
        for number, part in enumerate(sorted(parts, key=min)):
            expected[list(part)] = number
        oracle.check(f"{what}: {name}", groups[name].tolist() == expected.tolist())
    community = groups["community"]
    first = [np.flatnonzero(community == c)[0] for c in range(community.max() + 1)]
    oracle.check(f"{what}: numbered by first tokens", first == sorted(first))
    oracle.check(f"{what}: communities", len(first) == int(row["communities"]))
    oracle.near(f"{what}: modularity", float(row["modularity"]),
                modularity(weights, community, resolution), 1e-9, 1e-3)
    alone = (weights.sum(axis=0) + weights.sum(axis=1)) == 0
    oracle.check(f"{what}: alone", all((community == c).sum() == 1 for c in community[alone]))


def check(oracle, what, heads, source, rule, causal, direction="attends", resolution=1.0):
    options, way = [*source, *options_of(rule)], ["--direction", direction]
    rows = oracle.rows("structure", *options, *way, "--resolution", resolution)
    members = oracle.rows("structure", *options, "--resolution", resolution, "--members")
    triads = oracle.rows("structure", *options, *way, "--triads")
    for i, (l, h) in enumerate(np.ndindex(heads.shape[:2])):
        head, here = heads[l, h], f"{what} {l},{h}"
        check_head(oracle, here, rows[i], head, rule, causal, direction)
        check_members(oracle, here, members[i * len(head):(i + 1) * len(head)], rows[i], head,
                      rule, causal, resolution)
        counts = edge_matrix(head, rule, causal)
        census = nx.triadic_census(digraph(counts if direction == "attends" else counts.T))
        if len(head) < 3:
            census = dict.fromkeys(TRIADS, 0)
        oracle.check(f"{here}: triads",
                     [int(triads[i][t]) for t in TRIADS] == [census[t] for t in TRIADS])
    return rows


RULES = ({"share": True}, {"threshold": .1}, {"top_k": 3}, {"disparity": .1},
         {"share": True, "top_k": 2}, {"threshold": .05, "disparity": .3})


def random_cases(oracle):
    random = np.random.default_rng(31)
    for case in range(18):
        n, causal = int(random.integers(1, 14)), case % 2 == 0
        heads = random_stack(random, 1, 2, n, causal=causal, zeros=.4 if case % 3 == 0 else 0,
                             masked_rows=.2 if case % 4 == 1 else 0)
        # What is asked of the program is what it finds; no query of these sees a later key.
        causal = causal or not np.triu(heads, 1).any()
        resolution = float(random.choice([.7, 1, 1.5]))
        rows = check(oracle, f"random {case}", heads, [oracle.file(heads)], RULES[case % 6], causal,
                     ("attends", "informs")[case // 2 % 2], resolution)
        for row, head in zip(rows, heads[0]):
            weights = without_loops(head)
            if n > 2 and weights.any():
                oracle.near(f"random {case}: exact modularity", float(row["modularity"]),
                            exact_modularity(weights, resolution), 1e-9, 1e-3)


def queries_and_keys(oracle):
    random = np.random.default_rng(32)
    for causal in (True, False):
        weights, asked = asked_of_queries(oracle, random, 20, causal, sharpness=2)
        check(oracle, f"queries, causal {causal}", weights, [*asked, "--precision", "double"],
              {"share": True}, causal)


def edge_lists(oracle):
    """Lists stay lists: the same numbers as of the matrix that they make."""
    random = np.random.default_rng(33)
    for case in range(4):
        n = int(random.integers(3, 20))
        head = random.random((n, n)) * (random.random((n, n)) < .3)
        lines = [f"{a},{b},{float(head[a, b])!r}" for a, b in zip(*np.nonzero(head))]
        path = oracle.file(np.zeros(1), "x.npy").replace("x.npy", f"edges{case}.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(["source,target,weight", *lines]) + "\n")
        check(oracle, f"edges {case}", head[None, None], [path, "--nodes", n],
              ({"threshold": .5}, {"share": True}, {"top_k": 2}, {"threshold": 0})[case],
              not np.triu(head, 1).any())


def known_cases(oracle):
    cats = DATA / "minilm/cats/attention.npy"
    heads = np.load(cats).astype(float)[2:3]
    rows = check(oracle, "cats", heads, [cats, "--layer", 2], {"share": True}, False)
    for h in (0, 3, 5, 8, 10, 11):
        oracle.near(f"cats 2,{h}: exact modularity", float(rows[h]["modularity"]),
                    exact_modularity(without_loops(heads[0, h])), 1e-9, 1e-3)
    oracle.near("golden modularity", float(rows[5]["modularity"]), .0864875347794, 1e-10)
    gpt = DATA / "small/gpt/attention.npy"
    heads = np.load(gpt).astype(float)[1:2]
    for direction in ("attends", "informs"):
        check(oracle, f"gpt {direction}", heads, [gpt, "--layer", 1], {"share": True}, True,
              direction)


if __name__ == "__main__":
    oracle = Oracle("structure")
    random_cases(oracle)
    queries_and_keys(oracle)
    edge_lists(oracle)
    known_cases(oracle)
    oracle.finish()

"""Compares `attngraph centrality` with networkx and NumPy: random matrices of every kind, and the
attention under a data folder.

usage: networkx_centrality.py PROGRAM [DATA_FOLDER]
"""

import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import igraph
import networkx as nx
import numpy as np

METRICS = ("in_degree,out_degree,in_strength,out_strength,pagerank,betweenness,closeness,harmonic,"
           "eigenvector,hub,authority,core").split(",")
ADDED = {"z", "influence"}
PATH_METRICS = ("betweenness", "closeness", "harmonic")
DISTANCES = {
    "neglog": lambda w: -np.log(np.minimum(w, 1.0)),
    "inverse": lambda w: 1.0 / w,
    "complement": lambda w: 1.0 - np.minimum(w, 1.0),
    "weight": lambda w: w,
}
TOLERANCE = 1e-9


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, what, got, expected):
        got, expected = np.asarray(got, float), np.asarray(expected, float)
        # Entries far below the largest are sums of what is large: their error is that of the large.
        floor = 1e-6 * max(np.abs(expected).max(initial=0.0), 1e-12)
        size = np.maximum(np.maximum(np.abs(got), np.abs(expected)), floor)
        if got.shape == expected.shape and np.all(np.abs(got - expected) <= TOLERANCE * size):
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= 20:
            print(f"differs: {what}\n  got      {got}\n  expected {expected}", file=sys.stderr)


def centralities(program, path, *options):
    """{(layer, head): {metric: values}} as the program answers."""
    run = subprocess.run([program, "centrality", str(path), "--csv", "-q", "--normalize", "none",
                          *options], capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"{path} {options}: status {run.returncode}\n{run.stderr}")
    answers = {}
    for row in csv.DictReader(io.StringIO(run.stdout)):
        head = answers.setdefault((int(row["layer"]), int(row["head"])), {})
        for metric in row.keys() & (set(METRICS) | ADDED):
            head.setdefault(metric, []).append(float(row[metric]))
    return answers


def oriented(weights, direction):
    return weights if direction == "attends" else weights.T


def digraph(weights):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(weights)))
    for u, v in zip(*np.nonzero(weights)):
        graph.add_edge(int(u), int(v), weight=float(weights[u, v]))
    return graph


def lengths(weights, distance):
    """The graph of path metrics: no self-loops, no length below 1e-8."""
    loopless = weights.copy()
    np.fill_diagonal(loopless, 0)
    there = loopless > 0
    result = np.zeros_like(loopless)
    result[there] = np.maximum(DISTANCES[distance](loopless[there]), 1e-8)
    return result


def pagerank(weights, damping):
    n = len(weights)
    sums = weights.sum(axis=1, keepdims=True)
    walk = np.where(sums > 0, weights / np.where(sums > 0, sums, 1), 1 / n)
    x = np.linalg.solve(np.eye(n) - damping * walk.T, np.full(n, (1 - damping) / n))
    return x / x.sum()


def path_metrics(length, ties):
    n = len(length)
    graph = digraph(length)
    values = nx.closeness_centrality(graph, distance="weight", wf_improved=True)
    closeness = [values[v] for v in range(n)]
    values = nx.harmonic_centrality(graph, distance="weight")
    harmonic = [values[v] / max(n - 1, 1) for v in range(n)]
    if ties:
        # networkx compares path lengths exactly; igraph allows for rounding.
        edges = list(graph.edges(data="weight"))
        twin = igraph.Graph(n=n, edges=[(u, v) for u, v, _ in edges], directed=True)
        scale = 2.0 ** 30  # igraph adds 1 to every length before it compares
        raw = twin.betweenness(directed=True, weights=[scale * w for _, _, w in edges])
        betweenness = [b / ((n - 1) * (n - 2)) if n > 2 else 0.0 for b in raw]
    else:
        values = nx.betweenness_centrality(graph, weight="weight", normalized=True)
        betweenness = [values[v] if n > 2 else 0.0 for v in range(n)]
    return {"betweenness": betweenness, "closeness": closeness, "harmonic": harmonic}


def limit(matrix):
    """Ones times a high power of the matrix, by repeated squaring."""
    power = matrix.astype(np.longdouble)
    for _ in range(45):
        power = power @ power
        power /= power.max()
    sums = power.sum(axis=0)
    return (sums / sums.max()).astype(float)


def check_graph(tally, what, weights, got, damping):
    n = len(weights)
    tally.check(f"{what} in_degree", got["in_degree"], (weights > 0).sum(axis=0))
    tally.check(f"{what} out_degree", got["out_degree"], (weights > 0).sum(axis=1))
    tally.check(f"{what} in_strength", got["in_strength"], weights.sum(axis=0))
    tally.check(f"{what} out_strength", got["out_strength"], weights.sum(axis=1))
    tally.check(f"{what} pagerank", got["pagerank"], pagerank(weights, damping))
    graph = digraph(weights)
    walk = nx.pagerank(graph, alpha=damping, tol=1e-15, max_iter=100000)
    tally.check(f"{what} pagerank (networkx)", got["pagerank"], [walk[v] for v in range(n)])
    loopless = graph.copy()
    loopless.remove_edges_from(list(nx.selfloop_edges(graph)))
    cores = nx.core_number(loopless)
    tally.check(f"{what} core", got["core"], [cores[v] for v in range(n)])


def check_spectrum(tally, what, weights, got):
    if np.all(weights > 0) and len(weights) > 2:
        vector = nx.eigenvector_centrality_numpy(digraph(weights), weight="weight")
        x = np.array([vector[v] for v in range(len(weights))])
        tally.check(f"{what} eigenvector (networkx)", got["eigenvector"], x / x.max())
    if np.all(weights > 0):
        tally.check(f"{what} eigenvector", got["eigenvector"],
                    limit(weights + np.eye(len(weights))))
        exact = weights.astype(np.longdouble)
        tally.check(f"{what} hub", got["hub"], limit(exact @ exact.T))
        tally.check(f"{what} authority", got["authority"], limit(exact.T @ exact))
        return
    if not np.any(np.diag(weights)) and nx.is_directed_acyclic_graph(digraph(weights)):
        tally.check(f"{what} eigenvector", got["eigenvector"], np.zeros(len(weights)))
    x = np.array(got["eigenvector"])
    if x.max() > 0:
        value = (x @ weights).max()
        tally.check(f"{what} eigenvector equation", x @ weights / value, x)
    hub = np.array(got["hub"])
    if hub.max() > 0:
        image = weights @ (weights.T @ hub)
        tally.check(f"{what} hub equation", image / image.max(), hub)
        authority = weights.T @ hub
        value = np.linalg.norm(authority) / np.linalg.norm(hub)
        tally.check(f"{what} largest singular value", value, np.linalg.norm(weights, 2))


def strength_z(weights, causal):
    """Of a matrix whose rows keep what they may see, in any order."""
    n = len(weights)
    seen = np.flatnonzero(weights.any(axis=0))
    mean, variance = np.zeros(n), np.zeros(n)
    for q, row in enumerate(weights):
        visible = q + 1 if causal else (seen[-1] + 1 if len(seen) else 0)
        if visible:
            mean[:visible] += row[:visible].mean()
            variance[:visible] += row[:visible].var()
    z = np.zeros(n)
    spread = variance > 1e-24
    z[spread] = (weights.sum(axis=0) - mean)[spread] / np.sqrt(variance[spread])
    return z


def addition_cases(tally, program, folder):
    """z and personalised PageRank."""
    random = np.random.default_rng(11)
    for turn in range(60):
        n = int(random.integers(1, 25))
        kind = ("dense", "causal", "sparse", "masked")[turn % 4]
        weights = random_matrix(random, n, kind).astype(float)
        path = pathlib.Path(folder) / f"addition_{turn}.npy"
        np.save(path, weights[None, None])
        causal = kind == "causal"
        restart = sorted({int(v) for v in random.integers(0, n, 2)})
        got = centralities(program, path, "--metric", "z,pagerank", "--causal",
                           "yes" if causal else "no", "--restart", ",".join(map(str, restart)))[0, 0]
        tally.check(f"z {turn}", got["z"], strength_z(weights, causal))
        walk = nx.pagerank(digraph(weights), alpha=0.85, tol=1e-15, max_iter=100000,
                           personalization={v: 1 for v in restart})
        # networkx stops short of 0 where nothing arrives.
        there = [np.where(np.asarray(x) < 1e-11, 0, x)
                 for x in (got["pagerank"], [walk[v] for v in range(n)])]
        tally.check(f"restart {turn}", *there)
    for turn in range(30):
        n = int(random.integers(2, 20))
        signed = np.tril(random.normal(size=(n, n)), -1) * (random.random((n, n)) < 0.5)
        outputs = np.where(random.random(n) < 0.3, random.random(n), 0)
        outputs[-1] = 0.5
        names = [f"n{v}" for v in range(n)]
        path = pathlib.Path(folder) / f"attribution_{turn}.json"
        path.write_text(json.dumps({
            "metadata": {}, "qParams": {},
            "nodes": [{"node_id": names[v], "feature_type": "logit", "token_prob": outputs[v]}
                      for v in range(n)],
            "links": [{"source": names[s], "target": names[t], "weight": signed[t, s]}
                      for t, s in zip(*np.nonzero(signed))] or
                     [{"source": names[0], "target": names[1], "weight": 0}]}))
        into = np.abs(signed)
        into = into / np.maximum(into.sum(axis=1, keepdims=True), 1e-10)
        term, influence = outputs @ into, np.zeros(n)
        while term.any():
            influence, term = influence + term, term @ into
        got = centralities(program, path, "--metric", "influence")[0, 0]
        tally.check(f"influence {turn}", got["influence"], influence)


def golden_cases(tally, program, data):
    """Numbers that another program has found."""
    def got(path, *options):
        return next(iter(centralities(program, data / path, *options).values()))
    deck = "deck/05-10-deck-graph/attention.npy"
    z = got(deck, "--metric", "z")["z"]
    tally.check("deck z", z, [.23570226039551587, 0, -.23570226039551587])
    rank = got(deck, "--metric", "pagerank", "--restart", "0")["pagerank"]
    tally.check("deck from 0", np.round(rank, 12), [.568954854669, .257575757576, .173469387755])
    rank = got(deck, "--metric", "pagerank", "--restart", "2")["pagerank"]
    tally.check("deck from 2", np.round(rank, 12), [.26283240569, .257575757576, .479591836735])
    cats = got("minilm/cats/attention.npy", "--layer", "2", "--head", "5", "--metric", "z")["z"]
    tally.check("cats z", np.round(cats[:3], 10), np.round([14.2501920080, -.797763805646, .194810099536], 10))
    gpt = got("small/gpt/attention.npy", "--layer", "1", "--head", "0", "--metric", "z")["z"]
    tally.check("gpt z", np.round([gpt[0], gpt[44]], 10), np.round([-2.81953642963, 9.13322747481], 10))


def random_matrix(random, n, kind):
    scores = random.normal(size=(n, n)) * random.uniform(0.5, 4)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    if kind == "causal":
        weights = np.tril(weights)
    if kind == "sparse":
        weights *= random.random((n, n)) < random.uniform(0.1, 0.7)
    if kind == "masked":
        weights[random.random(n) < 0.2] = 0
    sums = weights.sum(axis=1, keepdims=True)
    weights = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    if kind == "single":
        weights = weights.astype(np.float32)
    if kind == "rounded":
        weights = np.round(weights * 8) / 8
    return weights


KINDS = ("dense", "causal", "sparse", "masked", "single", "rounded")


def compare(tally, program, path, stack, kinds, turn):
    """All metrics of a stack {(layer, head): weights}; directions, dampings and distances turn."""
    direction = ("attends", "informs")[turn % 2]
    damping = (0.85, 0.85, 0.5, 0.95)[turn % 4]
    simple = ",".join(m for m in METRICS if m not in PATH_METRICS)
    got = centralities(program, path, "--metric", simple, "--direction", direction, "--damping",
                       str(damping))
    for place, weights in stack.items():
        there = oriented(weights, direction)
        what = f"{path} {place} {kinds.get(place, '')} {direction}"
        check_graph(tally, what, there, got[place], damping)
        check_spectrum(tally, what, there, got[place])
    for offset, distance in enumerate(DISTANCES):
        direction = ("attends", "informs")[(turn + offset) % 2]
        asked = ("--metric", ",".join(PATH_METRICS), "--direction", direction, "--distance",
                 distance)
        got = centralities(program, path, *asked)
        by_igraph = centralities(program, path, *asked, "--engine", "igraph")
        for place, weights in stack.items():
            expected = path_metrics(lengths(oriented(weights, direction), distance),
                                    kinds.get(place) == "rounded")
            for metric in PATH_METRICS:
                what = f"{path} {place} {kinds.get(place, '')} {direction} {distance} {metric}"
                tally.check(what, got[place][metric], expected[metric])
                tally.check(f"{what} (igraph)", by_igraph[place][metric], expected[metric])


def random_cases(tally, program, folder):
    random = np.random.default_rng(2024)
    sizes = list(range(1, 31)) + [32, 36, 40, 44, 48, 52, 56, 58, 59, 60]
    for turn, n in enumerate(sizes):
        kinds = [kind for kind in KINDS if n <= 32 or kind not in ("single", "masked")]
        matrices = [random_matrix(random, n, kind) for kind in kinds]
        path = pathlib.Path(folder) / f"random_{n}.npy"
        np.save(path, np.stack([m.astype(np.float64) for m in matrices]))
        stack = {(0, h): m.astype(np.float64) for h, m in enumerate(matrices)}
        compare(tally, program, path, stack, {(0, h): k for h, k in enumerate(kinds)}, turn)


def real_cases(tally, program, data, folder):
    for turn, path in enumerate(sorted(data.glob("**/attention.npy"))):
        array = np.load(path)
        array = array.reshape((1,) * (4 - array.ndim) + array.shape)
        if array.shape[-1] > 64 or array.shape[-1] != array.shape[-2]:
            continue
        every = 1 if array.shape[-1] <= 20 else 5
        heads = array.reshape(-1, *array.shape[2:])[::every]
        some = pathlib.Path(folder) / f"real_{turn}.npy"
        np.save(some, heads)
        stack = {(0, h): m.astype(np.float64) for h, m in enumerate(heads)}
        compare(tally, program, some, stack, {}, turn)
        expected = path.parent / "expected.json"
        if expected.exists():
            known_values(tally, program, path, json.loads(expected.read_text()))


def known_values(tally, program, path, expected):
    for place, by_distance in expected.get("centrality", {}).items():
        layer, head = map(int, place.split(","))
        for distance, metrics in by_distance.items():
            names = [m for m in metrics if m in METRICS]
            got = centralities(program, path, "--layer", str(layer), "--head", str(head),
                               "--metric", ",".join(names), "--distance", distance)
            for metric in names:
                tally.check(f"{path} {place} {distance} {metric} (known)",
                            got[layer, head][metric], metrics[metric])


def main():
    program = sys.argv[1]
    data = pathlib.Path(sys.argv[2] if len(sys.argv) > 2
                        else pathlib.Path(__file__).parents[2] / "data")
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        random_cases(tally, program, folder)
        real_cases(tally, program, data, folder)
        addition_cases(tally, program, folder)
        golden_cases(tally, program, data)
    print(f"networkx_centrality: {tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()

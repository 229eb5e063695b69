"""Compares `attngraph maxflow` with networkx: values of all pairs, minimum cuts nearest the sink,
and flows that are flows.

usage: networkx_maxflow.py PROGRAM [DATA_FOLDER]
"""

import csv
import io
import pathlib
import subprocess
import sys
import tempfile

import networkx as nx
import numpy as np

TOLERANCE = 1e-9
# The default of networkx, preflow-push, fails on some capacities that are not whole numbers.
AUGMENT = nx.algorithms.flow.shortest_augmenting_path


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, what, right):
        self.passed += bool(right)
        self.failed += not right
        if not right and self.failed <= 20:
            print(f"differs: {what}", file=sys.stderr)


def near(a, b):
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1e-6)


def rows(program, path, *options):
    run = subprocess.run([program, "maxflow", str(path), "--csv", "-q", "--normalize", "none",
                          *options], capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"{path} {options}: status {run.returncode}\n{run.stderr}")
    return list(csv.DictReader(io.StringIO(run.stdout)))


def digraph(weights):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(weights)))
    for u, v in zip(*np.nonzero(weights)):
        if u != v:
            graph.add_edge(int(u), int(v), capacity=float(weights[u, v]))
    return graph


def nearest_cut(graph, source, sink):
    """Edges of the minimum cut whose sink side is smallest: what still reaches the sink."""
    residual = AUGMENT(graph, source, sink)
    rest = 1e-12 * max(residual.graph["flow_value"], 1e-300)
    side, stack = {sink}, [sink]
    while stack:
        v = stack.pop()
        for u in residual.predecessors(v):
            arc = residual[u][v]
            if u not in side and arc["capacity"] - arc["flow"] > rest:
                side.add(u)
                stack.append(u)
    return {(u, v) for u, v in graph.edges if u not in side and v in side}


def check_pair(tally, program, path, head, weights, source, sink, direction):
    what = f"{path} head {head} {source} -> {sink} {direction}"
    graph = digraph(weights if direction == "attends" else weights.T)
    expected = nx.maximum_flow_value(graph, source, sink, flow_func=AUGMENT)
    ends = ("--head", str(head), "--source", str(source), "--sink", str(sink), "--direction",
            direction)
    value = float(rows(program, path, *ends)[0]["flow"])
    tally.check(f"{what}: {value}, expected {expected}", near(value, expected))
    cut = rows(program, path, *ends, "--cut")
    # Weights print as the shortest text of their own type.
    capacity = sum(float(weights.dtype.type(row["capacity"])) for row in cut)
    tally.check(f"{what}: capacity of the cut", near(capacity, value))
    edges = {(int(r["cut_from"]), int(r["cut_to"])) for r in cut}
    wanted = nearest_cut(graph, source, sink)
    tally.check(f"{what}: cut {edges}, expected {wanted}", edges == wanted)
    net = np.zeros(len(weights))
    within = True
    for row in rows(program, path, *ends, "--edge-flows"):
        u, v, flow = int(row["from"]), int(row["to"]), float(row["flow"])
        net[u] += flow
        net[v] -= flow
        within = within and 0 < flow <= graph[u][v]["capacity"] * (1 + 1e-7)
    balance = np.zeros(len(weights))
    balance[source], balance[sink] = value, -value
    tally.check(f"{what}: capacities", within)
    tally.check(f"{what}: conservation", np.allclose(net, balance, rtol=0, atol=1e-12))


def check_all_pairs(tally, program, path, head, weights, direction):
    graph = digraph(weights if direction == "attends" else weights.T)
    got = rows(program, path, "--head", str(head), "--all-pairs", "--direction", direction)
    n = len(weights)
    tally.check(f"{path} head {head}: rows", len(got) == n * (n - 1))
    for row in got:
        expected = nx.maximum_flow_value(graph, int(row["source"]), int(row["sink"]),
                                         flow_func=AUGMENT)
        tally.check(f"{path} head {head} {direction} {row}, expected {expected}",
                    near(float(row["flow"]), expected))


def random_matrix(random, n, kind):
    scores = random.normal(size=(n, n)) * random.uniform(0.5, 4)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    if kind == "causal":
        weights = np.tril(weights)
    if kind == "sparse":
        weights *= random.random((n, n)) < random.uniform(0.1, 0.7)
    sums = weights.sum(axis=1, keepdims=True)
    weights = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    return np.round(weights * 16) / 16 if kind == "rounded" else weights


def random_cases(tally, program, folder):
    random = np.random.default_rng(7)
    kinds = ("dense", "causal", "sparse", "rounded")
    for turn in range(60):
        n = 2 + turn
        path = pathlib.Path(folder) / f"random_{n}.npy"
        stack = np.stack([random_matrix(random, n, kind) for kind in kinds])
        np.save(path, stack)
        direction = ("attends", "informs")[turn % 2]
        for head, weights in enumerate(stack):
            source, sink = map(int, random.choice(n, 2, replace=False))
            check_pair(tally, program, path, head, weights, source, sink, direction)
            if n <= 9:
                check_all_pairs(tally, program, path, head, weights, direction)


def real_cases(tally, program, data, folder):
    random = np.random.default_rng(8)
    for turn, path in enumerate(sorted(data.glob("**/attention.npy"))):
        array = np.load(path)
        if array.shape[-1] > 64 or array.shape[-1] != array.shape[-2]:
            continue
        heads = array.reshape(-1, *array.shape[-2:])
        heads = heads[:: max(1, len(heads) // 8)]
        some = pathlib.Path(folder) / f"real_{turn}.npy"
        np.save(some, heads)
        for head, weights in enumerate(heads):
            source, sink = map(int, random.choice(len(weights), 2, replace=False))
            check_pair(tally, program, some, head, weights, source, sink, "attends")
            if len(weights) <= 8 and head < 2:
                check_all_pairs(tally, program, some, head, weights, "attends")


def main():
    program = sys.argv[1]
    data = pathlib.Path(sys.argv[2] if len(sys.argv) > 2
                        else pathlib.Path(__file__).parents[2] / "data")
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        random_cases(tally, program, folder)
        real_cases(tally, program, data, folder)
    print(f"networkx_maxflow: {tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()

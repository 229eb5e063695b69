"""Compares `attngraph flow` with igraph and networkx on the layered graph, edge by edge.

usage: flow_oracle.py PROGRAM
"""

import igraph
import networkx as nx
import numpy as np

from against import (DATA, EXPECTED_FOLDERS, Oracle, expected, numbers, random_stack,
                     transitions)


def edges_of(layers):
    n = layers.shape[-1]
    for level, layer in enumerate(layers, 1):
        for q, k in zip(*np.nonzero(layer)):
            yield level * n + int(q), (level - 1) * n + int(k), float(layer[q, k])


def igraph_flows(layers):
    n, depth = layers.shape[-1], len(layers)
    edges = list(edges_of(layers))
    graph = igraph.Graph(n * (depth + 1), [e[:2] for e in edges], directed=True)
    capacities = [e[2] for e in edges]
    return np.array([[graph.maxflow_value(depth * n + o, i, capacities) if edges else 0.0
                      for i in range(n)] for o in range(n)])


def networkx_flow(layers, output, number):
    n, depth = layers.shape[-1], len(layers)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n * (depth + 1)))
    for a, b, capacity in edges_of(layers):
        graph.add_edge(a, b, capacity=capacity)
    return nx.maximum_flow_value(graph, depth * n + output, number,
                                 flow_func=nx.algorithms.flow.shortest_augmenting_path)


def bounds(layers):
    n = layers.shape[-1]
    table = np.zeros((n, n))
    for o in range(n):
        reached = np.zeros(n, bool)
        reached[o] = True
        for layer in layers[:0:-1]:
            reached = (layer[reached] > 0).any(axis=0)
        table[o] = np.minimum(layers[-1][o].sum(), layers[0][reached].sum(axis=0))
    return table


def nearest_cut(layers, output, target):
    """Edges into the nodes that still reach the input: networkx's residual network, backwards."""
    n, depth = layers.shape[-1], len(layers)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n * (depth + 1)))
    for a, b, capacity in edges_of(layers):
        graph.add_edge(a, b, capacity=capacity)
    residual = nx.algorithms.flow.shortest_augmenting_path(graph, depth * n + output, target)
    rest = 1e-12 * max(residual.graph["flow_value"], 1e-300)
    side, open_nodes = {target}, [target]
    while open_nodes:
        v = open_nodes.pop()
        for u in residual.predecessors(v):
            edge = residual[u][v]
            if u not in side and edge["capacity"] - edge["flow"] > rest:
                side.add(u)
                open_nodes.append(u)
    # Only what the output reaches can carry flow.
    reached = nx.descendants(graph, depth * n + output) | {depth * n + output}
    return sorted((b // n, a % n, b % n) for a, b, _ in edges_of(layers)
                  if a not in side and b in side and a in reached)


def compare(oracle, what, path, layers, options=()):
    n = layers.shape[-1]
    rows = oracle.rows("flow", path, *options)
    flow = numbers(rows, "flow").reshape(n, n)
    bound = numbers(rows, "bound").reshape(n, n)
    oracle.near(f"{what} flow", flow, igraph_flows(layers))
    oracle.near(f"{what} bound", bound, bounds(layers))
    oracle.check(f"{what}: flow <= bound", (flow <= bound + 1e-15).all())
    saturated = numbers(rows, "saturated").reshape(n, n)
    oracle.check(f"{what} saturated", ((bound - flow < 1e-9) == (saturated == 1)).all())
    reference = numbers(oracle.rows("flow", path, *options, "--engine", "igraph"), "flow")
    oracle.near(f"{what} engines", flow.ravel(), reference)
    sums = flow.sum(axis=1, keepdims=True)
    relative = np.divide(flow, sums, out=np.zeros_like(flow), where=sums > 0)
    oracle.near(f"{what} relative",
                numbers(oracle.rows("flow", path, *options, "--relative"), "flow"),
                relative.ravel())
    return flow


def random_cases(oracle):
    random = np.random.default_rng(5)
    for case in range(40):
        layers, heads, n = int(random.integers(1, 6)), int(random.integers(1, 3)), \
            int(random.integers(1, 8))
        causal = case % 2 == 0
        stack = random_stack(random, layers, heads, n, causal=causal,
                             zeros=0.4 if case % 3 == 0 else 0,
                             masked_rows=0.1 if case % 5 == 0 else 0)
        residual = [0.5, "none", 0.2, "add", "raw"][case % 5]
        path = oracle.file(stack)
        options = ["--axes", "layer,head,query,key", "--residual", residual]
        truth = transitions(stack, residual)
        flow = compare(oracle, f"random {case}", path, truth, options)
        output, target = (int(x) for x in random.integers(0, n, 2))
        oracle.near(f"networkx {case}", flow[output, target],
                    networkx_flow(truth, output, target))
        cut = oracle.rows("flow", path, *options, "--cut", "--target", output, "--from", target)
        oracle.near(f"cut {case}", numbers(cut, "capacity").sum(), flow[output, target])
        found = sorted((int(r["layer"]), int(r["from"]), int(r["to"])) for r in cut)
        oracle.check(f"nearest cut {case}", found == nearest_cut(truth, output, target))
        if causal:
            uniform = np.tril(np.ones((n, n))) / np.arange(1, n + 1)[:, None]
            null = igraph_flows(transitions(np.tile(uniform, (layers, 1, 1, 1)), residual))
            ratio = np.divide(flow, null, out=np.zeros_like(flow), where=null > 0)
            over = numbers(oracle.rows("flow", path, *options, "--causal-null"), "flow")
            oracle.near(f"causal null {case}", over, ratio.ravel())


def known_cases(oracle):
    for folder in EXPECTED_FOLDERS:
        for name, options in (("flow", []), ("flow_2_layers", ["--end-layer", 1])):
            truth = expected(folder)[name]
            rows = oracle.rows("flow", DATA / folder / "attention.npy", *options)
            for column, key in (("flow", "value"), ("bound", "bound")):
                found = {(int(r["output"]), int(r["input"])): float(r[column]) for r in rows}
                got = [[found[o, i] for i in truth["inputs"]] for o in truth["outputs"]]
                oracle.near(f"{folder} {name} {column}", got, truth[key], 1e-5)
    deck = DATA / "deck/10-11-layered-flow"
    if deck.exists():
        rows = oracle.rows("flow", deck / "attention.npy", "--axes", "layer,query,key")
        oracle.near("deck flow", numbers(rows, "flow"), np.load(deck / "flow.npy").ravel())
        oracle.near("deck bound", numbers(rows, "bound"), np.load(deck / "bound.npy").ravel())


if __name__ == "__main__":
    oracle = Oracle("flow")
    random_cases(oracle)
    known_cases(oracle)
    oracle.finish()

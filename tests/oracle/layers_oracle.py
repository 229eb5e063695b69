"""Compares `attngraph layers` with the transitions of random stacks by NumPy, and its routes with
those that `attngraph paths` gives; its GraphML is read by networkx.

usage: layers_oracle.py PROGRAM
"""

import subprocess

import networkx as nx
import numpy as np

from against import Oracle, numbers, random_stack, transitions


def edges_of(rows):
    return [(int(r["layer"]), int(r["source"]), int(r["target"])) for r in rows]


def largest(layer, k):
    """Places of the k largest weights of each row, ties by lower key."""
    chosen = set()
    for q, row in enumerate(layer):
        order = sorted((key for key in range(len(row)) if row[key] > 0), key=lambda key: (-row[key], key))
        chosen.update((q, key) for key in order[:k])
    return chosen


def route_edges(oracle, path, first, last, count, depth, *options):
    """The first route that takes each edge, from the rows of `paths`."""
    taken = {}
    for row in oracle.rows("paths", path, "--from", first, "--to", last, "--count", count, *options):
        tokens = [int(token) for token in row["route"].split(" > ")]
        for step, edge in enumerate(zip(tokens, tokens[1:])):
            taken.setdefault((depth - 1 - step, *edge), int(row["rank"]))
    return taken


def random_cases(oracle):
    random = np.random.default_rng(11)
    for case in range(40):
        n, depth = int(random.integers(1, 9)), int(random.integers(1, 5))
        stack = random_stack(random, depth, 2, n, causal=case % 2 == 0,
                             zeros=0.4 if case % 3 == 0 else 0)
        residual = [0.5, "none", 0.9, "add"][case % 4]
        layers = transitions(stack, residual)
        path, options = oracle.file(stack), ["--residual", residual, "--axes", "layer,head,query,key"]
        rows = oracle.rows("layers", path, *options)
        truth = [(l, q, k) for l in range(depth) for q in range(n) for k in range(n)
                 if layers[l][q, k] > 0]
        oracle.check(f"{case} edges", edges_of(rows) == truth)
        oracle.near(f"{case} weights", numbers(rows, "weight"), [layers[e] for e in truth], 1e-12)

        k, first, last = (int(x) for x in (random.integers(1, 4), *random.integers(0, n, 2)))
        count = int(random.integers(1, 5))
        some = oracle.rows("layers", path, *options, "--top-k", k, "--from", first, "--to", last,
                           "--count", count)
        taken = route_edges(oracle, path, first, last, count, depth, *options)
        wanted = {(l, *place) for l in range(depth) for place in largest(layers[l], k)} | set(taken)
        oracle.check(f"{case} chosen", edges_of(some) == sorted(wanted))
        oracle.check(f"{case} routes",
                     [int(r["route"]) for r in some] == [taken.get(e, 0) for e in edges_of(some)])
        graphml(oracle, case, path, options, layers)


def graphml(oracle, case, path, options, layers):
    text = subprocess.run([oracle.program, "layers", path, *map(str, options), "-q", "--format", "graphml"],
                          capture_output=True, text=True, check=True).stdout
    graph = nx.parse_graphml(text, node_type=lambda name: int(name[1:]), force_multigraph=True)
    n = layers.shape[-1]
    found = sorted((data["layer"], u - (data["layer"] + 1) * n, v - data["layer"] * n, data["weight"])
                   for u, v, data in graph.edges(data=True))
    truth = [(l, q, k, layers[l][q, k]) for l in range(len(layers)) for q in range(n)
             for k in range(n) if layers[l][q, k] > 0]
    oracle.check(f"{case} GraphML edges", [e[:3] for e in found] == [e[:3] for e in truth])
    oracle.near(f"{case} GraphML weights", [e[3] for e in found], [e[3] for e in truth], 1e-12)


if __name__ == "__main__":
    oracle = Oracle("layers")
    random_cases(oracle)
    oracle.finish()

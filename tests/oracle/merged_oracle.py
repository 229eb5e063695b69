"""Answers through layers, merged: rollout and flow of groups of tokens against NumPy and networkx.

usage: merged_oracle.py PROGRAM
"""

import json
import pathlib

import networkx as nx
import numpy as np

from against import Oracle, numbers, random_stack, transitions


def averaging(groups, tokens):
    """N [group, token] with 1/size, M [group, token] with 1."""
    sums = np.array([[float(t in group) for t in range(tokens)] for group in groups])
    return sums / sums.sum(axis=1, keepdims=True), sums


def flow_to_group(layers, output, group):
    """Maximum flow from an output to all tokens of a group at once."""
    graph = nx.DiGraph()
    for level, layer in enumerate(layers):
        for (query, key), capacity in np.ndenumerate(layer):
            if capacity > 0:
                graph.add_edge((level + 1, query), (level, key), capacity=capacity)
    for token in group:
        graph.add_edge((0, token), "sink")  # no capacity is no bound
    source = (len(layers), output)
    return nx.maximum_flow_value(graph, source, "sink")


def random_case(oracle, random, number):
    tokens = int(random.integers(3, 9))
    stack = random_stack(random, int(random.integers(1, 4)), 2, tokens, causal=number % 3 == 0,
                         zeros=0.2)
    begin = [oracle.file(stack, "stack.npy"), "--axes", "layer,head,query,key"]
    layers = transitions(stack, 0.5)
    product = np.linalg.multi_dot([*layers[::-1], np.eye(tokens)])

    first = int(random.integers(1, tokens))
    last = int(random.integers(first, tokens))
    groups = [list(range(0, first)), list(range(first, last + 1))]
    rest = list(range(last + 1, tokens))
    segments = f"a:0-{first - 1},b:{first}-{last}"
    groups += [rest] if rest else []
    mean, total = averaging(groups, tokens)
    merged = [*begin, "--segments", segments]
    wanted = mean @ product @ total.T
    oracle.near(f"{number} rollout", numbers(oracle.rows("rollout", *merged), "rollout"),
                wanted.ravel())
    oracle.near(f"{number} target", numbers(oracle.rows("rollout", *merged, "--target", "b"),
                                            "rollout"), wanted[1])
    oracle.near(f"{number} mean", numbers(oracle.rows("rollout", *merged, "--target", "mean"),
                                          "rollout"), wanted.mean(axis=0))
    flows = np.array([[flow_to_group(layers, output, group) for group in groups]
                      for output in range(tokens)])
    for engine in ("own", "igraph"):
        oracle.near(f"{number} flow {engine}",
                    numbers(oracle.rows("flow", *merged, "--engine", engine), "flow"),
                    (mean @ flows).ravel(), 1e-7)
    routes = oracle.rows("paths", *merged, "--from", "a", "--to", "b", "--count", 100000)
    oracle.near(f"{number} routes", numbers(routes, "probability").sum(), wanted[1, 0], 1e-7)

    special = sorted(random.choice(tokens, int(random.integers(1, tokens - 1)), replace=False))
    labels = pathlib.Path(oracle.folder.name) / "tokens.json"
    labels.write_text(json.dumps(["[CLS]" if t in special else f"t{t}" for t in range(tokens)]))
    kept = [t for t in range(tokens) if t not in special]
    left = [*begin, "--tokens", labels, "--drop-special"]
    oracle.near(f"{number} left out", numbers(oracle.rows("rollout", *left), "rollout"),
                product[np.ix_(kept, kept)].ravel())
    divided = product[np.ix_(kept, kept)]
    divided /= divided.sum(axis=1, keepdims=True)
    oracle.near(f"{number} divided",
                numbers(oracle.rows("rollout", *left, "--renormalize"), "rollout"),
                divided.ravel())

    head = stack[0, 0]
    sums = head[np.ix_(kept, kept)].sum(axis=1, keepdims=True)
    matrix = np.divide(head[np.ix_(kept, kept)], sums, out=np.zeros((len(kept),) * 2),
                       where=sums > 0)
    strengths = oracle.rows("centrality", *left, "--layer", 0, "--head", 0, "--metric",
                            "in_strength")
    oracle.near(f"{number} divided first", numbers(strengths, "in_strength"), matrix.sum(axis=0))


if __name__ == "__main__":
    oracle = Oracle("merged")
    generator = np.random.default_rng(5)
    for number in range(30):
        random_case(oracle, generator, number)
    oracle.finish()

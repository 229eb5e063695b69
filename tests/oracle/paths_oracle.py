"""Compares `attngraph paths` with every route of small stacks, and with the deck's.

usage: paths_oracle.py PROGRAM
"""

import itertools

import numpy as np

from against import DATA, Oracle, expected, numbers, random_stack, transitions


def all_routes(layers, first, last):
    n = layers.shape[-1]
    routes = []
    for middle in itertools.product(range(n), repeat=len(layers) - 1):
        tokens = (last, *middle, first)
        probability = 1.0
        for level, layer in enumerate(reversed(layers)):
            probability *= layer[tokens[level], tokens[level + 1]]
        if probability > 0:
            routes.append((probability, tokens))
    return sorted(routes, key=lambda route: (-route[0], route[1]))


def tokens_of(row):
    return tuple(int(token) for token in row["route"].split(" > "))


def random_cases(oracle):
    random = np.random.default_rng(6)
    for case in range(80):
        n, depth = int(random.integers(1, 6)), int(random.integers(1, 5))
        stack = random_stack(random, depth, 2, n, causal=case % 2 == 0,
                             zeros=0.4 if case % 3 == 0 else 0)
        residual = [0.5, "none", 0.9, "add"][case % 4]
        layers = transitions(stack, residual)
        first, last = (int(x) for x in random.integers(0, n, 2))
        count = int(random.integers(1, 30))
        rows = oracle.rows("paths", oracle.file(stack), "--from", first, "--to", last, "--count",
                           count, "--residual", residual, "--axes", "layer,head,query,key")
        routes = all_routes(layers, first, last)
        total = sum(probability for probability, _ in routes)
        product = np.linalg.multi_dot([np.eye(n), *layers[::-1], np.eye(n)])
        oracle.near(f"{case} total", total, product[last, first])
        best = routes[:count]
        truth = np.array([probability for probability, _ in best])
        oracle.near(f"{case} probability", numbers(rows, "probability"), truth, 1e-12, 1e-12)
        oracle.near(f"{case} share", numbers(rows, "share"), truth / total if len(truth) else [])
        oracle.near(f"{case} covered", numbers(rows, "covered"),
                    np.cumsum(truth) / total if len(truth) else [])
        oracle.check(f"{case} ranks", [int(r["rank"]) for r in rows]
                     == list(range(1, len(best) + 1)))
        by_tokens = {tokens: probability for probability, tokens in routes}
        found = [tokens_of(row) for row in rows]
        oracle.check(f"{case} routes differ", len(set(found)) == len(found))
        oracle.near(f"{case} routes", [by_tokens[tokens] for tokens in found], truth, 1e-12,
                    1e-12)


def deck(oracle):
    folder = "deck/10-11-layered-flow"
    if not (DATA / folder).exists():
        return
    for ends, routes in expected(folder)["paths from,to"].items():
        first, last = ends.split(",")
        rows = oracle.rows("paths", DATA / folder / "attention.npy", "--axes", "layer,query,key",
                           "--from", first, "--to", last, "--count", len(routes))
        oracle.near(f"deck {ends}", numbers(rows, "probability"), [p for p, _ in routes], 1e-12,
                    1e-12)
        oracle.check(f"deck {ends} routes",
                     [list(tokens_of(row)) for row in rows] == [tokens for _, tokens in routes])


if __name__ == "__main__":
    oracle = Oracle("paths")
    random_cases(oracle)
    deck(oracle)
    oracle.finish()

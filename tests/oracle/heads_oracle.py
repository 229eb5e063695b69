"""Compares `attngraph heads` with the definitions written out in NumPy.

usage: heads_oracle.py PROGRAM
"""

import json

import numpy as np

from against import DATA, EXPECTED_FOLDERS, Oracle, expected, random_stack

MEASURES = ("entropy entropy_normalized support max_weight distance self previous next first "
            "backward forward sink_token sink_mass duplicate induction gini").split()


def gini(values):
    differences = np.abs(values[:, None] - values[None, :]).sum()
    return differences / (2 * len(values) * values.sum())


def statistics(weights, causal, tokens):
    queries, keys = weights.shape
    shift = keys - queries if causal else 0
    found = {name: [] for name in MEASURES}
    seen = np.zeros((queries, keys), bool)
    for q in range(queries):
        row, here = weights[q], q + shift
        visible = here + 1 if causal else keys
        if not row.any():
            continue
        seen[q, :visible] = True
        positive = row[row > 0]
        entropy = -(positive * np.log(positive)).sum()
        found["entropy"].append(entropy)
        if visible > 1:
            found["entropy_normalized"].append(entropy / np.log(visible))
        found["support"].append(np.exp(entropy))
        found["max_weight"].append(row.max())
        found["distance"].append(sum(row[k] * abs(here - k) for k in range(keys)))
        if here < keys:
            found["self"].append(row[here])
        if 0 < here <= keys:
            found["previous"].append(row[here - 1])
        if here + 1 < keys:
            found["next"].append(row[here + 1])
        found["first"].append(row[0])
        found["backward"].append(row[:here].sum())
        found["forward"].append(row[here + 1:].sum())
        found["gini"].append(gini(row[:visible]))
        if tokens and here < keys:
            same = [j for j in range(here) if tokens[j] == tokens[here]]
            found["duplicate"].append(sum(row[j] for j in same))
            found["induction"].append(sum(row[j + 1] for j in same))
    result = {name: np.mean(values) if values else 0.0 for name, values in found.items()}
    rows = seen.any(axis=1).sum()
    best = (0.0, 0)
    for k in range(keys):
        count = seen[:, k].sum()
        if rows and count and 2 * count >= rows:
            mean = weights[:, k].sum() / count
            if mean > best[0] * (1 + 1e-14):
                best = (mean, k)
    result["sink_mass"], result["sink_token"] = best
    return result


def compare(oracle, what, path, stack, causal, tokens, options=()):
    rows = oracle.rows("heads", path, "--gini", *options)
    for row in rows:
        head = stack[int(row["layer"]), int(row["head"])]
        truth = statistics(head, causal, tokens)
        for name in MEASURES:
            if name in row:
                oracle.near(f"{what} {row['layer']},{row['head']} {name}", float(row[name]),
                            truth[name], floor=1e-4)
    oracle.check(f"{what}: rows", len(rows) == stack.shape[0] * stack.shape[1])


def random_cases(oracle):
    random = np.random.default_rng(1)
    for case in range(60):
        causal = case % 2 == 0
        queries = int(random.integers(1, 14))
        keys = queries + (int(random.integers(0, 4)) if case % 5 == 0 else 0)
        stack = random_stack(random, 2, 2, queries, keys, causal, zeros=(0.4 if case % 3 else 0),
                             masked_rows=0.2 if case % 4 == 1 else 0)
        causal_flag = ["--causal", "yes" if causal else "no"]
        tokens = [str(t) for t in random.integers(0, 4, keys)]
        words = oracle.file(np.array(tokens), "unused.npy").replace("unused.npy", "tokens.json")
        with open(words, "w") as file:
            json.dump(tokens, file)
        compare(oracle, f"random {case}", oracle.file(stack), stack, causal, tokens,
                ["--tokens", words, *causal_flag])


def softmax(scores):
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def queries_and_keys(oracle):
    random = np.random.default_rng(7)
    for case in range(12):
        heads, n, width = 2, int(random.integers(1, 20)), int(random.integers(1, 9))
        query, key = random.normal(size=(2, 2, heads, n, width))
        scores = query @ key.swapaxes(-1, -2) / np.sqrt(width)
        causal = case % 2 == 0
        if causal:
            scores[..., np.triu(np.ones((n, n), bool), 1)] = -np.inf
        rows = oracle.rows("heads", "--query", oracle.file(query, "q.npy"), "--key",
                           oracle.file(key, "k.npy"), "--gini", "--causal",
                           "yes" if causal else "no")
        weights = softmax(scores)
        oracle.check("a row for each head", len(rows) == 4)
        for row in rows:
            truth = statistics(weights[int(row["layer"]), int(row["head"])], causal, None)
            for name in set(MEASURES) & set(row):
                oracle.near(f"streamed {case} {name}", float(row[name]), truth[name], floor=1e-4)


def known_cases(oracle):
    for folder in EXPECTED_FOLDERS:
        path = DATA / folder / "attention.npy"
        options = ["--tokens", DATA / folder / "tokens.json"]
        rows = {f"{row['layer']},{row['head']}": row for row in oracle.rows("heads", path, *options)}
        for head, truth in expected(folder)["heads"].items():
            for name, value in truth.items():
                if value is not None and name in rows[head]:
                    oracle.near(f"{folder} {head} {name}", float(rows[head][name]), value, 1e-5)


if __name__ == "__main__":
    oracle = Oracle("heads")
    random_cases(oracle)
    queries_and_keys(oracle)
    known_cases(oracle)
    oracle.finish()

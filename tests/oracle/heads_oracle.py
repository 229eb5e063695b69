"""Compares `attngraph heads` with the definitions written out in NumPy.

usage: heads_oracle.py PROGRAM
"""

import json

import numpy as np
from scipy.ndimage import label

from against import DATA, EXPECTED_FOLDERS, Oracle, expected, random_stack

MEASURES = ("entropy entropy_normalized support max_weight distance self previous next first "
            "backward forward sink_token sink_mass duplicate induction gini distant copy").split()


def gini(values):
    differences = np.abs(values[:, None] - values[None, :]).sum()
    return differences / (2 * len(values) * values.sum())


def statistics(weights, causal, tokens, stack):
    """Of one head; what all heads of the stack leave unseen at the end is padding."""
    queries, keys = weights.shape
    unpadded = max(2, len(np.trim_zeros(stack.reshape(-1, keys).any(axis=0), "b")))
    shift = keys - queries if causal else 0
    found = {name: [] for name in MEASURES}
    seen = np.zeros((queries, keys), bool)
    for q in range(queries):
        row, here = weights[q], q + shift
        visible = here + 1 if causal else unpadded
        if not row.any():
            continue
        seen[q, :visible] = True
        positive = row[row > 0]
        entropy = -(positive * np.log(positive)).sum()
        found["entropy"].append(entropy)
        if visible > 1 and keys > 1:
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
        if tokens and here + 1 < keys:
            found["copy"].append(tokens[row.argmax()] == tokens[here + 1])
        found["distant"].append(sum(row[k] for k in range(4, keys)
                                    if (here - k if causal else abs(here - k)) >= 64))
    result = {name: np.mean(values) if values else np.nan for name, values in found.items()}
    rows = seen.any(axis=1).sum()
    best = (0.0 if rows else np.nan, 0)
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
        truth = statistics(head, causal, tokens, stack)
        for name in MEASURES:
            if name not in row:
                continue
            oracle.check(f"{what} {row['layer']},{row['head']} {name}: {row[name]!r}, expected {truth[name]}",
                         (row[name] == "") == bool(np.isnan(truth[name])))
            if row[name] != "":
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


def far_cases(oracle):
    """Texts that are long enough for keys to be distant."""
    random = np.random.default_rng(2)
    for causal in (False, True):
        stack = random_stack(random, 1, 2, 150, 150, causal)
        compare(oracle, f"far {causal}", oracle.file(stack), stack, causal, None,
                ["--causal", "yes" if causal else "no"])


def copied_cases(oracle):
    """Retrieval scores: copies in one part of the text out of another."""
    random = np.random.default_rng(3)
    for case in range(20):
        n = int(random.integers(3, 30))
        stack = random_stack(random, 1, 3, n, n, True) ** 3
        stack /= stack.sum(axis=-1, keepdims=True)
        tokens = [str(t) for t in random.integers(0, 3, n)]
        words = oracle.file(np.array(tokens), "unused.npy").replace("unused.npy", "tokens.json")
        with open(words, "w") as file:
            json.dump(tokens, file)
        first, last = sorted(random.integers(0, n, 2))
        begin, end = sorted(random.integers(0, n, 2))
        rows = oracle.rows("heads", oracle.file(stack), "--tokens", words, "--from",
                           f"{first}-{last}", "--to", f"{begin}-{end}")
        for row in rows:
            best = stack[0, int(row["head"])].argmax(axis=1)
            hits = sum(begin <= best[q] <= end and tokens[best[q]] == tokens[q + 1]
                       for q in range(first, min(last, n - 2) + 1))
            oracle.near(f"copied {case}", float(row["copy"]), hits / (end - begin + 1))


def grid_cases(oracle):
    random = np.random.default_rng(4)
    for case in range(30):
        height, width, prefix = (int(x) for x in random.integers(1, [6, 6, 4]))
        n = prefix + height * width
        stack = random_stack(random, 1, 2, n, n, False, masked_rows=0.2) ** 2
        stack = stack / np.maximum(stack.sum(axis=-1, keepdims=True), 1e-300)
        target = int(random.integers(n))
        rows = oracle.rows("heads", oracle.file(stack), "--grid", f"{height}x{width}", "--prefix",
                           prefix, "--target", target)
        place = np.array([(i // width, i % width) for i in range(height * width)])
        apart = np.linalg.norm(place[:, None] - place[None], axis=-1)
        for row in rows:
            weights = stack[0, int(row["head"])]
            asked = weights[prefix:].any(axis=1)
            distances = (weights[prefix:, prefix:] * apart).sum(axis=1)[asked]
            if len(distances):
                oracle.near(f"grid {case} distance", float(row["grid_distance"]), distances.mean())
            if not weights[target].any():
                oracle.check(f"grid {case} masked target", row["spatial_entropy"] == "")
                continue
            patches = weights[target, prefix:].reshape(height, width)
            above = np.maximum(patches - patches.mean(), 0)
            above[above < 1e-12 * patches.mean()] = 0
            pieces, count = label(above > 0, np.ones((3, 3)))
            shares = np.array([above[pieces == i + 1].sum() for i in range(count)])
            shares = shares / shares.sum() if count else shares
            oracle.near(f"grid {case} entropy", float(row["spatial_entropy"]),
                        -(shares * np.log(shares)).sum(), floor=1e-4)


def offset_cases(oracle):
    random = np.random.default_rng(5)
    for case in range(30):
        causal = case % 2 == 0
        queries = int(random.integers(1, 12))
        keys = queries + (int(random.integers(0, 4)) if causal else 0)
        stack = random_stack(random, 1, 2, queries, keys, causal, masked_rows=0.2)
        rows = oracle.rows("heads", oracle.file(stack), "--offsets", "--causal",
                           "yes" if causal else "no")
        shift = keys - queries if causal else 0
        for row in rows:
            weights, offset = stack[0, int(row["head"])], int(row["offset"])
            masses = [weights[q, q + shift + offset] for q in range(queries)
                      if weights[q].any() and 0 <= q + shift + offset < keys]
            if masses:
                oracle.near(f"offset {case}", float(row["mass"]), np.mean(masses), floor=1e-4)
            else:
                oracle.check(f"offset {case} without rows", row["mass"] == "")
        last = 0 if causal else keys - 1
        oracle.check(f"offsets {case}", [int(row["offset"]) for row in rows] ==
                     2 * list(range(-(queries - 1 + shift), last + 1)))


def golden_cases(oracle):
    """Numbers that another program has found."""
    gpt = DATA / "small/gpt"
    rows = oracle.rows("heads", gpt / "attention.npy", "--tokens", gpt / "tokens.json",
                       "--layer", 1)
    for row, truth in zip(rows, [6 / 47, 1 / 47, 1 / 47, 2 / 47]):
        oracle.near("copy of gpt", float(row["copy"]), truth, 1e-6)
    rows = oracle.rows("heads", DATA / "small/digits/attention.npy", "--layer", 0, "--grid", "4x4",
                       "--prefix", 1, "--target", 0)
    for row, truth in zip(rows, [1.885641674362, 1.90267386712, 1.763721750904]):
        oracle.near("grid distance of digits", float(row["grid_distance"]), truth, 1e-6)
    oracle.near("spatial entropy of digits", float(rows[1]["spatial_entropy"]), .529259560484, 1e-6)


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
            truth = statistics(weights[int(row["layer"]), int(row["head"])], causal, None, weights)
            for name in set(MEASURES) & set(row):
                oracle.check(f"streamed {case} {name}", (row[name] == "") == bool(np.isnan(truth[name])))
                if row[name] == "":
                    continue
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
    far_cases(oracle)
    copied_cases(oracle)
    grid_cases(oracle)
    offset_cases(oracle)
    golden_cases(oracle)
    oracle.finish()

"""sparsify against NumPy and SciPy: every criterion, alone and together, and what is lost."""

import math

import numpy as np
from scipy.sparse.csgraph import minimum_spanning_tree

from oracle_cases import Oracle, known_results, rows

oracle = Oracle("sparsify")
random = np.random.default_rng(20240609)


def falling(values):
    """Indices of non-zero values, largest first, ties by index."""
    entries = np.flatnonzero(values)
    return entries[np.argsort(-values[entries], kind="stable")]


def kept_by(weights, options, causal, heads):
    """What all heads leave unseen at the end is padding."""
    n, m = weights.shape
    keep = weights > options.get("threshold", 0)
    last = np.flatnonzero(heads.any(axis=(0, 1)))
    seen = last[-1] + 1 if len(last) else 0
    for q in range(n):
        row = weights[q]
        order = falling(row)
        chosen = np.ones(m, bool)
        if "top-k" in options:
            chosen &= np.isin(np.arange(m), order[:options["top-k"]])
        if "top-p" in options:
            running = np.cumsum(row[order]) / row.sum() if row.sum() > 0 else np.array([])
            count = int((running < options["top-p"] - 1e-12).sum()) + 1
            chosen &= np.isin(np.arange(m), order[:count])
        if "disparity" in options:
            visible = max(0, q + m - n + 1) if causal else seen
            chosen &= np.maximum(0, 1 - row) ** max(0, visible - 1) < options["disparity"]
        keep[q] &= chosen
    if "keep-ratio" in options:
        order = falling(weights.ravel())
        count = math.ceil(options["keep-ratio"] * len(order) - 1e-9)
        keep &= np.isin(np.arange(n * m), order[:count]).reshape(n, m)
    if any(name in options for name in ("vertical", "slash", "stream", "blocks")):
        keep &= kept_by_patterns(weights, options, causal)
    if "mst" in options:
        both = np.maximum(weights, weights.T)
        np.fill_diagonal(both, 0)
        tree = minimum_spanning_tree(np.where(both > 0, 2 - both, 0)).toarray() > 0
        keep &= tree | tree.T
    return keep


def kept_by_patterns(weights, options, causal):
    n, m = weights.shape
    place = np.arange(n) + (m - n if causal else 0)
    offset = np.arange(m)[None] - place[:, None]
    keep = np.ones((n, m), bool)
    if "vertical" in options or "slash" in options:
        some = weights.copy()
        some[:max(0, n - options.get("estimate-from", n))] = 0
        columns = np.argsort(-some.sum(axis=0), kind="stable")[:options.get("vertical", 0)]
        offsets = sorted(range(-(n + m), m), key=lambda o: (-some[offset == o].sum(), abs(o), o))
        keep = np.isin(np.arange(m), columns)[None] | np.isin(offset, offsets[:options.get("slash", 0)])
    if "stream" in options:
        sink, window = map(int, options["stream"].split(","))
        near = np.abs(offset) < window
        keep &= (np.arange(m) < sink)[None] | (near & (offset <= 0) if causal else near)
    if "blocks" in options:
        size, mass = options["blocks"].split(":")
        size, mass = int(size), float(mass)
        for begin in range(0, n, size):
            rows = weights[begin:begin + size]
            sums = np.array([rows[:, k:k + size].sum() for k in range(0, m, size)])
            order = np.argsort(-sums, kind="stable")
            running = np.cumsum(sums[order]) / sums.sum() if sums.sum() > 0 else np.array([])
            count = int((running < mass - 1e-12).sum()) + 1 if len(running) else 0
            keep[begin:begin + size] &= np.isin(np.arange(m) // size, order[:count])[None]
    return keep


def attention(n, m, causal):
    weights = random.random((n, m)) ** random.choice([1, 4, 12])
    if causal:
        weights *= np.tri(n, m, m - n)
    if random.random() < 0.3:
        weights[:, m - random.integers(0, m):] = 0
    if random.random() < 0.3:
        weights[random.integers(n)] = 0
    sums = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)


def case(number):
    single = number % 3 == 0
    options = {}
    choices = {"threshold": 0.05, "top-k": int(random.integers(1, 6)),
               "top-p": float(random.choice([0.3, 0.8, 0.95])),
               "keep-ratio": float(random.choice([0.07, 0.3, 0.9])),
               "disparity": float(random.choice([0.05, 0.3])), "mst": True,
               "vertical": int(random.integers(1, 6)), "slash": int(random.integers(1, 6)),
               "stream": f"{random.integers(0, 4)},{random.integers(1, 9)}",
               "blocks": f"{random.integers(1, 9)}:{random.choice([0.5, 0.9, 1])}"}
    for name in random.choice(list(choices), size=random.integers(1, 4), replace=False):
        options[str(name)] = choices[str(name)]
    if ("vertical" in options or "slash" in options) and random.random() < 0.5:
        options["estimate-from"] = int(random.integers(1, 20))
    n, m = (int(x) for x in random.integers(1, 61, 2))
    causal = random.random() < 0.4
    if "mst" in options:
        m = n
    # Rows without keys before all others are no part of this.
    n = min(n, m) if causal else n
    heads = int(random.integers(1, 4))
    weights = np.stack([attention(n, m, causal) for _ in range(heads)])
    weights = weights.astype(np.float32 if single else np.float64)
    value = random.standard_normal((heads, m, int(random.integers(1, 6))))
    renormalize, keep_max = random.random() < 0.6, random.random() < 0.6
    arguments = [oracle.file("attention", weights), "--causal", "yes" if causal else "no"]
    for name, setting in options.items():
        arguments += ["--" + name] if setting is True else ["--" + name, setting]
    if not renormalize:
        arguments.append("--no-renormalize")
    if not keep_max and not set(options) <= {"top-k", "top-p"}:  # these leave something in each row
        arguments += ["--empty-row", "zero"]
    report, sparse, features = [], [], []
    for head in range(heads):
        exact = weights[head].astype(float)
        keep = kept_by(exact, options, causal, weights)
        for q in range(n):
            if keep_max and not keep[q].any() and exact[q].any():
                keep[q, exact[q].argmax()] = True
        left = np.where(keep, exact, 0)
        sums, masses = exact.sum(axis=1), left.sum(axis=1)
        shares = masses[sums > 0] / sums[sums > 0] if (sums > 0).any() else np.full(1, -1.0)
        norm = np.linalg.norm(exact)
        loss = np.linalg.norm(exact - left) / norm if norm else 0
        if renormalize:
            left = np.divide(left, masses[:, None], out=np.zeros_like(left), where=masses[:, None] > 0)
        before, after = exact @ value[head], left @ value[head]
        output = np.linalg.norm(before)
        report.append([n * m, (left > 0).sum(), 1 - (left > 0).mean(), shares.mean(), shares.min(),
                       loss, np.linalg.norm(before - after) / output if output else 0])
        sparse.append(left)
        features.append(after)
    tolerance = 1e-5 if single else 1e-9

    def checks():
        columns = ["entries", "kept", "sparsity", "mass_mean", "mass_min", "frobenius_loss", "output_loss"]
        text = oracle.run("sparsify", *arguments, "--csv", "--features-out", oracle.file("features"),
                          value=value)
        yield rows(text, columns), report, 1e-9
        yield oracle.array("features").reshape(np.shape(features)), features, tolerance
        oracle.run("sparsify", *arguments, "-o", oracle.file("out"))
        yield oracle.array("out").reshape(np.shape(sparse)), sparse, tolerance
        text = oracle.run("sparsify", *arguments, "--edges", "--csv")
        edges = rows(text, ["head", "source", "target", "weight"])
        rebuilt = np.zeros(np.shape(sparse))
        for head, source, target, weight in edges:
            rebuilt[int(head), int(source), int(target)] = weight
        yield rebuilt, sparse, tolerance
        yield len(edges), np.count_nonzero(sparse), 0

    oracle.check(f"case {number}: {weights.shape} {weights.dtype} {options} causal={causal} "
                 f"renormalize={renormalize} keep_max={keep_max}", checks)


def golden_case(arguments, kept, mass):
    """A trained head, with results of another program."""
    path, _ = known_results("small/gpt")

    def checks():
        text = oracle.run("sparsify", path, "--layer", 1, "--head", 0, *arguments, "--csv")
        yield rows(text, ["kept", "sparsity", "mass_mean"])[0], [kept, 1 - kept / 48 ** 2, mass], 1e-9

    oracle.check(f"small/gpt: {arguments}", checks)


def known_case(folder):
    """Heads of trained models, with results of another program."""
    path, expected = known_results(folder)
    for criterion, known in expected["sparsify"].items():
        option, setting = criterion.split()
        layer, head = known["pick"]
        arguments = [path, "--layer", layer, "--head", head, "--" + option, setting]

        def checks():
            columns = ["kept", "mass_mean", "mass_min", "frobenius_loss"]
            yield rows(oracle.run("sparsify", *arguments, "--csv"), columns)[0], [known[c] for c in columns], 1e-6
            oracle.run("sparsify", *arguments, "-o", oracle.file("out"))
            yield oracle.array("out")[known["row"]], known["row_values"], 1e-6

        oracle.check(f"{folder}: {criterion}", checks)


for folder in ["minilm/short", "minilm/cats", "small/gpt", "small/digits"]:
    known_case(folder)
golden_case(["--vertical", 4, "--slash", 4], 310, .805942418451)
golden_case(["--stream", "4,8"], 510, .952775007250)
golden_case(["--blocks", "8:0.95"], 536, .985828917482)
for number in range(220):
    case(number)
oracle.finish()

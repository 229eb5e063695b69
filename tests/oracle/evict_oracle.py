"""Compares `attngraph evict` with the scores written out in NumPy, as the papers and kvpress have
them.

usage: evict_oracle.py PROGRAM
"""

import numpy as np

from against import DATA, Oracle, random_stack

OBSERVE, KERNEL, FIRST = 64, 5, 4
BY_WEIGHTS = ["h2o", "mean", "tova", "snapkv", "recent", "streaming", "random", "oracle"]
EVERY = ["h2o", "mean", "tova", "snapkv", "recent", "streaming", "knorm", "keydiff", "vnorm",
         "expected", "random", "oracle"]


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def by_score(score, keys):
    return sorted(keys, key=lambda j: (-score[j], j))


def rotation(base, positions, d):
    """[position, d, d], of halves that are paired."""
    f = base ** (-2 * np.arange(d // 2) / d)
    angle = np.outer(positions, np.concatenate([f, f]))
    p = np.zeros((d, d))
    p[d // 2:, :d // 2] = np.eye(d // 2)
    p[:d // 2, d // 2:] = -np.eye(d // 2)
    return np.cos(angle)[:, :, None] * np.eye(d) + np.sin(angle)[:, :, None] * p


def expected(queries, key, value, p, rope):
    """Scores of the keys from FIRST on."""
    d, weights = key.shape[1], 0
    for q in queries:
        q = q[FIRST:p]
        if rope:
            turned = rotation(rope, np.arange(FIRST, p), d)
            q = np.einsum("tij,ti->tj", turned, q)  # the inverse is the transpose
        mu, cov = q.mean(axis=0), np.cov(q.T, bias=True).reshape(d, d)
        if rope:
            r = rotation(rope, np.arange(p, p + 512), d).mean(axis=0)
            mu, cov = r @ mu, r @ cov @ r.T
        k = key[FIRST:p]
        weights = weights + softmax(k @ mu / np.sqrt(d) + np.einsum("ji,ik,jk->j", k, cov, k) / (2 * d))
    return weights / len(queries) * np.linalg.norm(value[FIRST:p], axis=1)


def orders(heads, p, policies, queries=None, key=None, value=None, rope=None, observe=OBSERVE,
           kernel=KERNEL):
    """For each policy the keys in order and their scores; heads share one head of keys."""
    a = np.mean(heads, axis=0)
    received = a[:p, :p].sum(axis=0)
    mean = received / (p - np.arange(p))
    found = {}
    for policy in policies:
        score = np.full(p, np.nan)
        if policy == "h2o":
            score = received
        elif policy == "mean":
            score = mean
        elif policy == "tova":
            score = a[p - 1, :p]
        elif policy == "oracle":
            score = a[p:, :p].sum(axis=0)
        elif policy == "knorm":
            score = -np.linalg.norm(key[:p], axis=1)
        elif policy == "keydiff":
            unit = key[:p] / np.linalg.norm(key[:p], axis=1, keepdims=True)
            anchor = unit.mean(axis=0)
            score = -(unit @ anchor) / np.linalg.norm(anchor)
        elif policy == "vnorm":
            score = mean * np.linalg.norm(value[:p], axis=1)
        if policy == "snapkv":
            w = min(observe, p)
            before = a[p - w:p, :p - w].mean(axis=0)
            padded = np.pad(before, (kernel // 2, kernel - 1 - kernel // 2))
            smooth = np.array([padded[j:j + kernel].sum() / kernel for j in range(p - w)])
            score[:p - w] = smooth
            order = list(range(p - 1, p - w - 1, -1)) + by_score(score, range(p - w))
        elif policy in ("recent", "streaming"):
            first = 0 if policy == "recent" else min(FIRST, p)
            order = list(range(first)) + list(range(p - 1, first - 1, -1))
        elif policy == "expected":
            if p > FIRST:
                score[FIRST:] = expected(queries, key, value, p, rope)
            order = list(range(min(FIRST, p))) + by_score(score, range(FIRST, p))
        else:
            order = by_score(score, range(p))
        found[policy] = order, score
    return found


def kept(heads, p, order, budget, value):
    rows = np.concatenate([h[p:][h[p:].any(axis=1)] for h in heads])
    if not len(rows):
        return None, None, None
    if order is None:
        return (rows[:, p:].sum(1) + budget / p * rows[:, :p].sum(1)).mean(), None, None
    mask = np.zeros(heads[0].shape[1], bool)
    mask[order[:budget]] = True
    mask[p:] = True
    left = rows * mask
    sums = left.sum(axis=1)
    loss = None
    if value is not None:
        cut = np.divide(left, sums[:, None], out=np.zeros_like(left), where=sums[:, None] > 0)
        loss = np.linalg.norm(rows @ value - cut @ value) / np.linalg.norm(rows @ value)
    return sums.mean(), sums.min(), loss


def check(oracle, what, groups, p, budgets, rows, keys, policies, **evidence):
    """`groups`: for each layer and head of keys (l, g) its query heads and evidence."""
    table = {(int(r["layer"]), int(r["head"]), r["policy"], int(r["budget"])): r for r in rows}
    oracle.check(f"{what}: rows", len(rows) == len(groups) * len(policies) * len(set(budgets)))
    scores = {(int(r["layer"]), int(r["head"]), r["policy"], int(r["budget"]), int(r["token"])): r
              for r in keys}
    for (l, g), (heads, known) in groups.items():
        found = orders(heads, p, policies, **known, **evidence)
        for policy in policies:
            order, score = found[policy]
            for budget in budgets:
                row = table[l, g, policy, budget]
                at = f"{what} {l},{g} {policy} {budget}"
                truth = kept(heads, p, None if policy == "random" else order, budget,
                             known.get("value"))
                for column, number in zip(("kept", "kept_worst", "output_loss"), truth):
                    if number is None:
                        oracle.check(f"{at} no {column}", row.get(column, "") == "")
                    else:
                        oracle.near(f"{at} {column}", float(row[column]), number, floor=1e-4)
                if policy == "random":
                    continue
                for j in range(p):
                    shown = scores[l, g, policy, budget, j]
                    oracle.check(f"{at} key {j}", int(shown["kept"]) == (j in order[:budget]))
                    if np.isnan(score[j]):
                        oracle.check(f"{at} no score {j}", shown["score"] == "")
                    else:
                        oracle.near(f"{at} score {j}", float(shown["score"]), score[j], floor=1e-5)


def asked(oracle, *arguments):
    return (oracle.rows("evict", *arguments), oracle.rows("evict", *arguments, "--keys"))


def stored(oracle):
    random = np.random.default_rng(31)
    for case in range(10):
        n = int(random.integers(2, 24))
        stack = random_stack(random, 2, 2, n, causal=True, zeros=.2 if case % 3 == 0 else 0,
                             masked_rows=.2 if case % 4 == 1 else 0)
        p = int(random.integers(1, n)) if case % 2 else n // 2
        observe, kernel = (3, 4) if case % 3 == 1 else (OBSERVE, KERNEL)
        budgets = sorted({min(p, b) for b in (1, 3, 6)})
        options = [oracle.file(stack), "--budget", ",".join(map(str, budgets)), "--observe",
                   observe, "--kernel", kernel, *(["--prompt", p] if case % 2 else []),
                   "--causal", "yes"]
        groups = {(l, h): ([stack[l, h]], {}) for l, h in np.ndindex(2, 2)}
        check(oracle, f"stored {case}", groups, p, budgets, *asked(oracle, *options), BY_WEIGHTS,
              observe=observe, kernel=kernel)


def queries_and_keys(oracle):
    random = np.random.default_rng(32)
    for case in range(8):
        n, d = int(random.integers(9, 30)), 2 * int(random.integers(1, 5))
        shared = 2 if case % 2 else 1
        query = random.normal(size=(2, 2 * shared, n, d))
        key, value = random.normal(size=(2, 2, 2, n, d))
        heads = np.tril(np.ones((n, n))) * np.exp(
            query @ np.repeat(key, shared, axis=1).swapaxes(-1, -2) / np.sqrt(d))
        heads /= heads.sum(axis=-1, keepdims=True)
        rope = 10000.0 if case % 4 > 1 else None
        p = n // 2 + 1
        options = ["--query", oracle.file(query, "q.npy"), "--key", oracle.file(key, "k.npy"),
                   "--value", oracle.file(value, "v.npy"), "--axes", "layer,head,token,width",
                   "--causal", "yes", "--budget", "2,0.5", "--prompt", p, "--rope",
                   "none" if rope is None else "10000"]
        groups = {}
        for l, g in np.ndindex(2, 2):
            mine = range(g * shared, (g + 1) * shared)
            groups[l, g] = ([heads[l, h] for h in mine],
                            {"queries": [query[l, h] for h in mine], "key": key[l, g],
                             "value": value[l, g]})
        check(oracle, f"queries {case}", groups, p, sorted({2, p // 2}), *asked(oracle, *options),
              EVERY, rope=rope)


GOLDEN = {"oracle": (.991834519, .953203469, .025687393), "h2o": (.783735126, .207706099, .708868894),
          "mean": (.982003578, .915899141, .048818110), "tova": (.987338974, .936728900, .021746448),
          "snapkv": (.988177785, .943840451, .017002944), "recent": (.988177785, .943840451, .017002944),
          "streaming": (.966676820, .859989787, .082153751),
          "knorm": (.982524661, .907657489, .067481237),
          "keydiff": (.985038355, .935745417, .023598393),
          "expected": (.964647906, .823484129, .107187806), "random": (.824201914957,)}


def golden(oracle):
    gpt = DATA / "small/gpt"
    rows = oracle.rows("evict", "--query", gpt / "query.npy", "--key", gpt / "key.npy", "--value",
                       gpt / "value.npy", "--causal", "yes", "--precision", "double", "--rope",
                       "none", "--prompt", 32, "--observe", 8, "--budget", "8")
    one = {r["policy"]: r for r in rows if (r["layer"], r["head"]) == ("1", "0")}
    for policy, numbers in GOLDEN.items():
        for column, number in zip(("kept", "kept_worst", "output_loss"), numbers):
            oracle.near(f"golden {policy} {column}", float(one[policy][column]), number, 1e-8, .1)
    means = {"oracle": .959896, "keydiff": .952443, "snapkv": .935567, "recent": .935567,
             "tova": .934582, "mean": .913040, "knorm": .906158, "expected": .882079,
             "streaming": .874350, "h2o": .800098, "random": .793018}
    for policy, number in means.items():
        kept_means = [float(r["kept"]) for r in rows if r["policy"] == policy]
        oracle.near(f"golden mean {policy}", np.mean(kept_means), number, 2e-6)
    four = oracle.rows("evict", "--query", gpt / "query.npy", "--key", gpt / "key.npy", "--causal",
                       "yes", "--precision", "double", "--prompt", 32, "--observe", 8, "--budget",
                       "4", "--layer", 1, "--head", 0, "--policy", "snapkv,recent")
    for row in four:
        oracle.near("golden budget 4", [float(row["kept"]), float(row["kept_worst"])],
                    [.966670914, .859985735], 1e-8)
    saved = oracle.rows("evict", gpt / "attention.npy", "--layer", 1, "--head", 0, "--prompt", 32,
                        "--budget", "8", "--policy", "oracle")
    oracle.near("golden saved", float(saved[0]["kept"]), .991834505, 1e-9)


def keys_alone(oracle):
    random = np.random.default_rng(33)
    key = random.normal(size=(1, 1, 9, 4))
    rows = oracle.rows("evict", "--key", oracle.file(key, "k.npy"), "--keys", "--budget", 3,
                       "--prompt", 8, "--axes", "layer,head,token,width")
    policies = ["recent", "streaming", "knorm", "keydiff"]
    oracle.check("keys alone: policies", sorted({r["policy"] for r in rows}) == sorted(policies))
    found = orders([np.zeros((9, 9))], 8, policies, key=key[0, 0])
    for row in rows:
        order, score = found[row["policy"]]
        j = int(row["token"])
        oracle.check("keys alone: kept", int(row["kept"]) == (j in order[:3]))
        if not np.isnan(score[j]):
            oracle.near("keys alone: score", float(row["score"]), score[j])


if __name__ == "__main__":
    oracle = Oracle("evict")
    keys_alone(oracle)
    golden(oracle)
    stored(oracle)
    queries_and_keys(oracle)
    oracle.finish()

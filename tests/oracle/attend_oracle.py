"""attend against NumPy and PyTorch: random shapes, precisions and options."""

import numpy as np
import torch

from oracle_cases import Oracle, rows, softmax

oracle = Oracle("attend")
random = np.random.default_rng(20240607)
tolerances = {np.float32: 1e-5, np.float64: 1e-9, np.float16: 1e-5, np.int64: 1e-9}


def bisected(scores, alpha):
    """Sparsemax (alpha 2) and 1.5-entmax by bisection for the threshold."""
    weights = np.zeros_like(scores)
    for index in np.ndindex(scores.shape[:-1]):
        z = scores[index]
        if not np.isfinite(z).any():
            continue
        z = (alpha - 1) * (z - z.max())
        low, high = -1.0, 0.0
        for _ in range(100):
            middle = (low + high) / 2
            total = (np.maximum(z - middle, 0) ** (1 / (alpha - 1))).sum()
            low, high = (middle, high) if total > 1 else (low, middle)
        weights[index] = np.maximum(z - low, 0) ** (1 / (alpha - 1))
    return weights


def weights_of(query, key, options, mask, bias, sinks):
    """[..., head, query, key] of [..., head, token, width]."""
    groups = query.shape[-3] // key.shape[-3]
    key = np.repeat(key, groups, axis=-3)
    scores = query @ key.swapaxes(-1, -2) * options.get("scale", query.shape[-1] ** -0.5)
    if "softcap" in options:
        scores = options["softcap"] * np.tanh(scores / options["softcap"])
    if bias is not None:
        scores = scores + bias
    if mask is not None:
        scores = np.where(np.asarray(mask) != 0, scores, -np.inf)
    queries, keys = scores.shape[-2:]
    ahead = np.arange(keys)[None, :] - (np.arange(queries)[:, None] + keys - queries)
    if options.get("causal"):
        scores = np.where(ahead > 0, -np.inf, scores)
    if "window" in options:
        outside = ahead <= -options["window"] if options.get("causal") else abs(ahead) >= options["window"]
        scores = np.where(outside, -np.inf, scores)
    if options.get("normalizer") == "sparsemax":
        return bisected(scores, 2)
    if options.get("normalizer") == "entmax15":
        return bisected(scores, 1.5)
    if sinks is not None:
        sink = np.broadcast_to(sinks[..., :, None, None], scores.shape[:-1] + (1,))
        joined = softmax(np.concatenate([scores, sink], axis=-1))[..., :-1]
        return np.where(np.isfinite(scores).any(axis=-1, keepdims=True), joined, 0)
    return softmax(scores)


def random_options(queries, keys):
    options = {}
    if random.random() < 0.4:
        options["scale"] = float(random.choice([1.0, 0.05, -0.3]))
    if random.random() < 0.4:
        options["causal"] = True
    if random.random() < 0.25:
        options["window"] = int(random.integers(1, keys + 1))
    if random.random() < 0.25:
        options["softcap"] = float(random.choice([0.5, 30.0]))
    if random.random() < 0.3:
        options["normalizer"] = str(random.choice(["sparsemax", "entmax15"]))
    return options


def arguments_of(options):
    arguments = []
    for name, value in options.items():
        arguments += ["--" + name] if value is True else ["--" + name, str(value)]
    return arguments


def broadcast_shape(shape):
    """Some of the leading axes left out or of length 1."""
    kept = [1 if random.random() < 0.3 else length for length in shape]
    return kept[random.integers(0, len(shape) - 1):] if len(shape) > 2 else kept


def direct_case(number):
    """Queries, keys and values as they are, with 2 to 4 axes."""
    dtype = [np.float64, np.float32, np.float64, np.float16, np.int64][number % 5]
    rank = int(random.integers(2, 5))
    queries, keys, width = random.integers(1, 61), random.integers(1, 61), random.integers(1, 17)
    key_heads = int(random.integers(1, 4))
    heads = key_heads * int(random.integers(1, 4)) if rank > 2 else 1
    leading = {2: [], 3: [], 4: [int(random.integers(1, 4))]}[rank]
    key_heads = key_heads if rank > 2 else 1

    def some(heads_, tokens, columns):
        shape = leading + ([heads_] if rank > 2 else []) + [tokens, columns]
        return (random.standard_normal(shape) * (3 if dtype == np.int64 else 1)).astype(dtype)

    query, key = some(heads, queries, width), some(key_heads, keys, width)
    value = some(key_heads, keys, random.integers(1, 9))
    options = random_options(queries, keys)
    scores = leading + [heads, queries, keys]
    mask = bias = sinks = None
    if random.random() < 0.3:
        mask = random.random(broadcast_shape(scores)) < 0.7
        mask = mask if random.random() < 0.5 else mask.astype(np.float32)
    if random.random() < 0.3:
        bias = random.standard_normal(broadcast_shape(scores))
        bias[random.random(bias.shape) < 0.2] = random.choice([-np.inf, -65504.0])
    if "normalizer" not in options and random.random() < 0.3:
        sinks = random.standard_normal(leading + [heads])
    exact = [a.astype(float) if rank > 2 else a.astype(float)[None] for a in (query, key, value)]
    lowest = None if bias is None else np.where(bias == -65504.0, -np.inf, bias)
    weights = weights_of(exact[0], exact[1], options, mask, lowest, sinks)
    output = weights @ np.repeat(exact[2], heads // key_heads, axis=-3)
    output = np.moveaxis(output, -3, -2).reshape(leading + [queries, -1])

    def checks():
        oracle.run("attend", *arguments_of(options), "-o", oracle.file("weights"), "--features-out",
                   oracle.file("features"), query=query, key=key, value=value, mask=mask,
                   bias=bias, sink_logits=sinks)
        expected = weights if rank > 2 else weights[0]
        yield oracle.array("weights"), expected, tolerances[dtype]
        yield oracle.array("features"), output, 4 * tolerances[dtype]

    oracle.check(f"case {number}: {dtype.__name__} {query.shape} {key.shape} {options}", checks)


def module_case(number):
    """torch.nn.MultiheadAttention with biases: a batch through projections."""
    heads, width, batch = random.integers(1, 5), random.integers(1, 9), random.integers(1, 4)
    queries, keys = random.integers(1, 61), random.integers(1, 61)
    embed = int(heads * width)
    torch.manual_seed(number)
    module = torch.nn.MultiheadAttention(embed, int(heads), batch_first=True, dtype=torch.float64)
    torch.nn.init.normal_(module.in_proj_bias)
    torch.nn.init.normal_(module.out_proj.bias)
    query = torch.randn(int(batch), int(queries), embed, dtype=torch.float64)
    key = torch.randn(int(batch), int(keys), embed, dtype=torch.float64)
    value = torch.randn(int(batch), int(keys), embed, dtype=torch.float64)
    hidden = torch.rand(int(queries), int(keys)) < 0.3
    hidden[:, 0] = False  # a row that sees nothing is NaN there
    features, weights = module(query, key, value, attn_mask=hidden, average_attn_weights=False)
    parts = [p.detach().numpy() for p in (*module.in_proj_weight.chunk(3), *module.in_proj_bias.chunk(3))]

    def checks():
        oracle.run("attend", "--heads", heads, "-o", oracle.file("weights"), "--features-out",
                   oracle.file("features"), query=query.numpy(), key=key.numpy(), value=value.numpy(),
                   wq=parts[0], wk=parts[1], wv=parts[2], bq=parts[3], bk=parts[4], bv=parts[5],
                   wo=module.out_proj.weight.detach().numpy(), bo=module.out_proj.bias.detach().numpy(),
                   mask=~hidden.numpy())
        yield oracle.array("weights"), weights.detach().numpy(), 1e-9
        yield oracle.array("features"), features.detach().numpy(), 1e-9

    oracle.check(f"module {number}: {heads} heads of {width}", checks)


def largest_case(number):
    """--top-k over whole blocks of rows."""
    queries, keys = random.integers(1, 300), random.integers(1, 61)
    query, key = random.standard_normal((queries, 4)), random.standard_normal((keys, 4))
    if number % 2:
        query[:] = np.round(query)
        key[:] = np.round(key)  # ties
    options = random_options(queries, keys)
    weights = weights_of(query[None], key[None], options, None, None, None)[0]
    count = int(random.integers(1, 6))

    def checks():
        text = oracle.run("attend", "--csv", "--top-k", count, *arguments_of(options), query=query, key=key)
        answer = rows(text, ["query", "key", "weight"])
        largest = []
        for q in range(queries):
            mine = [(k, w) for i, k, w in answer if i == q]
            assert all(abs(weights[q, int(k)] - w) < 1e-9 for k, w in mine)
            assert all(a[1] > b[1] or (a[1] == b[1] and a[0] < b[0]) for a, b in zip(mine, mine[1:]))
            largest.append(sorted((w for _, w in mine), reverse=True) + [0] * (count - len(mine)))
        expected = -np.sort(-np.pad(weights, ((0, 0), (0, count))), axis=1)[:, :count]
        yield largest, expected, 1e-9

    oracle.check(f"top-k {number}: {queries} x {keys}, {count}, {options}", checks)


for case in range(200):
    direct_case(case)
for case in range(60):
    module_case(case)
for case in range(40):
    largest_case(case)
oracle.finish()

"""spatial, gat and pool against PyTorch and NumPy."""

import numpy as np
import torch

from oracle_cases import Oracle, rows, softmax

oracle = Oracle("modules")
random = np.random.default_rng(20240610)
torch.manual_seed(20240610)


def spatial_case(number):
    dtype = [torch.float64, torch.float32][number % 2]
    batch, channels, inner, height, width = (int(x) for x in random.integers(1, [4, 7, 5, 9, 8]))
    query, key = (torch.nn.Conv2d(channels, inner, 1, dtype=dtype) for _ in range(2))
    value = torch.nn.Conv2d(channels, channels, 1, dtype=dtype)
    x = torch.randn(batch, channels, height, width, dtype=dtype)
    gamma = float(random.standard_normal())
    with torch.no_grad():
        flat = [layer(x).double().flatten(2) for layer in (query, key, value)]
        weights = torch.softmax(torch.bmm(flat[0].transpose(1, 2), flat[1]), dim=-1)
        output = gamma * torch.bmm(flat[2], weights.transpose(1, 2)).view(x.shape) + x

    def checks():
        arrays = {}
        for name, layer in zip("qkv", (query, key, value)):
            arrays["w" + name] = layer.weight.detach().numpy()
            arrays["b" + name] = layer.bias.detach().numpy()
        oracle.run("spatial", "-o", oracle.file("weights"), "--features-out", oracle.file("features"),
                   "--gamma", repr(gamma), input=x.numpy(), **arrays)
        tolerance = 1e-9 if dtype == torch.float64 else 1e-5
        yield oracle.array("weights"), weights.numpy(), tolerance
        yield oracle.array("features"), output.numpy(), tolerance

    oracle.check(f"spatial {number}: {tuple(x.shape)} {dtype}", checks)


def leaky(x, slope):
    return np.where(x > 0, x, slope * x)


def gat_case(number):
    """The layer over all pairs of nodes, as in papers."""
    nodes, width, out, heads = (int(x) for x in random.integers(1, [41, 7, 6, 4]))
    v2 = random.random() < 0.5
    single = number % 3 == 0
    h = random.standard_normal((nodes, width))
    weight = random.standard_normal((heads, (2 if v2 else 1) * width, out))
    attention = random.standard_normal((heads, out if v2 else 2 * out))
    weight_bias = random.standard_normal((heads, 2 * out)) if v2 and random.random() < 0.5 else None
    mean = random.random() < 0.4
    output_bias = random.standard_normal(out if mean else heads * out) if random.random() < 0.5 else None
    adjacency = (random.random((nodes, nodes)) < random.choice([0.05, 0.3])).astype(np.int64)
    uniform, loops, elu = random.random() < 0.3, random.random() < 0.3, random.random() < 0.5
    slope = float(random.choice([0.2, 0.05]))
    if single:
        h, weight, attention = (x.astype(np.float32) for x in (h, weight, attention))
        weight_bias, output_bias = (x if x is None else x.astype(np.float32) for x in (weight_bias, output_bias))
    linked = adjacency > 0
    if loops:
        linked = linked | np.eye(nodes, dtype=bool)
    weights, parts = [], []
    for k in range(heads):
        w, a, features = weight[k].astype(float), attention[k].astype(float), h.astype(float)
        if v2:
            left, right = features @ w[:width], features @ w[width:]
            if weight_bias is not None:
                left, right = left + weight_bias[k, :out], right + weight_bias[k, out:]
            scores = leaky(left[:, None] + right[None], slope) @ a
        else:
            right = features @ w
            scores = leaky((right @ a[:out])[:, None] + (right @ a[out:])[None], slope)
        alpha = softmax(np.where(linked, scores, -np.inf))
        if uniform:
            alpha[~linked.any(axis=1)] = 1 / nodes
        weights.append(alpha)
        parts.append(alpha @ right)
    output = np.mean(parts, axis=0) if mean else np.concatenate(parts, axis=1)
    if output_bias is not None:
        output = output + output_bias
    if elu:
        output = np.where(output > 0, output, np.expm1(output))
    arguments = ["--variant", "v2" if v2 else "v1", "--combine", "mean" if mean else "concat",
                 "--activation", "elu" if elu else "none", "--isolated",
                 "uniform" if uniform else "zero", "--negative-slope", slope]
    if loops:
        arguments.append("--self-loops")

    def checks():
        arrays = dict(features=h, weight=weight, attention=attention, weight_bias=weight_bias,
                      output_bias=output_bias)
        tolerance = 1e-5 if single else 1e-9
        oracle.run("gat", *arguments, "-o", oracle.file("out"), "--features-out", oracle.file("layer"),
                   adjacency=adjacency, **arrays)
        yield oracle.array("out").reshape(heads, nodes, nodes), weights, tolerance
        yield oracle.array("layer"), output, tolerance
        path = oracle.file("edges")[:-3] + "csv"
        with open(path, "w") as file:
            file.write("source,target,weight\n")
            file.writelines(f"{i},{j},1\n" for i, j in np.argwhere(adjacency))
        if not adjacency.any():
            return
        text = oracle.run("gat", *arguments, "--adjacency", path, "--csv", **arrays)
        rebuilt = np.zeros((heads, nodes, nodes))
        for head, source, target, alpha in rows(text, ["head", "source", "target", "weight"]):
            rebuilt[int(head), int(source), int(target)] = alpha
        yield rebuilt, weights, tolerance

    oracle.check(f"gat {number}: {nodes} nodes, {heads} heads, {arguments}", checks)


def pool_case(number):
    batch, tokens, width, hidden = (int(x) for x in random.integers(1, [5, 61, 9, 9]))
    single = number % 2 == 0
    x = random.standard_normal((batch, tokens, width)) if number % 3 else random.standard_normal((tokens, width))
    w1, b1 = random.standard_normal((hidden, width)), random.standard_normal(hidden)
    w2 = random.standard_normal((1, hidden))
    mask = random.random(x.shape[:-1]) < random.choice([0.1, 0.7]) if random.random() < 0.6 else None
    if single:
        x, w1, b1, w2 = (array.astype(np.float32) for array in (x, w1, b1, w2))
    scores = (np.tanh(x.astype(float) @ w1.T.astype(float) + b1) @ w2.T.astype(float))[..., 0]
    weights = softmax(scores if mask is None else np.where(mask, scores, -np.inf))
    pooled = (weights[..., None] * x).sum(axis=-2)

    def checks():
        oracle.run("pool", "-o", oracle.file("weights"), "--features-out", oracle.file("features"),
                   input=x, w1=w1, b1=b1, w2=w2, mask=mask)
        tolerance = 1e-5 if single else 1e-9
        yield oracle.array("weights"), weights, tolerance
        yield oracle.array("features"), pooled, tolerance

    oracle.check(f"pool {number}: {x.shape} {x.dtype}", checks)


for case in range(80):
    spatial_case(case)
for case in range(120):
    gat_case(case)
for case in range(60):
    pool_case(case)
oracle.finish()

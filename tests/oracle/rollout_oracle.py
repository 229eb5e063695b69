"""rollout against NumPy: residuals, fusions, discarding, gradients, prefixes, the causal null."""

import numpy as np

from oracle_cases import Oracle, known_results, rows

oracle = Oracle("rollout")
random = np.random.default_rng(20240608)


def normalized(matrix):
    sums = matrix.sum(axis=1, keepdims=True)
    return np.divide(matrix, sums, out=np.zeros_like(matrix), where=sums > 0)


def with_residual(fused, residual):
    identity = np.eye(len(fused))
    if residual == "none":
        return normalized(fused)
    if residual == "add":
        return identity + fused
    if residual == "raw":
        return normalized(identity + fused)
    share = float(residual)
    return normalized((1 - share) * normalized(fused) + share * identity)


def layer_matrix(heads, gradient, options):
    if gradient is not None:
        fused = np.maximum(heads * gradient, 0).mean(axis=0)
    else:
        fused = getattr(heads, options["fuse"])(axis=0)
    if options["discard"]:
        flat = fused.ravel()
        entries = np.flatnonzero(flat)
        order = entries[np.argsort(flat[entries], kind="stable")]
        flat[order[:int(options["discard"] * len(entries) + 1e-9)]] = 0
        fused = flat.reshape(fused.shape)
    changed = gradient is None and (options["fuse"] != "mean" or options["discard"])
    if options["residual"] == "add" and changed:
        fused = normalized(fused)
    return with_residual(fused, options["residual"])


def attention(layers, heads, n, causal):
    weights = random.random((layers, heads, n, n)) ** 3
    if causal:
        weights *= np.tri(n)
    elif random.random() < 0.5 and n > 1:
        weights[random.integers(layers), :, random.integers(n)] = 0  # a masked query
    sums = weights.sum(axis=-1, keepdims=True)
    return np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)


def case(number):
    layers, heads, n = (int(x) for x in random.integers(1, [6, 5, 61]))
    single = number % 3 == 0
    causal = random.random() < 0.4
    weights = attention(layers, heads, n, causal).astype(np.float32 if single else np.float64)
    options = {
        "residual": str(random.choice(["0.5", "0", "1", "0.3", "none", "add", "raw"])),
        "fuse": str(random.choice(["mean", "max", "min"])),
        "discard": float(random.choice([0, 0, 0.5, 0.9])),
    }
    gradient = None
    if random.random() < 0.3:
        gradient = random.standard_normal(weights.shape)
        options["fuse"] = "mean"
    first = int(random.integers(0, layers))
    last = int(random.integers(first, layers))
    null = causal and gradient is None and random.random() < 0.5
    exact = weights.astype(float)
    prefixes, nulls = [], []
    uniform = with_residual(normalized(np.tri(n)), options["residual"])
    for layer in range(first, last + 1):
        matrix = layer_matrix(exact[layer], None if gradient is None else gradient[layer], options)
        prefixes.append(matrix @ prefixes[-1] if prefixes else matrix)
        nulls.append(uniform @ nulls[-1] if nulls else uniform)
    if null:
        prefixes = [np.divide(p, q, out=np.zeros_like(p), where=q > 0) for p, q in zip(prefixes, nulls)]
    arguments = [oracle.file("attention", weights), "--axes", "layer,head,query,key", "--residual",
                 options["residual"], "--discard", options["discard"], "--start-layer", first,
                 "--end-layer", last, "--normalize", "none"]
    if gradient is None:
        arguments += ["--fuse", options["fuse"]]
    if null:
        arguments.append("--causal-null")
    tolerance = 1e-5 if single else 1e-9

    def checks():
        oracle.run("rollout", *arguments, "-o", oracle.file("out"), gradient=gradient)
        yield oracle.array("out"), prefixes[-1], tolerance
        oracle.run("rollout", *arguments, "--prefixes", "-o", oracle.file("out"), gradient=gradient)
        yield oracle.array("out"), np.array(prefixes), tolerance
        target = int(random.integers(0, n))
        text = oracle.run("rollout", *arguments, "--target", target, "--csv", gradient=gradient)
        answer = np.array(rows(text, ["output", "input", "rollout"]))
        yield answer[:, 0], np.full(n, target), 0
        yield answer[:, 2], prefixes[-1][target], tolerance
        if not null:
            lines = oracle.run("rollout", *arguments, "--target", "mean", "--csv", gradient=gradient)
            yield ([r[0] for r in rows(lines, ["rollout"])], prefixes[-1].mean(axis=0), tolerance)

    oracle.check(f"case {number}: {weights.shape} {weights.dtype} {options} {first}-{last}"
                 f"{' gradient' if gradient is not None else ''}{' null' if null else ''}", checks)


def known_case(folder):
    """Trained models, with results of other programs for some rows."""
    path, expected = known_results(folder)
    variants = {"rollout": [], "rollout_none": ["--residual", "none"], "rollout_max": ["--fuse", "max"],
                "rollout_discard_0.9": ["--discard", 0.9], "rollout_causal_null": ["--causal-null"]}
    for name, arguments in variants.items():
        if name not in expected:
            continue

        def checks():
            oracle.run("rollout", path, *arguments, "-o", oracle.file("out"))
            for output, row in expected[name].items():
                yield oracle.array("out")[int(output)], row, 1e-5

        oracle.check(f"{folder}: {name}", checks)
    if "gradient_rollout" in expected:

        def gradient():
            oracle.run("rollout", path, "--gradient", path.with_name("gradient.npy"), "--residual", "add",
                       "-o", oracle.file("out"))
            for output, row in expected["gradient_rollout"].items():
                yield oracle.array("out")[int(output)], row, 1e-5

        oracle.check(f"{folder}: gradient", gradient)


for folder in ["minilm/short", "minilm/cats", "small/gpt", "small/digits"]:
    known_case(folder)
for number in range(220):
    case(number)
oracle.finish()

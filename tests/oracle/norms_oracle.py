"""Compares `attngraph norms` with the whole tensor of what heads carry, built in NumPy.

usage: norms_oracle.py PROGRAM
"""

import numpy as np

from against import DATA, Oracle, expected, numbers, random_stack


def carried(stack, value, wo):
    """[layer, head, query, key, model]"""
    layers, heads = stack.shape[:2]
    width = value.shape[-1]
    value = np.repeat(value, heads // value.shape[1], axis=1)
    split = wo.reshape(layers, wo.shape[1], heads, width)
    features = np.einsum("lhkd,lmhd->lhkm", value, split)
    return np.einsum("lhqk,lhkm->lhqkm", stack, features)


def norms(oracle, *arguments):
    return numbers(oracle.rows("norms", *arguments), "norm")


def random_case(oracle, random, case):
    layers, n, width, model = (int(x) for x in random.integers(1, 5, 4))
    groups, shared = int(random.integers(1, 4)), int(random.integers(1, 3))
    heads = groups * shared
    stack = random_stack(random, layers, heads, n + 1, causal=case % 2 == 0, zeros=0.2)
    value = random.normal(size=(layers, groups, n + 1, width))
    bias = random.normal(size=(layers, groups * width))
    wo = random.normal(size=(layers, model, heads * width))
    stream = random.normal(size=(layers, n + 1, model))
    files = {name: oracle.file(array, name + ".npy")
             for name, array in (("stack", stack), ("value", value), ("bv", bias), ("wo", wo),
                                 ("stream", stream))}
    begin = [files["stack"], "--axes", "layer,head,query,key", "--value", files["value"]]
    lengths = np.repeat(np.linalg.norm(value, axis=-1), shared, axis=1)
    oracle.near(f"{case} values", norms(oracle, *begin),
                (stack * lengths[:, :, None, :]).ravel())

    biased = value + bias.reshape(layers, groups, 1, width)
    parts = carried(stack, biased, wo)
    begin += ["--bv", files["bv"], "--wo", files["wo"]]
    # Squares that cancel leave the root of their rounding.
    oracle.near(f"{case} all", norms(oracle, *begin),
                np.linalg.norm(parts.sum(axis=1), axis=-1).ravel(), 1e-6, 1e-2)
    oracle.near(f"{case} per head", norms(oracle, *begin, "--per-head"),
                np.linalg.norm(parts, axis=-1).ravel())

    total = parts.sum(axis=1)
    diagonal = np.arange(n + 1)
    for with_stream in (False, True):
        if with_stream:
            total[:, diagonal, diagonal] += stream
            begin += ["--residual-stream", files["stream"]]
            oracle.near(f"{case} stream", norms(oracle, *begin),
                        np.linalg.norm(total, axis=-1).ravel(), 1e-6, 1e-2)
        own = np.linalg.norm(total[:, diagonal, diagonal], axis=-1)
        others = total.copy()
        others[:, diagonal, diagonal] = 0
        others = np.linalg.norm(others.sum(axis=2), axis=-1)
        oracle.near(f"{case} mixing", numbers(oracle.rows("norms", *begin, "--mixing"), "mixing"),
                    np.divide(others, others + own, out=np.zeros_like(own),
                              where=others + own > 0).ravel())


def known_cases(oracle):
    for folder in ("minilm/short", "minilm/cats"):
        if not (DATA / folder / "wo_layer2.npy").exists():
            continue
        truth = expected(folder)["norms_layer_2_row_mid"]
        rows = oracle.rows("norms", DATA / folder / "attention.npy", "--layer", 2, "--value",
                           f"{DATA / folder / 'qkv.safetensors'}:value", "--wo",
                           DATA / folder / "wo_layer2.npy")
        middle = [row for row in rows if int(row["query"]) == len(truth) // 2]
        oracle.near(folder, numbers(middle, "norm"), truth, 1e-5)


if __name__ == "__main__":
    oracle = Oracle("norms")
    generator = np.random.default_rng(4)
    for number in range(40):
        random_case(oracle, generator, number)
    known_cases(oracle)
    oracle.finish()

"""Makes the benchmark's inputs, seeded: python inputs.py KIND OUTPUT SIZE...

attention OUT.npy LAYERS HEADS TOKENS   float32 [layer, head, query, key]
causal OUT.npy FROM.npy                 the same without what lies behind the query
float16 OUT.npy FROM.npy                rounded
bfloat16 OUT.safetensors FROM.npy       rounded towards zero
scores OUT.npy HEADS TOKENS WIDTH SEED  float32 queries, keys or values [head, token, width], or
                                        [token, width] where HEADS is 0
stored|deflated OUT.npz FROM.npy        one array in an NPZ
stored-layers|deflated-layers OUT.npz FROM.npy  one array for each layer, as models are dumped
json OUT.json FROM.npy                  as json.dumps(array.tolist()) writes it

Heads look like those of trained models: some local, some with a sink on the first token, some
broad; every row is a softmax of scores.
"""

import json
import os
import sys

import numpy as np


def head(generator, tokens):
    """Softmax of content scores, minus a distance penalty, plus a sink on the first key."""
    width = 16
    query = generator.standard_normal((tokens, width), dtype=np.float32)
    key = generator.standard_normal((tokens, width), dtype=np.float32)
    scores = (query @ key.T) * np.float32(generator.uniform(0.2, 0.8))
    place = np.arange(tokens, dtype=np.float32)
    reach = np.float32(tokens * generator.uniform(0.02, 1.0))
    scores -= np.abs(place[:, None] - place[None, :]) / reach
    scores[:, 0] += np.float32(generator.uniform(0, 6))
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def attention(path, layers, heads, tokens):
    generator = np.random.default_rng(2020)
    shape = (layers, heads, tokens, tokens)
    array = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=shape)
    for layer in range(layers):
        for index in range(heads):
            array[layer, index] = head(generator, tokens)
    array.flush()


def scores(path, heads, tokens, width, seed):
    shape = (heads, tokens, width) if heads else (tokens, width)
    numbers = np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)
    np.save(path, numbers * np.float32(1.7))


def causal(path, source):
    stack = np.tril(np.load(source))
    np.save(path, stack / stack.sum(axis=-1, keepdims=True))


def bfloat16(path, source):
    stack = np.load(source)
    halves = (stack.view(np.uint32) >> 16).astype("<u2")
    about = {"attention": {"dtype": "BF16", "shape": stack.shape, "data_offsets": [0, halves.nbytes]}}
    header = json.dumps(about).encode()
    header += b" " * (-len(header) % 8)
    with open(path, "wb") as file:
        file.write(len(header).to_bytes(8, "little") + header + halves.tobytes())


def main():
    kind, output, *rest = sys.argv[1:]
    temporary = os.path.join(os.path.dirname(output), "part-" + os.path.basename(output))
    if kind == "attention":
        attention(temporary, *map(int, rest))
    elif kind == "scores":
        scores(temporary, *map(int, rest))
    elif kind == "causal":
        causal(temporary, *rest)
    elif kind == "float16":
        np.save(temporary, np.load(rest[0]).astype(np.float16))
    elif kind == "bfloat16":
        bfloat16(temporary, *rest)
    elif kind == "json":
        with open(temporary, "w", encoding="ascii") as file:
            json.dump(np.load(rest[0]).tolist(), file)
    else:
        packing, _, layers = kind.partition("-")
        save = np.savez if packing == "stored" else np.savez_compressed
        array = np.load(rest[0])
        save(temporary, *(array if layers else [array]))
    os.replace(temporary, output)


main()

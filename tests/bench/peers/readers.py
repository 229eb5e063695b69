"""readers.py KIND FILE RUNS: seconds to read one file into an array.

sum: add up the mapped numbers of an .npy; log: sum of float32 logarithms of them; npz: numpy.load
of a member; json, orjson: parse, then numpy.array.
"""

import json
import sys

import numpy as np
from timing import say, timed

kind, path, runs = sys.argv[1:]


def parsed():
    with open(path, "rb") as file:
        text = file.read()
    if kind == "orjson":
        import orjson
        return np.array(orjson.loads(text), dtype=np.float32)
    return np.array(json.loads(text), dtype=np.float32)


def logarithms():
    numbers = np.load(path, mmap_mode="r").reshape(-1)
    blocks = np.array_split(numbers, numbers.size // 2**16 + 1)
    return sum(float(np.log(block).sum()) for block in blocks)


read = {
    "sum": lambda: np.load(path, mmap_mode="r").sum(),
    "log": logarithms,
    "npz": lambda: np.load(path)["attention"],
    "json": parsed,
    "orjson": parsed,
}[kind]
say(timed(read, int(runs)))

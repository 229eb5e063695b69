"""pagerank_numpy.py inside FILE HEADS

PageRank of every head by power iteration of NumPy until a step changes x by less than 1e-10,
all heads of a layer at once; of the first HEADS heads, the rest extrapolated.
"""

import sys
import time

import numpy as np
from centrality_input import heads_of
from timing import say

how, path, count = sys.argv[1:]
assert how == "inside"
heads = heads_of(path)
measured = np.ascontiguousarray(heads[: int(count)])
start = time.perf_counter()
walk = measured / measured.sum(axis=2, keepdims=True)
tokens = walk.shape[-1]
x = np.full((len(walk), 1, tokens), 1 / tokens, dtype=np.float64)
for _ in range(1000):
    following = 0.85 * (x @ walk) + 0.15 / tokens
    change = np.abs(following - x).sum(axis=2).max()
    x = following
    if change < 1e-10:
        break
seconds = time.perf_counter() - start
note = f"{len(measured)} of {len(heads)} heads" if len(measured) < len(heads) else ""
say([seconds], len(measured) / len(heads), note)

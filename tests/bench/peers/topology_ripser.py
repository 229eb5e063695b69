"""topology_ripser.py DIMENSION FILE OUT

The sum of the finite bars of H0 or H1 of every head, by ripser.
"""

import sys

import numpy as np
from ripser import ripser

dimension, path, out = int(sys.argv[1]), *sys.argv[2:]
stack = np.load(path, mmap_mode="r")
tokens = stack.shape[-1]
sums = []
for head in stack.reshape(-1, tokens, tokens):
    distances = 1 - np.maximum(head, head.T)
    np.fill_diagonal(distances, 0)
    bars = ripser(distances, distance_matrix=True, maxdim=dimension)["dgms"][dimension]
    bars = bars[np.isfinite(bars[:, 1])].astype(np.float64)
    sums.append((bars[:, 1] - bars[:, 0]).sum())
np.save(out, np.array(sums)[:, None])

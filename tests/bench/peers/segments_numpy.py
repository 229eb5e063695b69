"""segments_numpy.py whole FILE OUT PARTS

What `attngraph segments` says of so many parts of equal length, by NumPy: mass and density of every
pair, head by head.
"""

import sys

import numpy as np

how, path, out, parts = sys.argv[1:]
assert how == "whole"
stack = np.load(path, mmap_mode="r")
tokens = stack.shape[-1]
edges = np.arange(0, tokens, tokens // int(parts))
answers = []
for head in stack.reshape(-1, tokens, tokens):
    sums = np.add.reduceat(np.add.reduceat(head.astype(np.float64), edges, axis=1), edges, axis=0)
    size = tokens // int(parts)
    answers.append(np.stack([sums.ravel() / size, sums.ravel() / size**2], axis=1))
np.save(out, np.concatenate(answers))

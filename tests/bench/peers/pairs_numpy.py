"""pairs_numpy.py whole FILE OUT

The scores of the 100 best pairs of every head, as `attngraph pairs` gives them, by NumPy.
"""

import sys

import numpy as np

how, path, out = sys.argv[1:]
assert how == "whole"
stack = np.load(path, mmap_mode="r")
tokens = stack.shape[-1]
upper = np.triu_indices(tokens, 1)
answers = []
for head in stack.reshape(-1, tokens, tokens):
    f = head.astype(np.float64)
    f = f + f.T
    f -= f.sum(-1, keepdims=True) * f.sum(-2, keepdims=True) / f.sum()
    scores = f[upper]
    best = np.partition(scores, len(scores) - 100)[-100:]
    answers.append(np.sort(best)[::-1])
np.save(out, np.concatenate(answers)[:, None])

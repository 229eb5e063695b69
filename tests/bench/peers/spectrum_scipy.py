"""spectrum_scipy.py whole FILE OUT

Second and largest eigenvalue of the normalized Laplacian, effective rank, spectral gap, Kemeny's
constant, entropy rate and mixing time of every head, as `attngraph spectrum` gives them, by SciPy.
"""

import sys

import numpy as np
from scipy import linalg


def mixed(power, end):
    return np.abs(power - end).sum(axis=1).max() / 2 <= .25


def mixing_time(p, end):
    powers = [p]
    while not mixed(powers[-1], end):
        powers.append(powers[-1] @ powers[-1])
    reached, steps = np.eye(len(p)), 0
    for k in reversed(range(len(powers) - 1)):
        following = reached @ powers[k]
        if not mixed(following, end):
            reached, steps = following, steps + 2 ** k
    return steps + 1


def numbers(a):
    s = (a + a.T) / 2
    scale = 1 / np.sqrt(s.sum(axis=1))
    values = linalg.eigvalsh(np.eye(len(a)) - scale[:, None] * s * scale)
    sigma = linalg.svdvals(a)
    shares = sigma / sigma.sum()
    p = a / a.sum(axis=1, keepdims=True)
    modes = linalg.eigvals(p)
    modes = np.delete(modes, np.abs(modes - 1).argmin())
    system = np.vstack([(p.T - np.eye(len(p)))[1:], np.ones(len(p))])
    end = linalg.solve(system, np.append(np.zeros(len(p) - 1), 1))
    mixing_time(p, end)
    return [values[1], values[-1], np.exp(-(shares * np.log(shares)).sum()),
            1 - np.abs(modes).max(), (1 / (1 - modes)).sum().real,
            -(end * (p * np.log(p)).sum(axis=1)).sum()]


how, path, out = sys.argv[1:]
assert how == "whole"
stack = np.load(path, mmap_mode="r")
tokens = stack.shape[-1]
np.save(out, [numbers(head.astype(np.float64)) for head in stack.reshape(-1, tokens, tokens)])

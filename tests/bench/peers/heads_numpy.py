"""heads_numpy.py whole FILE OUT | inside FILE RUNS

What `attngraph heads` says, by NumPy and SciPy, for attention that is not causal. One row for each
head: entropy, entropy_normalized, support, max_weight, distance, self, previous, next, first,
backward, forward, sink_token, sink_mass.
"""

import sys

import numpy as np
from scipy.special import entr
from timing import say, timed


def statistics(weights):
    n = weights.shape[0]
    weights = weights.astype(np.float64)
    place = np.arange(n)
    entropy = entr(weights).sum(axis=1)
    distance = (weights * np.abs(place[:, None] - place[None, :])).sum(axis=1)
    backward = np.tril(weights, -1).sum(axis=1)
    forward = np.triu(weights, 1).sum(axis=1)
    received = weights.mean(axis=0)
    sink = received.argmax()
    return [
        entropy.mean(), (entropy / np.log(n)).mean(), np.exp(entropy).mean(),
        weights.max(axis=1).mean(), distance.mean(), weights.diagonal().mean(),
        weights.diagonal(-1).mean(), weights.diagonal(1).mean(), weights[:, 0].mean(),
        backward.mean(), forward.mean(), sink, received[sink],
    ]


def heads(stack):
    return np.array([statistics(head) for layer in stack for head in layer])


how, path, last = sys.argv[1:]
if how == "whole":
    np.save(last, heads(np.load(path, mmap_mode="r")))
else:
    loaded = np.load(path)
    say(timed(lambda: heads(loaded), int(last)))

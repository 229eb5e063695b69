"""rollout_numpy.py whole FILE OUT | inside FILE RUNS: rollout, heads averaged, residual 0.5."""

import sys

import numpy as np
from timing import say, timed


def rollout(attention):
    product = None
    for layer in attention:
        step = layer.mean(axis=0)
        step *= 0.5 / step.sum(axis=1, keepdims=True)
        step[np.diag_indices_from(step)] += 0.5
        product = step if product is None else step @ product
    return product


how, path, last = sys.argv[1:]
if how == "whole":
    np.save(last, rollout(np.load(path)))
else:
    loaded = np.load(path)
    say(timed(lambda: rollout(loaded), int(last)))

"""rollout_torch.py whole FILE OUT | inside FILE RUNS: rollout, heads averaged, residual 0.5."""

import sys

import numpy as np
import torch
from timing import say, timed


def rollout(attention):
    product = None
    for layer in attention:
        step = layer.mean(dim=0)
        step *= 0.5 / step.sum(dim=1, keepdim=True)
        step.diagonal().add_(0.5)
        product = step if product is None else step @ product
    return product


how, path, last = sys.argv[1:]
with torch.inference_mode():
    loaded = torch.from_numpy(np.load(path))
    if how == "whole":
        np.save(last, rollout(loaded).numpy())
    else:
        say(timed(lambda: rollout(loaded), int(last)))

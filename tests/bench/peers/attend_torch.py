"""attend_torch.py whole Q K V WEIGHTS OUTPUT | plain Q K V RUNS | buffers Q K V RUNS

softmax(Q K^T / sqrt d) V with the weights kept: as it is usually written (plain), or into memory
that is used again (buffers), which saves the kernel's work of giving fresh pages.
"""

import math
import sys

import numpy as np
import torch
from timing import say, timed


def attend(query, key, value):
    scale = 1 / math.sqrt(query.shape[-1])
    weights = torch.softmax(query @ key.transpose(-2, -1) * scale, dim=-1)
    return weights, weights @ value


def attend_into(scores, weights, output, query, key, value):
    torch.bmm(query / math.sqrt(query.shape[-1]), key.transpose(-2, -1), out=scores)
    torch.softmax(scores, dim=-1, out=weights)
    torch.bmm(weights, value, out=output)


how, *files = sys.argv[1:]
with torch.inference_mode():
    query, key, value = (torch.from_numpy(np.load(name)) for name in files[:3])
    if how == "whole":
        weights, output = attend(query, key, value)
        np.save(files[3], weights.numpy())
        # attngraph writes heads side by side: [token, head * width].
        np.save(files[4], output.permute(1, 0, 2).reshape(query.shape[1], -1).numpy())
    elif how == "plain":
        say(timed(lambda: attend(query, key, value), int(files[3])))
    else:
        shape = (query.shape[0], query.shape[1], key.shape[1])
        buffers = torch.empty(shape), torch.empty(shape), torch.empty_like(query)
        say(timed(lambda: attend_into(*buffers, query, key, value), int(files[3])))

"""top_graph_torch.py softmax|scores whole Q K TOP OUT | ... inside Q K TOP RUNS

The TOP largest weights of every query, 1,024 rows at a time: of the softmax (softmax), or of the
scores, with a softmax of these only (scores), which spares one pass over the row.
"""

import math
import sys

import numpy as np
import torch
from timing import say, timed

CHUNK = 1024


def of_softmax(scores, top):
    return torch.softmax(scores, dim=-1).topk(top, dim=-1)


def of_scores(scores, top):
    values, keys = scores.topk(top, dim=-1)
    return torch.exp(values - torch.logsumexp(scores, dim=-1, keepdim=True)), keys


def top_graph(query, key, top, largest):
    query = query / math.sqrt(query.shape[-1])
    chunks = [largest(part @ key.T, top) for part in query.split(CHUNK)]
    return torch.cat([chunk[0] for chunk in chunks]), torch.cat([chunk[1] for chunk in chunks])


order, how, query_file, key_file, top, last = sys.argv[1:]
largest = of_softmax if order == "softmax" else of_scores
with torch.inference_mode():
    query, key = (torch.from_numpy(np.load(name)) for name in (query_file, key_file))
    if how == "whole":
        weights, keys = top_graph(query, key, int(top), largest)
        np.savez(last, weight=weights.numpy(), key=keys.numpy())
    else:
        say(timed(lambda: top_graph(query, key, int(top), largest), int(last)))

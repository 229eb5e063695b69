"""What the centrality scripts of all peers read."""

import numpy as np


def heads_of(path):
    """[head of any layer, query, key]"""
    stack = np.load(path, mmap_mode="r")
    return stack.reshape(-1, *stack.shape[-2:])


def head_edges(matrix, metric):
    """Source, target and weight of every edge; for metrics of paths -log weight, no loops."""
    source, target = np.nonzero(matrix)
    weight = matrix[source, target].astype(np.float64)
    if metric == "pagerank":
        return source, target, weight
    paths = source != target
    length = np.maximum(-np.log(np.minimum(weight[paths], 1)), 1e-8)
    return source[paths], target[paths], length

"""The layered graph of attention flow, for every peer."""

import numpy as np


def layered_edges(path):
    """(tokens, layers, edges [edge, 2], capacity [edge]); node = layer * tokens + token. Heads are
    averaged, the residual connection has one half."""
    stack = np.load(path).astype(np.float64)
    layers, _, tokens, _ = stack.shape
    edges, capacity = [], []
    for layer in range(layers):
        step = stack[layer].mean(axis=0)
        step = 0.5 * step / step.sum(axis=1, keepdims=True) + 0.5 * np.eye(tokens)
        query, key = np.nonzero(step)
        edges.append(np.stack([(layer + 1) * tokens + query, layer * tokens + key], axis=1))
        capacity.append(step[query, key])
    return tokens, layers, np.concatenate(edges), np.concatenate(capacity)

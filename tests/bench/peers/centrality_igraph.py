"""centrality_igraph.py whole METRIC FILE OUT | inside METRIC FILE HEADS

python-igraph over every head, or over the first HEADS of them and the rest extrapolated.
"""

import sys
import time

import igraph
import numpy as np
from centrality_input import head_edges, heads_of
from timing import say


def value(graph, weights, metric):
    if metric == "pagerank":
        return graph.pagerank(damping=0.85, weights=weights)
    n = graph.vcount()
    if metric == "betweenness":
        return [b / ((n - 1) * (n - 2)) for b in graph.betweenness(weights=weights)]
    return graph.closeness(mode="in", weights=weights)


how, metric, path, last = sys.argv[1:]
heads = heads_of(path)
measured = heads if how == "whole" else heads[: int(last)]
answers, seconds = [], 0.0
for matrix in measured:
    source, target, weight = head_edges(matrix, metric)
    graph = igraph.Graph(n=len(matrix), edges=np.stack([source, target], axis=1), directed=True)
    weights = weight.tolist()
    start = time.perf_counter()
    answers.append(value(graph, weights, metric))
    seconds += time.perf_counter() - start
if how == "whole":
    np.save(last, np.array(answers))
else:
    note = f"{len(measured)} of {len(heads)} heads" if len(measured) < len(heads) else ""
    say([seconds], len(measured) / len(heads), note)

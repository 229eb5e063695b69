"""centrality_networkit.py inside METRIC FILE HEADS: NetworKit over the first HEADS heads."""

import sys
import time

import networkit
from centrality_input import head_edges, heads_of
from timing import say

_, metric, path, count = sys.argv[1:]
heads = heads_of(path)
measured = heads[: int(count)]
seconds = 0.0
for matrix in measured:
    source, target, weight = head_edges(matrix, metric)
    if metric == "closeness":
        source, target = target, source
    graph = networkit.GraphFromCoo((weight, (source, target)), n=len(matrix), weighted=True,
                                   directed=True)
    start = time.perf_counter()
    if metric == "pagerank":
        networkit.centrality.PageRank(graph, 0.85, 1e-12).run()
    elif metric == "betweenness":
        networkit.centrality.Betweenness(graph).run()
    else:
        kind = networkit.centrality.ClosenessVariant.GENERALIZED
        networkit.centrality.Closeness(graph, True, kind).run()
    seconds += time.perf_counter() - start
note = f"{len(measured)} of {len(heads)} heads" if len(measured) < len(heads) else ""
say([seconds], len(measured) / len(heads), note)

"""centrality_graph_tool.py inside METRIC FILE HEADS: graph-tool over the first HEADS heads."""

import sys
import time

import numpy as np
from centrality_input import head_edges, heads_of
from graph_tool import Graph, centrality
from timing import say

_, metric, path, count = sys.argv[1:]
heads = heads_of(path)
measured = heads[: int(count)]
seconds = 0.0
for matrix in measured:
    source, target, weight = head_edges(matrix, metric)
    if metric == "closeness":
        source, target = target, source
    graph = Graph(directed=True)
    graph.add_vertex(len(matrix))
    weights = graph.new_edge_property("double")
    graph.add_edge_list(np.column_stack([source, target, weight]), eprops=[weights])
    start = time.perf_counter()
    if metric == "pagerank":
        centrality.pagerank(graph, damping=0.85, weight=weights, epsilon=1e-12)
    elif metric == "betweenness":
        centrality.betweenness(graph, weight=weights)
    else:
        centrality.closeness(graph, weight=weights)
    seconds += time.perf_counter() - start
note = f"{len(measured)} of {len(heads)} heads" if len(measured) < len(heads) else ""
say([seconds], len(measured) / len(heads), note)

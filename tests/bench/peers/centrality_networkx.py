"""centrality_networkx.py inside METRIC FILE SOURCES: networkx on one head, the rest extrapolated;
betweenness from, closeness of, SOURCES nodes only, as its cost is in proportion to them."""

import sys
import time

import networkx
from centrality_input import head_edges, heads_of
from timing import say

_, metric, path, sources = sys.argv[1:]
heads = heads_of(path)
source, target, weight = head_edges(heads[0], metric)
graph = networkx.DiGraph()
graph.add_weighted_edges_from(zip(source.tolist(), target.tolist(), weight.tolist()))
nodes = len(graph)
count = min(int(sources), nodes)
networkx.pagerank(networkx.path_graph(2))  # imports SciPy
start = time.perf_counter()
if metric == "pagerank":
    networkx.pagerank(graph, alpha=0.85, tol=1e-12 / nodes)
    count = nodes
elif metric == "betweenness":
    networkx.betweenness_centrality(graph, k=count, weight="weight", seed=1)
else:
    turned = graph.reverse()
    start = time.perf_counter()
    for node in range(count):
        networkx.single_source_dijkstra_path_length(turned, node, weight="weight")
seconds = time.perf_counter() - start
what = f"1 of {len(heads)} heads"
if count < nodes:
    what += f", {count} of {nodes} nodes"
say([seconds], count / nodes / len(heads), what)

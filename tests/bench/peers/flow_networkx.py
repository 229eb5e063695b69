"""flow_networkx.py inside FILE OUTPUT_TOKEN|all PAIRS: as flow_igraph.py, by networkx."""

import sys
import time

import networkx
from flow_input import layered_edges
from timing import say

_, path, output, count = sys.argv[1:]
tokens, layers, edges, capacity = layered_edges(path)
graph = networkx.DiGraph()
for (source, target), limit in zip(edges.tolist(), capacity.tolist()):
    graph.add_edge(source, target, capacity=limit)
outputs = range(tokens) if output == "all" else [int(output)]
pairs = [(layers * tokens + o, i) for o in outputs for i in range(tokens)]
total, count = len(pairs), min(int(count), len(pairs))
start = time.perf_counter()
for index in range(count):
    source, sink = pairs[index * total // count]
    networkx.maximum_flow_value(graph, source, sink)
say([time.perf_counter() - start], count / total, f"{count} of {total} pairs")

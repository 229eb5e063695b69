"""flow_igraph.py whole FILE OUTPUT_TOKEN OUT | inside FILE OUTPUT_TOKEN|all PAIRS

Maximum flow from one output to every input (or from all), pair by pair; inside, PAIRS of them,
spread over all, are measured and the rest extrapolated.
"""

import sys
import time

import igraph
import numpy as np
from flow_input import layered_edges
from timing import say

how, path, output, last = sys.argv[1:]
tokens, layers, edges, capacity = layered_edges(path)
graph = igraph.Graph(n=(layers + 1) * tokens, edges=edges, directed=True)
capacity = capacity.tolist()
outputs = range(tokens) if output == "all" else [int(output)]
pairs = [(layers * tokens + o, i) for o in outputs for i in range(tokens)]
total = len(pairs)
if how == "inside":
    count = min(int(last), total)
    pairs = [pairs[i * total // count] for i in range(count)]
start = time.perf_counter()
values = [graph.maxflow_value(source, sink, capacity=capacity) for source, sink in pairs]
seconds = time.perf_counter() - start
if how == "whole":
    np.save(last, np.array(values))
else:
    note = f"{len(pairs)} of {total} pairs" if len(pairs) < total else ""
    say([seconds], len(pairs) / total, note)

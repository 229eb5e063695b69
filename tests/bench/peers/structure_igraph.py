"""structure_igraph.py inside FILE HEADS

python-igraph on what it has of the numbers of `attngraph structure`: components, reciprocity, cores,
PageRank and Leiden's communities, which are of A + Aᵀ there, from one start. The first HEADS are
measured and the rest extrapolated.
"""

import sys
import time

import igraph
import numpy as np
from centrality_input import heads_of
from timing import say

_, path, count = sys.argv[1:]
heads = heads_of(path)
measured = heads[: int(count)]
seconds = 0.0
for head in measured:
    weights = head.astype(np.float64)
    np.fill_diagonal(weights, 0)
    counts = np.argwhere((weights * len(weights) > 1 + 1e-6))
    edges = igraph.Graph(n=len(weights), edges=counts, directed=True)
    both = igraph.Graph.Weighted_Adjacency(weights + weights.T, mode="undirected")
    places = np.argwhere(weights > 0)
    whole = igraph.Graph(n=len(weights), edges=places, directed=True)
    of_edges = weights[places[:, 0], places[:, 1]].tolist()
    start = time.perf_counter()
    edges.connected_components("weak")
    edges.connected_components("strong")
    edges.reciprocity()
    edges.coreness("all")
    whole.pagerank(damping=0.85, weights=of_edges)
    both.community_leiden("modularity", weights="weight", n_iterations=-1)
    seconds += time.perf_counter() - start
note = f"{len(measured)} of {len(heads)} heads" if len(measured) < len(heads) else ""
say([seconds], len(measured) / len(heads), note)

"""structure_networkx.py inside FILE NODES | whole FILE OUT

networkx on the numbers of `attngraph structure`: components, reciprocity, clustering, Louvain's
communities. `inside` measures one head, weighted clustering of NODES of its nodes, and extrapolates;
`whole` writes reciprocity and both clusterings of every head.
"""

import sys
import time

import networkx as nx
import numpy as np
from centrality_input import heads_of
from timing import say


def graphs(head):
    """The edges above an equal share, and all weights, without loops."""
    weights = head.astype(np.float64)
    counts = weights * len(weights) > 1 + 1e-6
    np.fill_diagonal(weights, 0)
    np.fill_diagonal(counts, False)
    return tuple(nx.from_numpy_array(w, create_using=nx.DiGraph) for w in (counts * 1.0, weights))


def mean(values):
    return float(np.mean(list(values)))


def clustering(graph, nodes=None):
    found = nx.clustering(graph, nodes=nodes, weight="weight")
    return mean(found.values())


how, path, last = sys.argv[1:]
heads = heads_of(path)
if how == "whole":
    rows = []
    for head in heads:
        edges, weights = graphs(head)
        rows.append([nx.overall_reciprocity(edges), mean(nx.clustering(edges).values()),
                     clustering(weights)])
    np.save(last, np.array(rows))
    sys.exit()
edges, weights = graphs(heads[0])
count = min(int(last), len(weights))
start = time.perf_counter()
nx.number_weakly_connected_components(edges)
nx.number_strongly_connected_components(edges)
nx.overall_reciprocity(edges)
nx.clustering(edges)
nx.community.louvain_communities(weights, seed=1)
fixed = time.perf_counter() - start
start = time.perf_counter()
clustering(weights, range(count))
part = (time.perf_counter() - start) * len(weights) / count
note = f"1 of {len(heads)} heads" + (f", {count} of {len(weights)} nodes" if count < len(weights) else "")
say([fixed + part], 1 / len(heads), note)

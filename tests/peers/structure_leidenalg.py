"""structure_leidenalg.py PROGRAM

The largest directed modularity that leidenalg finds from 20 seeds for every head, and networkx'
clustering of directed weighted graphs. Of one head also the partitions that networkx' Louvain and
igraph's Leiden find, which knows no direction: neither is the best.
"""

import random

import igraph
import leidenalg
import networkx as nx
import numpy as np

from peer import ROOT, Peer

STACKS = ["data/minilm/cats/attention.npy", "data/small/gpt/attention.npy"]
# Heads of the first stack where no seed of leidenalg's finds what attngraph finds.
FOUND_BY_NONE = {(2, 10), (5, 4)}


def without_loops(head):
    weights = head.astype(float)
    np.fill_diagonal(weights, 0)
    return weights


def modularity(weights):
    sources, targets = np.nonzero(weights)
    graph = igraph.Graph(len(weights), list(zip(sources.tolist(), targets.tolist())), directed=True)
    found = [leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition,
                                      weights=weights[sources, targets].tolist(), n_iterations=-1,
                                      seed=seed).quality() for seed in range(20)]
    return max(found)


def digraph(weights):
    return nx.from_numpy_array(weights, create_using=nx.DiGraph)


def clustering(weights):
    return np.mean(list(nx.clustering(digraph(weights), weight="weight").values()))


def of_louvain(graph):
    found = [nx.community.louvain_communities(graph, seed=seed) for seed in range(20)]
    return max(nx.community.modularity(graph, groups) for groups in found)


def of_undirected_leiden(weights):
    both = igraph.Graph.Weighted_Adjacency(weights + weights.T, mode="undirected")
    random.seed(1)
    found = [list(both.community_leiden("modularity", weights="weight", n_iterations=-1))
             for _ in range(20)]
    return max(nx.community.modularity(digraph(weights), groups) for groups in found)


def main():
    peer = Peer()
    for path in STACKS:
        stack = np.load(ROOT / path)
        for place in np.ndindex(stack.shape[:2]):
            weights, row = without_loops(stack[place]), "layer={} head={}".format(*place)
            missed = path == STACKS[0] and place in FOUND_BY_NONE
            peer.number(f"structure {path}", row, "modularity", modularity(weights),
                        differs="a larger one is there, which none of its 20 seeds finds" * missed)
            peer.number(f"structure {path}", row, "clustering_weighted", clustering(weights))
    weights = without_loops(np.load(ROOT / STACKS[0])[2, 5])
    ask = f"structure {STACKS[0]}", "layer=2 head=5", "modularity"
    peer.number(*ask, of_louvain(digraph(weights)), differs="Louvain's best of 20 is no optimum")
    peer.number(*ask, of_undirected_leiden(weights), differs="igraph's Leiden is undirected")
    peer.finish()


if __name__ == "__main__":
    main()

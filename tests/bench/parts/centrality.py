"""PageRank, betweenness and closeness of dense attention graphs."""

import os

from programs import DEBIAN_PYTHON
from section import Section, times

LETTER, TITLE = "e", "Centrality"
METRICS = ("pagerank", "betweenness", "closeness")
GOALS = {"pagerank": 30, "betweenness": 15, "closeness": 15}


def stack_name(stack):
    """`12x12x256` of a file's name."""
    return os.path.splitext(os.path.basename(stack))[0].split("-")[-1]


def contest(bench, section, metric, stack, heads):
    """One metric over all heads of a stack; (whole, inside) by contestant. `heads` are measured of
    peers that take long."""
    ask = [bench.attngraph, "centrality", "--metric", metric, stack, "-o",
           bench.out(metric + ".csv")]
    section.command(*ask)
    commands = {"attngraph": ask, "attngraph --jobs 1": [*ask, "--jobs", "1"]}
    if metric == "pagerank":
        commands["python-igraph"] = bench.peer("centrality_igraph", "whole", metric, stack,
                                               bench.out("igraph.npy"))
    whole = bench.watch.whole(commands, runs=3)
    sources = 4 if bench.quick else 16
    graph_tool = bench.peer("centrality_graph_tool", "inside", metric, stack, heads,
                            python=DEBIAN_PYTHON)
    contestants = {
        "attngraph": bench.kernel(metric, stack, 3),
        "attngraph --jobs 1": bench.kernel(metric, stack, 3, threads=1),
        "python-igraph": bench.peer("centrality_igraph", "inside", metric, stack, heads),
        "graph-tool": graph_tool if bench.programs.graph_tool else [],
        "NetworKit": bench.peer("centrality_networkit", "inside", metric, stack, heads),
        "networkx": bench.peer("centrality_networkx", "inside", metric, stack, sources),
    }
    if metric == "pagerank":
        contestants["NumPy"] = bench.peer("pagerank_numpy", "inside", stack, heads)
    inside = bench.inside(contestants)
    section.contest("attngraph", whole, inside)
    bench.say_profile(section, ask, f" ({metric}, {stack_name(stack)})")
    return whole, inside


def check(bench, section, metric):
    """A single head, attngraph beside python-igraph."""
    stack = bench.attention(1, 1, 64)
    bench.watch.whole({
        "attngraph": [bench.attngraph, "centrality", "--metric", metric, stack, "-o",
                      bench.out("one.csv")],
        "igraph": bench.peer("centrality_igraph", "whole", metric, stack, bench.out("one.npy")),
    }, runs=1)
    section.check(f"{metric} of attngraph and python-igraph",
                  bench.difference(f"columns:{metric}", bench.out("one.csv"), bench.out("one.npy")))


def run(bench):
    small, large = (64, 128) if bench.quick else (256, 512)
    section = Section(LETTER, TITLE, (
        "All heads of a dense float32 stack; metrics of paths with distance -log w. In-process "
        "figures of peers leave out making the graph, those of attngraph take in making it from "
        "the matrix. Peers that take long are measured on a few heads, networkx also from a few "
        "nodes, and extrapolated (~)."))
    for layers, tokens in ((12, small), (1, large)):
        stack = bench.attention(layers, 12, tokens)
        for metric in METRICS:
            section.blocks.append(f"**{metric}, {layers} x 12 heads, {tokens} tokens**")
            heads = 12 if metric == "pagerank" else 2
            whole, inside = contest(bench, section, metric, stack, heads)
            at = f"{metric}, {tokens} tokens"
            section.at_least(f"{at}, python-igraph in-process",
                             times(inside["python-igraph"], inside["attngraph"]), GOALS[metric])
            if metric == "pagerank":
                section.at_least(f"{at}, NumPy in-process",
                                 times(inside["NumPy"], inside["attngraph"]), 4)
            if metric != "pagerank":
                section.at_least(f"{at}, networkx",
                                 times(inside["networkx"], inside["attngraph"]), 500)
            section.two_cores(f"{at}, ", whole, inside)
    for metric in METRICS:
        check(bench, section, metric)
    return section

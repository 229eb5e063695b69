"""How long it takes to begin: the smallest questions there are."""

from section import Section

LETTER, TITLE = "a", "Start"


def run(bench):
    section = Section(LETTER, TITLE, (
        "The smallest questions: what remains is starting the program and loading its libraries. "
        "Peers do the same centrality of the same 12 tokens."))
    small = bench.attention(1, 1, 12)
    ask = [bench.attngraph, "centrality", "--metric", "pagerank", small, "--csv"]
    section.command(*ask)
    python = bench.programs.python
    commands = {
        "attngraph --version": [bench.attngraph, "--version"],
        "attngraph centrality": ask,
        "Python, nothing": [python, "-c", "pass"],
        "Python, import numpy": [python, "-c", "import numpy"],
        "Python, import torch": [python, "-c", "import torch"],
        "python-igraph": bench.peer("centrality_igraph", "whole", "pagerank", small,
                                    bench.out("igraph.npy")),
        "networkx": bench.peer("centrality_networkx", "inside", "pagerank", small, 12),
    }
    whole = bench.watch.whole(commands, runs=5 if bench.quick else 15)
    section.contest("attngraph centrality", whole)
    for name in ("attngraph --version", "attngraph centrality"):
        median = whole[name].median
        section.goal(f"{name}: under 15 ms", median, median is not None and median < 0.015,
                     median and f"{median * 1e3:.1f} ms")
    return section

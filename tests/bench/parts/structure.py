"""How the graphs of heads are built."""

from section import Section

LETTER, TITLE = "p", "How the graphs of heads are built"


def run(bench):
    tokens, heads = (64, 2) if bench.quick else (256, 12)
    stack = bench.attention(1, heads, tokens)
    section = Section(LETTER, TITLE, (
        f"{heads} heads of {tokens} x {tokens} float32: components, reciprocity, clustering, cores, "
        "communities. attngraph looks for communities from 32 starts, Louvain's in networkx and "
        "Leiden's in igraph (of A + Aᵀ) from one; igraph has no directed clustering. In-process "
        "figures of peers leave out making the graph."))
    ask = [bench.attngraph, "structure", stack, "-o", bench.out("structure.csv")]
    section.command(*ask)
    whole = bench.watch.whole({"attngraph": ask, "attngraph --jobs 1": [*ask, "--jobs", "1"]},
                              runs=3)
    inside = bench.inside({
        "networkx": bench.peer("structure_networkx", "inside", stack, 4 if bench.quick else 16),
        "python-igraph": bench.peer("structure_igraph", "inside", stack, 2),
    })
    section.contest("attngraph", whole, inside)
    bench.say_profile(section, ask)
    check(bench, section)
    return section


def check(bench, section):
    stack = bench.attention(1, 1, 64)
    bench.watch.whole({
        "attngraph": [bench.attngraph, "structure", stack, "-o", bench.out("one.csv")],
        "networkx": bench.peer("structure_networkx", "whole", stack, bench.out("one.npy")),
    }, runs=1)
    section.check("reciprocity and both clusterings of attngraph and networkx",
                  bench.difference("columns:reciprocity,clustering,clustering_weighted",
                                   bench.out("one.csv"), bench.out("one.npy")))

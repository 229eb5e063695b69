"""Attention flow: maximum flow from outputs to inputs through all layers."""

from section import Section, times

LETTER, TITLE = "f", "Attention flow"


def contest(bench, section, stack, output, pairs):
    """`output` is a token, or `all`. The igraph loop runs over `pairs` of them."""
    ask = [bench.attngraph, "flow", stack, "-o", bench.out("flow.csv")]
    if output != "all":
        ask[3:3] = ["--target", str(output)]
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
    }, runs=3)
    inside = bench.inside({
        "attngraph": bench.kernel("flow", stack, output, 3),
        "attngraph --jobs 1": bench.kernel("flow", stack, output, 3, threads=1),
        "python-igraph": bench.peer("flow_igraph", "inside", stack, output, pairs),
        "networkx": bench.peer("flow_networkx", "inside", stack, output, 2),
    })
    section.contest("attngraph", whole, inside)
    size = stack.rsplit("x", 1)[-1].removesuffix(".npy")
    what = "all pairs" if output == "all" else "one output"
    bench.say_profile(section, ask, f" ({size} tokens, {what})")
    return whole, inside


def run(bench):
    one, all_pairs = (32, 16) if bench.quick else (128, 64)
    section = Section(LETTER, TITLE, (
        "12 layers, 12 heads averaged, residual 0.5. python-igraph and networkx run one maximum "
        "flow for each pair; the graph is made beforehand. Pairs that are measured are spread over "
        "all, the rest is extrapolated (~)."))
    cases = [(one, one - 1, 128), (all_pairs, "all", 256), (one, "all", 64)]
    for tokens, output, pairs in cases:
        stack = bench.attention(12, 12, tokens)
        what = "all pairs" if output == "all" else "one output"
        section.blocks.append(f"**12 layers x {tokens} tokens, {what}**")
        whole, inside = contest(bench, section, stack, output, pairs)
        section.at_least(f"{tokens} tokens, {what}, igraph loop",
                         times(inside["python-igraph"], inside["attngraph"]), 30)
        section.two_cores(f"{tokens} tokens, {what}, ", whole, inside)
    section.why(f"{one} tokens, one output, two", "reading, checking and averaging the heads before the first "
                "flow, and waiting for the last one, are a larger part of so short a work.")
    check(bench, section, bench.attention(12, 12, 16))
    return section


def check(bench, section, stack):
    """One output of a small stack, attngraph beside python-igraph."""
    bench.watch.whole({
        "attngraph": [bench.attngraph, "flow", "--target", "5", stack, "-o", bench.out("one.csv")],
        "igraph": bench.peer("flow_igraph", "whole", stack, 5, bench.out("one.npy")),
    }, runs=1)
    section.check("flows of attngraph and python-igraph",
                  bench.difference("columns:flow", bench.out("one.csv"), bench.out("one.npy")))

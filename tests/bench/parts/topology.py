"""What shape appears as weaker edges are let in."""

from section import Section, times

LETTER, TITLE = "q", "The shape of heads"


def parts_of_tokens(bench, section):
    tokens = 128 if bench.quick else 512
    stack = bench.attention(12, 12, tokens)
    ask = [bench.attngraph, "topology", stack, "--normalize", "none", "-o", bench.out("shape.csv")]
    section.blocks.append(f"**H0 of 12 x 12 heads of {tokens} x {tokens} float32**")
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "ripser": bench.peer("topology_ripser", "0", stack, bench.out("shape.npy")),
    })
    section.contest("attngraph", whole)
    bench.say_profile(section, ask, " (H0)")
    section.at_least("H0, whole process, ripser", times(whole["ripser"], whole["attngraph"]), 1)
    section.check("sum of the bars of attngraph and ripser",
                  bench.difference("columns:h0_sum", bench.out("shape.csv"),
                                   bench.out("shape.npy")))


def loops(bench, section):
    tokens = 32 if bench.quick else 128
    stack = bench.attention(2, 4, tokens)
    ask = [bench.attngraph, "topology", stack, "--normalize", "none", "--dimension", "1", "-o",
           bench.out("loops.csv")]
    section.blocks.append(f"**H1 of 2 x 4 heads of {tokens} x {tokens} float32**")
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "ripser": bench.peer("topology_ripser", "1", stack, bench.out("loops.npy")),
    })
    section.contest("attngraph", whole)
    bench.say_profile(section, ask, " (H1)")
    section.at_least("H1, whole process, ripser", times(whole["ripser"], whole["attngraph"]), 1)
    section.check("sum of the bars of attngraph and ripser",
                  bench.difference("columns:h1_sum", bench.out("loops.csv"),
                                   bench.out("loops.npy")))


def run(bench):
    section = Section(LETTER, TITLE, (
        "Bars of the Vietoris-Rips complex of 1 - max(A, Aᵀ): parts of the tokens (H0) by a "
        "spanning tree, loops (H1) by GUDHI on collapsed edges. ripser computes in float32."))
    parts_of_tokens(bench, section)
    loops(bench, section)
    return section

"""How much parts of the text attend to each other."""

from section import Section, times

LETTER, TITLE = "k", "What the parts of a text give each other"


def run(bench):
    tokens, parts = (128 if bench.quick else 512), 16
    stack = bench.attention(12, 12, tokens)
    size = tokens // parts
    named = ",".join(f"{i * size}-{(i + 1) * size - 1}" for i in range(parts))
    section = Section(LETTER, TITLE, (
        f"12 x 12 heads of {tokens} x {tokens} float32 in {parts} segments: mass and density of every "
        "pair. NumPy sums the same blocks with add.reduceat, in double."))
    ask = [bench.attngraph, "segments", stack, "--segments", named, "-o", bench.out("segments.csv")]
    section.command(*ask[:3], "--segments", "0-31,32-63,…")
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "NumPy": bench.peer("segments_numpy", "whole", stack, bench.out("segments.npy"), parts),
    })
    section.contest("attngraph", whole)
    bench.say_profile(section, ask)
    section.at_least("whole process, NumPy", times(whole["NumPy"], whole["attngraph"]), 1)
    section.check("masses and densities of attngraph and NumPy",
                  bench.difference("columns:mass,density", bench.out("segments.csv"),
                                   bench.out("segments.npy")))
    return section

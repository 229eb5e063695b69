"""Which pairs of tokens stand out."""

from section import Section, times

LETTER, TITLE = "l", "Pairs of tokens that stand out"


def run(bench):
    tokens = 128 if bench.quick else 512
    stack = bench.attention(12, 12, tokens)
    section = Section(LETTER, TITLE, (
        f"12 x 12 heads of {tokens} x {tokens} float32: both directions, average product correction, the "
        "100 best pairs of each head. NumPy does the same with the two lines of ESM, in double."))
    ask = [bench.attngraph, "pairs", stack, "--normalize", "none", "-o", bench.out("pairs.csv")]
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "NumPy": bench.peer("pairs_numpy", "whole", stack, bench.out("pairs.npy")),
    })
    section.contest("attngraph", whole)
    bench.say_profile(section, ask)
    section.at_least("whole process, NumPy", times(whole["NumPy"], whole["attngraph"]), 1)
    section.check("scores of attngraph and NumPy",
                  bench.difference("columns:score", bench.out("pairs.csv"),
                                   bench.out("pairs.npy")))
    return section

"""Which keys a cache could forget."""

from section import Section, times

LETTER, TITLE = "m", "What a cache could forget"


def run(bench):
    tokens = 128 if bench.quick else 512
    stack = bench.input("causal", bench.attention(12, 12, tokens), ".npy")
    section = Section(LETTER, TITLE, (
        f"12 x 12 heads of {tokens} x {tokens} causal float32: what H2O, the mean, TOVA, the "
        "recent keys, a random choice and the best set keep of the second half's attention with a "
        "quarter of the first. NumPy does the same, in double."))
    ask = [bench.attngraph, "evict", stack, "--causal", "yes", "--budget", "0.25", "--policy",
           "h2o,mean,tova,recent,random,oracle", "-o", bench.out("evict.csv")]
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "NumPy": bench.peer("evict_numpy", "whole", stack, bench.out("evict.npy")),
    })
    section.contest("attngraph", whole)
    bench.say_profile(section, ask)
    section.at_least("whole process, NumPy", times(whole["NumPy"], whole["attngraph"]), 1)
    section.check("kept mass of attngraph and NumPy",
                  bench.difference("columns:kept", bench.out("evict.csv"),
                                   bench.out("evict.npy")))
    return section

"""Statistics of every head."""

from section import Section, times

LETTER, TITLE = "g", "What each head does"
COLUMNS = ("entropy,entropy_normalized,support,max_weight,distance,self,previous,next,first,"
           "backward,forward,sink_token,sink_mass")


def run(bench):
    tokens = 128 if bench.quick else 512
    stack = bench.attention(12, 12, tokens)
    section = Section(LETTER, TITLE, (
        f"12 x 12 heads of {tokens} x {tokens} float32. NumPy with SciPy computes the same "
        "columns. The limit is a C++ loop that reads the mapped file and takes one logarithm "
        "(std::log in double) of every weight, on all cores."))
    ask = [bench.attngraph, "heads", stack, "-o", bench.out("heads.csv")]
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "NumPy, SciPy": bench.peer("heads_numpy", "whole", stack, bench.out("numpy.npy")),
    })
    inside = bench.inside({
        "attngraph": bench.kernel("heads", stack, bench.runs),
        "attngraph --jobs 1": bench.kernel("heads", stack, bench.runs, threads=1),
        "NumPy, SciPy": bench.peer("heads_numpy", "inside", stack, 3),
        "NumPy, float32 log alone": bench.peer("readers", "log", stack, bench.runs),
    })
    for threads in (1, bench.cores):
        inside[f"reading and one log, threads: {threads}"] = bench.limit("log", stack, threads)
    section.contest("attngraph", whole, inside)
    bench.say_profile(section, ask)
    bench.say_speed(section, inside["attngraph"], stack)
    section.at_least("whole process, NumPy and SciPy",
                     times(whole["NumPy, SciPy"], whole["attngraph"]), 5)
    bound = inside[f"reading and one log, threads: {bench.cores}"]
    section.at_least("in-process, a float32 logarithm of NumPy alone",
                     times(inside["NumPy, float32 log alone"], inside["attngraph"]), 2)
    section.at_most("in-process, reading and one logarithm", times(inside["attngraph"], bound), 1.5)
    section.check("all columns of attngraph and NumPy",
                  bench.difference(f"columns:{COLUMNS}", bench.out("heads.csv"),
                                   bench.out("numpy.npy")))
    return section

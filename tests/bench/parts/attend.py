"""Attention weights and output of several heads."""

from section import Section, times

LETTER, TITLE = "c", "Attention of queries, keys and values"


def run(bench):
    tokens = 512 if bench.quick else 2048
    heads, width = 12, 64
    files = [bench.scores(heads, tokens, width, seed) for seed in (1, 2, 3)]
    section = Section(LETTER, TITLE, (
        f"{heads} heads, {tokens:,} tokens, width {width}, float32; the weights of every head are "
        "kept (and written, whole process), and the output. PyTorch with buffers uses the same "
        "memory again for every run, as attngraph's in-process figure does."))
    ask = [bench.attngraph, "attend", "--query", files[0], "--key", files[1], "--value", files[2],
           "-o", bench.out("weights.npy"), "--features-out", bench.out("output.npy")]
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "PyTorch": bench.peer("attend_torch", "whole", *files, bench.out("torch-weights.npy"),
                              bench.out("torch-output.npy")),
    })
    buffers = bench.peer("attend_torch", "buffers", *files, bench.runs)
    inside = bench.inside({
        "attngraph": bench.kernel("attend", *files, bench.runs),
        "attngraph --jobs 1": bench.kernel("attend", *files, bench.runs, threads=1),
        "PyTorch": bench.peer("attend_torch", "plain", *files, bench.runs),
        "PyTorch with buffers": buffers,
        "PyTorch with buffers, 1 thread": ["env", "OMP_NUM_THREADS=1", *buffers],
    })
    section.contest("attngraph", whole, inside)
    bench.say_profile(section, ask)
    bench.say_rate(section, inside["attngraph"], 4 * heads * tokens**2 * width)
    for name in ("PyTorch", "PyTorch with buffers"):
        section.at_least(f"in-process, {name}", times(inside[name], inside["attngraph"]), 1.3)
    section.two_cores("", whole, inside)
    section.why("in-process, PyTorch with buffers", "PyTorch's products run at the peak as ours do, "
                "and both write every weight to memory; what is saved is reading them again for the "
                "softmax and for the product with the values.")
    for what, kind in (("weights", "arrays"), ("output", "signed")):
        section.check(f"{what} of attngraph and PyTorch",
                      bench.difference(kind, bench.out(f"{what}.npy"),
                                       bench.out(f"torch-{what}.npy")))
    return section

"""The strongest edges of a long context, straight from queries and keys."""

from section import Section, bytes_text, times

LETTER, TITLE = "d", "Top-16 graph of a long context"


def above(measured, base):
    """Peak memory above that of the interpreter with its imports."""
    return max(measured.peak - base.peak, 1)


def run(bench):
    tokens, width, top = 4096 if bench.quick else 32768, 64, 16
    files = [bench.scores(0, tokens, width, seed) for seed in (4, 5)]
    section = Section(LETTER, TITLE, (
        f"The {top} largest weights of each of {tokens:,} queries over as many keys, width "
        f"{width}, float32. attngraph writes CSV; PyTorch goes through the scores 1,024 rows at a "
        "time and saves arrays, once by softmax, then topk, once by topk of the scores with "
        "logsumexp. Memory of PyTorch is the peak above that of the interpreter with its imports; "
        "of attngraph, all of it."))
    ask = [bench.attngraph, "attend", "--query", files[0], "--key", files[1], "--top-k", str(top),
           "-o", bench.out("top.csv")]
    section.command(*ask)

    def torch(order, how, last):
        return bench.peer("top_graph_torch", order, how, *files, top, last)

    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "PyTorch": torch("softmax", "whole", bench.out("softmax.npz")),
        "PyTorch by scores": torch("scores", "whole", bench.out("scores.npz")),
    }, runs=3)
    imports = [bench.programs.python, "-c", "import numpy, torch"]
    base = bench.watch.whole({"imports": imports}, runs=3)
    for name in ("PyTorch", "PyTorch by scores"):
        whole[name].peak = above(whole[name], base["imports"])
    inside = bench.inside({
        "attngraph": bench.kernel("top_graph", *files, top, 3),
        "attngraph --jobs 1": bench.kernel("top_graph", *files, top, 3, threads=1),
        "PyTorch": torch("softmax", "inside", 3),
        "PyTorch by scores": torch("scores", "inside", 3),
    })
    section.contest("attngraph", whole, inside)
    bench.say_profile(section, ask)
    bench.say_rate(section, inside["attngraph"], 2 * tokens**2 * width)
    for name in ("PyTorch", "PyTorch by scores"):
        section.at_least(f"whole process, {name}", times(whole[name], whole["attngraph"]), 7)
    share_of_peak(bench, section, inside["attngraph"], 2 * tokens**2 * width)
    section.why("in-process: the products", "a score goes through an exponential of some 14 "
                "instructions for 16 of them, beside 64 multiply-adds, and through the search for the "
                "best: with the products at their peak that alone leaves about two thirds of it.")
    section.why("whole process, PyTorch", "the products, which PyTorch has at the peak, are half of "
                "the time (below); PyTorch's other half is what the tiles save.")
    memory(section, whole)
    section.two_cores("", whole, inside)
    section.check("weights of attngraph and PyTorch",
                  bench.difference("top", bench.out("top.csv"), bench.out("softmax.npz")))
    return section


def share_of_peak(bench, section, measured, operations):
    """The products beside as many multiply-adds that stay in registers, on all cores."""
    peak = bench.watch.number([bench.programs.limits, "fma32", str(bench.cores)])
    share = measured.median and peak and operations / measured.median / peak
    section.goal("in-process: the products at 70 % of the peak", share, share and share >= 0.7,
                 share and f"{share:.0%}")


def memory(section, whole):
    text = "memory: at most a quarter of PyTorch's above its imports"
    ours, theirs = whole["attngraph"], whole["PyTorch"]
    if ours.median is None or theirs.median is None:
        section.goal(text, None, False)
        return
    section.goal(text, ours.peak, 4 * ours.peak <= theirs.peak,
                 f"{bytes_text(ours.peak)} of {bytes_text(theirs.peak)}")

"""Attention rollout of a whole stack."""

from measure import Measured
from section import Section, times

LETTER, TITLE = "b", "Rollout"


def least_possible(bench, stack, layers, tokens):
    """What adding up the mapped file and the products at the machine's peak take on all cores."""
    reading = bench.limit("sum", stack, bench.cores)
    peak = bench.watch.number([bench.programs.limits, "fma32", str(bench.cores)])
    if not reading.median or not peak:
        return Measured(failure="not available")
    return Measured([reading.median + 2 * (layers - 1) * tokens**3 / peak])


def run(bench):
    tokens = 128 if bench.quick else 512
    stack = bench.attention(12, 12, tokens)
    section = Section(LETTER, TITLE, (
        f"float32 attention of 12 layers x 12 heads x {tokens} x {tokens} from an .npy file, heads "
        "averaged, residual 0.5, the answer as .npy. In-process: the file is in memory already."))
    ask = [bench.attngraph, "rollout", stack, "-o", bench.out("rollout.npy")]
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "NumPy": bench.peer("rollout_numpy", "whole", stack, bench.out("numpy.npy")),
        "PyTorch": bench.peer("rollout_torch", "whole", stack, bench.out("torch.npy")),
    })
    inside = bench.inside({
        "attngraph": bench.kernel("rollout", stack, bench.runs),
        "attngraph --jobs 1": bench.kernel("rollout", stack, bench.runs, threads=1),
        "NumPy": bench.peer("rollout_numpy", "inside", stack, bench.runs),
        "PyTorch": bench.peer("rollout_torch", "inside", stack, bench.runs),
    })
    limit = least_possible(bench, stack, 12, tokens)
    inside["reading once and the products"] = limit
    section.contest("attngraph", whole, inside)
    bench.say_profile(section, ask)
    bench.say_speed(section, inside["attngraph"], stack)
    section.at_least("whole process, NumPy", times(whole["NumPy"], whole["attngraph"]), 5)
    section.at_least("in-process, NumPy", times(inside["NumPy"], inside["attngraph"]), 1.15)
    section.at_most("in-process, reading once and the products",
                    times(inside["attngraph"], limit), 1.25)
    section.why("whole process, NumPy", "one reading of the file and the products at the machine's "
                "peak, the limit above, with the start of the program (part a), the pages of the "
                "mapping that the kernel puts in place and a look at every weight before anything "
                "is computed leave no room for five times.")
    section.why("in-process, NumPy", "NumPy's sum of heads reads the file once, too, and its products "
                "run at the peak: both programs stand at the limit of one reading and the products.")
    for name, file in (("NumPy", "numpy.npy"), ("PyTorch", "torch.npy")):
        section.check(f"attngraph and {name}",
                      bench.difference("arrays", bench.out("rollout.npy"), bench.out(file)))
    return section

"""How well heads are connected and how fast they mix."""

from section import Section, times

LETTER, TITLE = "o", "Spectra of heads"


def run(bench):
    tokens = 64 if bench.quick else 256
    stack = bench.attention(4, 4, tokens)
    section = Section(LETTER, TITLE, (
        f"4 x 4 heads of {tokens} x {tokens} float32: Laplacian, singular values and walk of each. SciPy "
        "does the same in double; PyTorch only the Laplacian, as spectral_trust has it, all heads at "
        "once in float32."))
    ask = [bench.attngraph, "spectrum", stack, "--normalize", "none", "-o",
           bench.out("spectrum.csv")]
    section.command(*ask)
    whole = bench.watch.whole({
        "attngraph": ask,
        "attngraph --jobs 1": [*ask, "--jobs", "1"],
        "SciPy": bench.peer("spectrum_scipy", "whole", stack, bench.out("spectrum.npy")),
        "PyTorch, the Laplacian alone": bench.peer("spectrum_torch", "whole", stack,
                                                   bench.out("laplacian.npy")),
    })
    section.contest("attngraph", whole)
    bench.say_profile(section, ask)
    section.at_least("whole process, SciPy", times(whole["SciPy"], whole["attngraph"]), 1)
    section.check("numbers of attngraph and SciPy",
                  bench.difference("columns:fiedler,largest,effective_rank,gap,kemeny,entropy_rate",
                                   bench.out("spectrum.csv"), bench.out("spectrum.npy")))
    section.check("Laplacian of attngraph and PyTorch",
                  bench.difference("columns:fiedler,largest", bench.out("spectrum.csv"),
                                   bench.out("laplacian.npy")))
    return section

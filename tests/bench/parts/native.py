"""The packaged program against one that is built for this processor alone."""

import os
import subprocess

from section import Section, ratio_text, seconds_text

LETTER, TITLE = "j", "The portable build"


def native_kernels(bench):
    """attngraph_kernels compiled with -march=native, beside the build folder; empty where it does
    not build."""
    root = os.path.join(os.path.dirname(__file__), "..", "..", "..")
    folder = bench.programs.build + "-native"
    for command in (
            ["cmake", "-G", "Ninja", "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache", "-S", root, "-B",
             folder, "-DATTNGRAPH_TESTS=OFF", "-DCMAKE_CXX_FLAGS=-march=native"],
            ["cmake", "--build", folder, "--target", "attngraph_kernels"]):
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return ""
    return os.path.join(folder, "attngraph_kernels")


def run(bench):
    section = Section(LETTER, TITLE, (
        "In-process times of the program as it is packaged, which chooses its kernels when it "
        "runs, beside one compiled with `-march=native`; the best of several runs each, in turn."))
    native = native_kernels(bench)
    small = bench.quick
    stack = bench.attention(12, 12, 128 if small else 512)
    heads = bench.attention(1, 12, 128 if small else 512)
    scores = [bench.scores(12, 512 if small else 2048, 64, seed) for seed in (1, 2, 3)]
    long = [bench.scores(0, 4096 if small else 32768, 64, seed) for seed in (4, 5)]
    cases = {
        "rollout": ["rollout", stack], "attend": ["attend", *scores],
        "top-16 graph": ["top_graph", *long, 16], "heads": ["heads", stack],
        "pagerank": ["pagerank", heads], "betweenness": ["betweenness", heads],
        "flow of one output": ["flow", bench.attention(12, 12, 128), 5],
    }
    rows = []
    for what, arguments in cases.items():
        portable = bench.kernel(*arguments, 3)
        best = {"portable": [], "native": []}
        for _ in range(3):
            for name, command in (("portable", portable), ("native", [native, *portable[1:]])):
                best[name] += bench.watch.inside(command if native else []).seconds
        if not best["portable"] or not best["native"]:
            section.goal(f"{what}: within 10 % of a native build", None, False)
            continue
        ours, theirs = min(best["portable"]), min(best["native"])
        rows.append([what, seconds_text(ours), seconds_text(theirs), ratio_text(ours / theirs)])
        section.goal(f"{what}: within 10 % of a native build", ours / theirs, ours <= 1.1 * theirs)
    section.table(["", "portable", "native", "portable to native"], rows)
    return section

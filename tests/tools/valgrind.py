"""Runs one golden run of every command, and some of inputs of every kind, under valgrind: the answer is the
one the file shows, and valgrind finds no error and nothing definitely lost, in workers neither.

valgrind shows programs a processor with AVX2 at the most, so the kernels for that run here; AddressSanitizer
(`make sanitize-all`) has those for AVX-512. What libraries do that is no mistake stands in valgrind.supp with its reason.

usage: valgrind.py PROGRAM [NAME of a golden run ...]   (in the root of the project)
"""

import pathlib
import shlex
import subprocess
import sys
import tempfile

RUNS = pathlib.Path("tests/cli")
ALSO = ["chart_compare", "error_cut_npy", "error_graphml", "error_pickle", "error_ragged_json", "gat_isolated", "graph_from_edges",
        "graph_graphml", "heads_of_torch", "inspect_generate", "inspect_members", "layers_dot", "several_tables", "topology_bars"]
FOUND = 99
VALGRIND = ["valgrind", "--quiet", f"--error-exitcode={FOUND}", "--leak-check=full", "--show-leak-kinds=definite",
            "--errors-for-leak-kinds=definite", "--suppressions=tests/tools/valgrind.supp"]


def chosen():
    commands = {path.stem for path in pathlib.Path("app/commands").glob("*.cpp")}
    return sorted({path.stem for path in RUNS.glob("*.txt") if path.stem in commands} | set(ALSO))


def seen(program, words, log):
    done = subprocess.run([*VALGRIND, f"--log-file={log}/%p", program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    told = "\n".join(path.read_text(errors="replace") for path in pathlib.Path(log).iterdir()).strip()
    status = f"[status {done.returncode}]\n" if done.returncode not in (0, FOUND) else ""
    return done.stderr + done.stdout + status, told


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    names, wrong = sys.argv[2:] or chosen(), 0
    for name in names:
        line, _, expected = (RUNS / f"{name}.txt").read_text(encoding="utf-8").partition("\n")
        with tempfile.TemporaryDirectory() as log:
            shown, told = seen(program, shlex.split(line)[2:], log)
        if told or shown != expected:
            wrong += 1
            print(f"WRONG {name}: {line}\n{told or shown}", flush=True)
    print(f"valgrind: {len(names)} runs, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

"""Under limits of the system the program answers, or says which limit it met: it never hangs, dies
or leaves half a file.

Little address space, a full disk, a limit on the size of files, few descriptors, no process more,
closed standard streams, a device without end.

usage: limits.py PROGRAM
"""

import os
import shutil
import subprocess
import sys
import tempfile

from running import Bench, check, ended, report


def run(bench, line, statuses, limit="true"):
    """A command line in a shell under a limit. @returns its errors and the files it left"""
    bench.clear()
    process = subprocess.Popen(["sh", "-c", f"{limit}; exec {bench.program} {line}"], cwd=bench.folder,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    what = f"{line} ({limit})"
    status, _, err = ended(process, what)
    files = bench.outputs()
    loader = any(text in err for text in ("error while loading shared libraries", "cannot open shared object",
                                          "cannot allocate TLS data structures"))
    if not loader:  # what the loader does not get is told by itself
        check(status in statuses, what, f"status {status} {err}")
        check(status == 0 or "attngraph: " in err or "2>&-" in line, what, f"no text: {err}")
        check(not [name for name in files if name.count(".") > 1], what, f"temporaries {sorted(files)}")
        check(status in (0, 1) or not files, what, f"status {status} and {sorted(files)}")
    return err, files


# KiB of address space: from less than the libraries take when they are loaded.
SPACES = [*range(60000, 130000, 5000), 150000, 200000, 400000]


def little_memory(bench):
    for space in SPACES:
        for question in ("heads", "centrality --metric all", "compare --cluster 2", "flow --target 0"):
            run(bench, f"{question} large.npy -j 2 -o out/x.csv", [0, 5], f"ulimit -v {space}")
    for space in SPACES[::4]:
        run(bench, "heads in/1.npy in/2.npy -j 2 -o 'out/{stem}.csv'", [0, 1, 4, 5], f"ulimit -v {space}")


def little_data(bench):
    for space in (5000, 10000, 20000, 60000, 100000, 140000, 300000):
        for line in ("--version", "heads large.npy -o out/x.csv", "spectrum large.npy -o out/x.csv",
                     "heads in/1.npy in/2.npy -j 2 -o 'out/{stem}.csv'"):
            run(bench, line, [0, 1, 5] if "in/1" in line else [0, 5], f"ulimit -d {space}")


def starts(bench, space):
    """Whether the loader has room enough to load everything: glibc's ends with 127, or crashes by itself."""
    done = subprocess.run(["sh", "-c", f"ulimit -v {space}; exec {bench.program} --version"], capture_output=True)
    return done.returncode in (0, 5)


def just_enough_to_start(bench):
    """Steps of 100 KiB from where the loader is satisfied: constructors of libraries, then our first memory."""
    least, most = SPACES[0], 400000
    while most - least > 100:
        middle = (least + most) // 2
        least, most = (least, middle) if starts(bench, middle) else (middle, most)
    for space in range(most, most + 3000, 100):
        for line in ("heads large.npy -q -o out/x.csv", "spectrum large.npy -q -j 2", "--version",
                     "heads in/1.npy in/2.npy -j 2 -q --csv"):
            run(bench, line, [0, 1, 5] if "in/1" in line else [0, 5], f"ulimit -v {space}")


def closed_streams(bench):
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        for line in ("heads large.npy --csv", "heads large.npy -o out/h.csv", "heads - --csv", "--help"):
            writes = "-o" not in line and ">&-" in closed.replace("2>&-", "")
            _, files = run(bench, f"{line} {closed}", [3, 4] if writes else [0, 3, 4])
            check(not files or files["h.csv"].startswith(b"layer,head"), line, "another text in the file")


def full_disks(bench):
    for line in ("heads large.npy --csv >/dev/full", "heads large.npy -o /dev/full", "--help >/dev/full",
                 "help heads >/dev/full", "--version >/dev/full", "completion bash >/dev/full"):
        err, _ = run(bench, line, [4])
        check("cannot be written: No space left on device" in err, line, err)
    for line in ("graph large.npy --top-k all -o out/g.csv", "rollout large.npy -o out/r.npy",
                 "graph large.npy in/1.npy -j 2 --top-k all -o out/g.csv"):
        err, _ = run(bench, line, [4], "ulimit -f 8")
        check("cannot be written: File too large" in err, line, err)
    err, _ = run(bench, "heatmap large.npy -o out/h.png", [4], "ulimit -f 8")
    check("large.npy: a temporary file cannot be written: File too large" in err, "a picture", err)


def few_descriptors(bench):
    for count in range(3, 14):
        for line in ("heads large.npy -o out/h.csv", "heads in/1.npy in/2.npy --jobs 2 -o 'out/{stem}.csv'",
                     "heatmap large.npy --layer 0 --head 0 -o out/h.png"):
            run(bench, line, [0, 1, 4], f"ulimit -n {count}")
    inputs = " ".join(bench.inputs)
    for count, jobs in ((10, 8), (20, 32), (40, 64)):  # some workers can be started, not all
        run(bench, f"heads {inputs} --csv -q -j {jobs}", [4], f"ulimit -n {count}")


def no_more_processes(bench):
    """Root may make as many as it likes, so this asks as another user."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "prlimit", "--nproc=1"]
    done = subprocess.run([*nobody, bench.program, "--version"], capture_output=True, text=True, check=False)
    if "ermission denied" not in done.stderr:  # a checkout that others may not read
        check(done.returncode == 0 and done.stderr == "", "no more processes", f"{done.returncode} {done.stderr}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sys.argv[1], folder)
        little_memory(bench)
        little_data(bench)
        just_enough_to_start(bench)
        closed_streams(bench)
        full_disks(bench)
        few_descriptors(bench)
        no_more_processes(bench)
        for line in ("inspect /dev/zero", "heads large.npy --tokens /dev/zero", "heads --files-from /dev/zero",
                     "segments large.npy --segments /dev/zero", "pairs large.npy --gold /dev/zero",
                     "heads large.npy --tokens /dev/urandom"):
            run(bench, line, [3])
    report()


main()

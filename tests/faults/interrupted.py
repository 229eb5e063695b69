"""Work that is ended from outside, and inputs that change under it, at random moments (seeded).

- SIGINT, SIGTERM: status 128 + n; SIGPIPE: quietly; SIGKILL; then nothing half stands under a final
  name, and no temporary but after SIGKILL; run again, the bytes are those of a run without a fault
- an input that is cut off or rewritten while it is read: status 4 (1 of several), the text names it
- a worker that is killed: its inputs are reported, the others answered

usage: interrupted.py PROGRAM [ROUNDS]
"""

import collections
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from running import LONGEST, Bench, check, ended, is_temporary, report


WORK = [
    ["centrality", "large.npy", "--metric", "betweenness,pagerank", "-o", "out/c.csv"],
    ["graph", "large.npy", "--top-k", "all", "-o", "out/g.csv"],
    ["rollout", "large.npy", "-o", "out/r.npy"],
    ["centrality", "INPUTS", "--jobs", "2", "--metric", "betweenness", "-o", "out/{stem}.csv"],
    ["centrality", "INPUTS", "--jobs", "1", "--metric", "betweenness", "-o", "out/all.json"],
]


def with_inputs(bench, words):
    return [w for word in words for w in (bench.inputs if word == "INPUTS" else [word])]


def stopped_by_signals(bench, rounds):
    for line in WORK:
        words = with_inputs(bench, line)
        bench.clear()
        begin = time.monotonic()
        status, _, err = ended(bench.start(words), "plain")
        took = time.monotonic() - begin
        check(status == 0, f"{line[0]}: plain", err)
        plain = bench.outputs()
        for turn in range(rounds):
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
                what = f"{' '.join(line)}: {number.name} {turn}"
                bench.clear()
                process = bench.start(words, start_new_session=True)
                time.sleep(bench.random.uniform(0, took))
                try:
                    os.kill(process.pid, number)
                except ProcessLookupError:
                    pass
                status, _, err = ended(process, what)
                # Ctrl-C before main has its handlers, or after the last of the work.
                check(status in (0, -number, 128 + number), what, f"status {status} {err}")
                left = bench.outputs()
                for name, content in left.items():
                    if is_temporary(name, plain):
                        check(number == signal.SIGKILL, what, f"leaves {name}")
                    else:
                        check(content == plain.get(name), what, f"half of {name}")
                status, _, err = ended(bench.start(words), what)
                again = {n: c for n, c in bench.outputs().items() if not is_temporary(n, plain)}
                check(status == 0 and again == plain, what, f"run again: {status} {err}")


def pipe_that_ends(bench):
    process = bench.start(["graph", "large.npy", "--top-k", "all", "--csv", "-q"])
    process.stdout.read(1000)
    process.stdout.close()
    status, err = process.wait(LONGEST), process.stderr.read()
    check(status == -signal.SIGPIPE and err == b"", "SIGPIPE", f"{status} {err}")


def temporaries_of_other_signals(bench):
    """Signals by which schedulers and terminals end work leave no temporary; nor does a note that nobody reads."""
    words = ["graph", "large.npy", "--top-k", "all", "-o", "out/g.csv"]
    for number in (signal.SIGPIPE, signal.SIGQUIT, signal.SIGALRM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU):
        bench.clear()
        process = bench.start(words)
        while not bench.outputs() and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(number)
        status, _, err = ended(process, number.name)
        check(status in (0, -number), number.name, f"status {status} {err}")
        check(status == 0 or not bench.outputs(), number.name, f"leaves {sorted(bench.outputs())}")


def ends_by_one_signal(process, what):
    process.send_signal(signal.SIGTERM)
    try:
        status = process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        status = "none in five seconds"
    check(status in (143, -signal.SIGTERM), what, f"status {status}")


def nobody_reads(bench):
    """One signal ends work whose result nobody takes, in one process and in several."""
    for words in (["graph", "large.npy", "--top-k", "all", "--csv", "-q"],
                  ["graph", *bench.inputs, "--top-k", "all", "--csv", "-q", "-j", "1"],
                  ["graph", *bench.inputs, "--top-k", "all", "--csv", "-q", "-j", "3"]):
        reading, writing = os.pipe()
        process = bench.start(words, stdout=writing)
        os.close(writing)
        time.sleep(1)
        ends_by_one_signal(process, f"nobody reads {words[-1]}")
        os.close(reading)


def nobody_writes(bench):
    """One signal ends the wait for standard input, whatever reads it."""
    for words in (["heads"], ["heads", "in/0.npy", "--tokens", "-"], ["heads", "--files-from", "-"]):
        reading, writing = os.pipe()
        process = bench.start(words, stdin=reading)
        os.close(reading)
        time.sleep(0.5)
        ends_by_one_signal(process, f"nobody writes {' '.join(words)}")
        os.close(writing)


def ignored_signals(bench):
    """What is ignored when it starts, as by nohup, stays so."""
    process = bench.start(["graph", "large.npy", "--top-k", "all", "-o", "out/g.csv"],
                          preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    time.sleep(0.2)
    process.send_signal(signal.SIGHUP)
    status, _, err = ended(process, "nohup")
    check(status == 0, "nohup", f"status {status} {err}")


def changing_inputs(bench, rounds):
    whole = (bench.folder / "large.npy").read_bytes()
    victim = bench.folder / "victim.npy"
    single = ["centrality", "victim.npy", "--metric", "betweenness", "-o", "out/c.csv"]
    forked = [*single, "--engine", "igraph", "--jobs", "2"]
    several = ["centrality", *bench.inputs[:3], "victim.npy", *bench.inputs[3:6], "--metric", "betweenness",
               "-o", "out/{stem}.csv", "--jobs"]
    judged = collections.Counter()
    for turn in range(rounds):
        for change in ("cut", "rewritten"):
            for words in (single, forked, [*several, "1"], [*several, "2"]):
                alone = words in (single, forked)
                bench.clear()
                victim.write_bytes(whole)
                process = bench.start(words)
                while not opened(process, victim) and process.poll() is None:
                    time.sleep(0.001)
                time.sleep(bench.random.uniform(0, 0.05))
                late = process.poll() is not None or (bench.folder / "out/victim.csv").exists()
                judged[change] += not late
                if change == "cut":
                    os.truncate(victim, bench.random.randrange(len(whole)))
                else:
                    with open(victim, "r+b") as file:
                        file.seek(len(whole) // 2)
                        file.write(bytes(8))
                what = f"{change} {words[-1]} {turn}"
                status, _, err = ended(process, what)
                if late:
                    continue
                check(status == (4 if alone else 1), what, f"status {status} {err}")
                check("victim.npy" in err and "while it was read" in err, what, err)
                check("worker process" not in err, what, err)
                done = bench.outputs()
                check(len(done) == (0 if alone else 6), what, f"{sorted(done)} {err}")
    print(f"inputs changed in time: {dict(judged)}")
    check(min(judged[c] for c in ("cut", "rewritten")) > 0, "changing inputs", "all came too late")


def opened(process, path):
    """Whether it, or a worker of it, has the file mapped."""
    processes = [process.pid, *children(process.pid)]
    for one in processes:
        try:
            if str(path) in pathlib.Path(f"/proc/{one}/maps").read_text():
                return True
        except OSError:
            pass
    return False


def children(process):
    try:
        listed = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in listed.split()]


def killed_workers(bench, rounds):
    words = ["centrality", *bench.inputs, "--metric", "betweenness", "--jobs", "2", "-o", "out/{stem}.csv", "-q"]
    for turn in range(rounds):
        bench.clear()
        process = bench.start(words)
        while not children(process.pid) and process.poll() is None:
            time.sleep(0.001)
        time.sleep(bench.random.uniform(0, 0.1))
        workers = children(process.pid)
        if workers:
            os.kill(workers[0], signal.SIGKILL)
        status, _, err = ended(process, "killed worker")
        what = f"a worker killed {turn}"
        if not workers or status == 0:
            continue
        check(status == 1, what, f"status {status} {err}")
        reported = [i for i in bench.inputs if f"attngraph: {i}: its worker process was ended by signal 9" in err]
        done = {f"in/{name[:-4]}.npy" for name in bench.outputs() if name.endswith(".csv")}
        check(reported and set(bench.inputs) - done <= set(reported), what,
              f"{sorted(set(bench.inputs) - done - set(reported))} {err}")


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sys.argv[1], folder)
        stopped_by_signals(bench, rounds)
        pipe_that_ends(bench)
        temporaries_of_other_signals(bench)
        nobody_reads(bench)
        nobody_writes(bench)
        ignored_signals(bench)
        changing_inputs(bench, 3 * rounds)
        killed_workers(bench, 3 * rounds)
    report()


main()

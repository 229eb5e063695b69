"""Every system call of representative commands fails once, at each of its turns.

For each command below, each kind of call and each N, the N-th such call behind the begin of main
(and the N-th of every forked worker) fails with an error of its kind, by strace's injection. What
must hold then:
- the status is 0, 1, 4 or 5: no signal, no status of a bug, no mistake of the input;
- status 0: everything that was written is byte for byte what it is without a fault;
- else standard error has a text, and it names the file whose call failed;
- under a final name stands all of an answer or nothing; no temporary is left;
- it ends.

usage: inject.py PROGRAM [--sample N] [--only COMMAND] [--call CALL] [--verbose]
--sample: N faults of each command and call, spread evenly; else all of them
"""

import argparse
import collections
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST = 30  # seconds; a fault that takes longer is a hang

INPUTS = {
    "a.npy": "data/minilm/cats/attention.npy",
    "b.npy": "data/minilm/short/attention.npy",
    "c.npz": "data/minilm/cats/per_layer.npz",
    "qkv.safetensors": "data/minilm/cats/qkv.safetensors",
    "tokens.json": "data/minilm/cats/tokens.json",
    "t.csv": "tests/faults/edges.csv",
    "half.npy": "data/minilm/cats/attention_f16.npy",
    "short.safetensors": "data/minilm/short/qkv.safetensors",
    "gold.csv": "data/minilm/cats/coreference.csv",
    "gpt.npy": "data/small/gpt/attention.npy",
    **{f"karate-{name}.npy": f"data/small/karate/{name}.npy"
       for name in ("features", "adjacency", "weight", "attention_vector")},
    **{f"pool-{name}.npy": f"data/deck/14-pooling/{name}.npy" for name in ("x", "w1", "b1", "w2")},
    **{f"digits-{name}.npy": f"data/small/digits-spatial/{name}.npy" for name in ("x", "wq", "bq", "wk", "bk")},
}

# name, the words behind the program's name; what they write lies in out/. Every command is asked.
COMMANDS = [
    ("one input", "heads a.npy --csv"),
    ("labels", "centrality a.npy --tokens tokens.json --layer 0 --csv"),
    ("a file", "graph a.npy --layer 0 --head 0 -o out/g.csv"),
    ("npz to npy", "rollout c.npz -o out/r.npy"),
    ("edges, gzip", "sparsify t.csv --top-k 1 --edges -o out/e.csv.gz"),
    ("a picture", "heatmap a.npy --layer 0 --head 0 -o out/h.png"),
    ("two results", "attend --query qkv.safetensors:query --key qkv.safetensors:key"
     " --value qkv.safetensors:value --causal no -o out/w.npy --features-out out/f.npy"),
    ("a page", "view a.npy --tokens tokens.json -o out/v.html"),
    ("workers, joined", "heads a.npy b.npy c.npz --jobs 2 -o out/j.json"),
    ("workers, apart", "graph a.npy b.npy --layer 0 --head 0 --jobs 2 -o out/{stem}.svg"),
    ("in turn, apart", "graph a.npy b.npy --layer 0 --head 0 --jobs 1 -o out/{stem}.graphml"),
    ("igraph", "centrality a.npy --metric betweenness --engine igraph --layer 0 --jobs 2 -o out/c.csv"),
    ("stack", "flow a.npy --target 0 --jobs 2 -o out/x.json"),
    ("inspect", "inspect a.npy"),
    ("compare", "compare a.npy --against half.npy -o out/c.tsv"),
    ("evict", "evict gpt.npy --layer 1 --head 0 --budget 8 -o out/k.md"),
    ("gat", "gat --features karate-features.npy --adjacency karate-adjacency.npy --weight karate-weight.npy"
     " --attention karate-attention_vector.npy -o out/n.jsonl"),
    ("layers", "layers b.npy --top-k 1 -o out/l.dot"),
    ("maxflow", "maxflow a.npy --layer 0 --head 3 --source 1 --sink 5 --cut"),
    ("norms", "norms b.npy --layer 2 --value short.safetensors:value --csv"),
    ("pairs", "pairs a.npy --tokens tokens.json --drop-special --gold gold.csv --summary --csv"),
    ("paths", "paths a.npy --tokens tokens.json --from 2 --to 0 --count 3 -o out/p.jsonl"),
    ("pool", "pool --input pool-x.npy --w1 pool-w1.npy --b1 pool-b1.npy --w2 pool-w2.npy -o out/p.csv"),
    ("segments", "segments a.npy --segments cat:0-8,night:9-16 --layer 2 -o out/s.json"),
    ("spatial", "spatial --input digits-x.npy --wq digits-wq.npy --bq digits-bq.npy --wk digits-wk.npy"
     " --bk digits-bk.npy -o out/s.npy"),
    ("spectrum", "spectrum a.npy --layer 2 --eigenvalues -o out/s.svg"),
    ("structure", "structure a.npy --layer 2 --head 5 --members"),
    ("topology", "topology a.npy --layer 2 --dimension 1 -o out/t.csv"),
    ("explain", "explain entropy"),
    ("completion", "completion bash"),
]

# kind of call: the system calls of it, the errors they fail with
CALLS = {
    "open": ("open,openat", ["EMFILE", "EIO"]),
    "stat": ("stat,fstat,newfstatat,statx", ["EIO"]),
    "read": ("read,pread64", ["EIO"]),
    "write": ("write,pwrite64,writev", ["ENOSPC", "EIO"]),
    "mmap": ("mmap", ["ENOMEM"]),
    "fsync": ("fsync,fdatasync", ["EIO"]),
    "rename": ("rename,renameat,renameat2", ["EIO"]),
    "unlink": ("unlink,unlinkat", ["EIO"]),
    "chmod": ("fchmod,chmod", ["EPERM"]),
    "truncate": ("ftruncate,truncate,fallocate", ["EIO"]),
    "fork": ("fork,vfork,clone,clone3", ["EAGAIN"]),
    "pipe": ("pipe,pipe2", ["EMFILE"]),
    "poll": ("poll,ppoll", ["ENOMEM"]),
    "close": ("close", ["EIO"]),
    "wait": ("wait4,waitid", ["EINTR"]),
    "seek": ("lseek", ["EIO"]),
    "advise": ("madvise,fadvise64", ["EIO"]),
}

ENVIRONMENT = {
    **{k: v for k, v in os.environ.items() if not k.startswith(("SLURM", "LD_"))},
    "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8",
}


def whole_calls(log):
    """Lines of strace, with calls that another process interrupted put together again."""
    begun = {}
    for line in log.splitlines():
        process = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            begun[process] = line.removesuffix("<unfinished ...>")
        elif " resumed>" in line:
            yield begun.pop(process, "") + line.split(" resumed>", 1)[1]
        else:
            yield line


class Run:
    """One run of a command in a folder of its own."""

    def __init__(self, bench, words, injection=None):
        shutil.rmtree(bench.folder / "out", ignore_errors=True)
        (bench.folder / "out").mkdir()
        self.hung = False
        self.words = " ".join(words)
        log = bench.folder / "strace.log"
        log.unlink(missing_ok=True)
        with open(bench.folder / "stdout", "wb") as out, open(bench.folder / "stderr", "wb") as err:
            program = subprocess.Popen(
                [bench.program, *words], cwd=bench.folder, stdin=subprocess.DEVNULL, stdout=out,
                stderr=err, start_new_session=True,
                env={**ENVIRONMENT, "LD_PRELOAD": str(bench.preload)} if injection else ENVIRONMENT)
            self.process = program.pid
            tracer = self.traced(program, injection, log) if injection else None
            try:
                self.status = program.wait(LONGEST)
            except subprocess.TimeoutExpired:
                self.hung = True
                os.killpg(program.pid, signal.SIGKILL)
                self.status = program.wait()
            if tracer:
                try:
                    tracer.wait(5)
                except subprocess.TimeoutExpired:
                    self.hung = True
                    os.killpg(program.pid, signal.SIGKILL)
                    tracer.wait()
        self.stdout = (bench.folder / "stdout").read_bytes()
        self.stderr = (bench.folder / "stderr").read_text(errors="replace")
        self.files = {f.name: f.read_bytes() for f in sorted((bench.folder / "out").iterdir())}
        text = log.read_text(errors="replace") if log.exists() else ""
        self.injected = [line for line in whole_calls(text) if "(INJECTED)" in line]

    @staticmethod
    def traced(program, injection, log):
        while pathlib.Path(f"/proc/{program.pid}/stat").read_text().rsplit(")")[-1].split()[0] != "T":
            time.sleep(0.001)
        calls, error, turn = injection
        tracer = subprocess.Popen(
            ["strace", "-f", "-y", "-qqq", "-o", log, "-e", f"trace={calls}", "-e",
             f"inject={calls}:error={error}:when={turn}", "-p", str(program.pid)],
            stderr=subprocess.DEVNULL)
        status = pathlib.Path(f"/proc/{program.pid}/status")
        while "TracerPid:\t0\n" in status.read_text():
            time.sleep(0.001)
        os.kill(program.pid, signal.SIGCONT)
        return tracer


class Bench:
    def __init__(self, program, folder):
        self.program = str(pathlib.Path(program).resolve())
        self.folder = pathlib.Path(folder)
        for name, source in INPUTS.items():
            shutil.copy(ROOT / source, self.folder / name)
        self.preload = self.folder / "stop_before_main.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", self.preload,
                        ROOT / "tests/faults/stop_before_main.c", "-ldl"], check=True)


def file_of(line):
    """The file of the command whose call was made to fail, as errors name it; None where the call
    is about something that a user never named."""
    for name in INPUTS:
        if re.search(r"[/\"<]" + re.escape(name) + r"[\">]", line):
            return name
    found = re.search(r"[/\"<]out/([^\">]+)", line)
    if found:
        return re.sub(r"\.[A-Za-z0-9]{6}$", "", found[1])
    return None


# Where it cannot be helped: strace's close leaves the descriptor open, so a pipe has no end.
# The renderer of pictures is another program: what comes of its own faults is its own, as long as it
# tells us.
def is_excused(kind, run):
    if kind == "close" and any("<pipe:" in line for line in run.injected):
        return True
    return ".png" in run.words and not any(is_own(line, run.process) for line in run.injected)


def is_own(line, process):
    return line.split()[0] == str(process)


def faults_of(run, plain, kind):
    """What is wrong about a run with a fault."""
    if run.hung:
        yield "hangs"
        return
    if run.status < 0 or run.status not in (0, 1, 4, 5):
        yield f"status {run.status}"
    temporaries = [name for name in run.files if re.search(r"\.[A-Za-z0-9]{6}$", name)
                   and name not in plain.files]
    if temporaries and kind != "unlink":
        yield f"leaves {temporaries[0]}"
    for name, content in run.files.items():
        if name in temporaries:
            continue
        if name not in plain.files:
            yield f"makes {name}"
        elif content != plain.files[name] and run.status != 1:
            yield f"leaves another {name}"
    if run.status == 0:
        if run.stdout != plain.stdout:
            yield "status 0 with another standard output"
        if set(run.files) - set(temporaries) != set(plain.files):
            yield "status 0 without its output"
        return
    if kind == "write" and any(re.search(r"write\w*\(2<", line) for line in run.injected):
        return
    if "attngraph: " not in run.stderr:
        yield "no text"
        return
    if "{stem}" not in run.words and run.status != 1 and plain.files and run.files:
        yield "an output in spite of an error"
    names = {file_of(line) for line in run.injected} - {None}
    if names and not any(name in run.stderr for name in [*names, "rsvg-convert: "]):
        yield f"names not {sorted(names)[0]}"


def turns(count, sample):
    if not sample or count <= sample:
        return range(1, count + 1)
    return sorted({1 + i * (count - 1) // (sample - 1) for i in range(sample)}) if sample > 1 else [1 + count // 2]


def most_calls(bench, words, calls):
    """How many such calls the busiest process of the command makes, not counting the renderer."""
    run = Run(bench, words, (calls, "EIO", 65000))
    counts = collections.Counter(
        line.split()[0] for line in (bench.folder / "strace.log").read_text(errors="replace").splitlines()
        if re.match(r"\d+ +(?:%s)\(" % calls.replace(",", "|"), line)
        and (".png" not in run.words or is_own(line, run.process)))
    return max(counts.values(), default=0)


def sweep(bench, arguments):
    table = collections.defaultdict(collections.Counter)
    wrong = []
    for name, line in COMMANDS:
        if arguments.only and arguments.only not in name:
            continue
        words = line.split()
        plain = Run(bench, words)
        if plain.status != 0:
            sys.exit(f"{name}: status {plain.status} without any fault: {plain.stderr}")
        for kind, (calls, errors) in CALLS.items():
            if arguments.call and kind != arguments.call:
                continue
            for turn in turns(most_calls(bench, words, calls), arguments.sample):
                for error in errors if not arguments.sample else errors[turn % len(errors):][:1]:
                    run = Run(bench, words, (calls, error, turn))
                    if not run.injected:
                        continue
                    found = [] if is_excused(kind, run) else list(faults_of(run, plain, kind))
                    table[name, kind]["runs"] += 1
                    table[name, kind][run.status] += 1
                    table[name, kind]["wrong"] += bool(found)
                    if found:
                        wrong.append((name, kind, error, turn, found, run))
                    if found or arguments.verbose:
                        print(f"{name}: {kind} {turn} {error}: status {run.status}"
                              f" {', '.join(found)}\n    " + "\n    ".join(l[:200] for l in run.injected[:4]) + "\n    "
                              + run.stderr.strip()[:300].replace("\n", "\n    "), flush=True)
    return table, wrong


def show(table):
    statuses = sorted({s for row in table.values() for s in row if isinstance(s, int)})
    print(f"{'command':18}{'call':10}{'faults':>7}" + "".join(f"{'->' + str(s):>6}" for s in statuses)
          + f"{'wrong':>7}")
    for (name, kind), row in table.items():
        print(f"{name:18}{kind:10}{row['runs']:7}" + "".join(f"{row[s] or '':>6}" for s in statuses)
              + f"{row['wrong'] or '':>7}")
    total = sum(table.values(), collections.Counter())
    print(f"{'all':28}{total['runs']:7}" + "".join(f"{total[s] or '':>6}" for s in statuses)
          + f"{total['wrong'] or '':>7}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--only")
    parser.add_argument("--call", choices=CALLS)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    if not shutil.which("strace") or not shutil.which("cc"):
        print("strace or cc is missing")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        table, wrong = sweep(Bench(arguments.program, folder), arguments)
    show(table)
    sys.exit(1 if wrong else 0)


main()

"""Runs docs/examples with the real engines: GNU parallel (here and over ssh), Snakemake, Slurm.
What is not installed is said to be skipped; `make engines` installs it.

    python3 tests/packages/engines.py ATTNGRAPH
"""

import functools
import os
import shutil
import sys
import tempfile
from pathlib import Path

from checks import ROOT, check_all, environment, needs, until
from checks import run as run_for_long
from servers import last_words, needs_of_slurm, slurm, ssh

PROGRAM = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-engines-")
run = functools.partial(run_for_long, seconds=100)
ATTENTION = ROOT / "data/minilm/short/attention.npy"
COUNT = 12


def folder(name):
    """A folder with dumps, a list of them, and a folder for outputs; attngraph stands on PATH."""
    place = Path(SCRATCH.name, name)
    for sub in ("bin", "dumps", "out"):
        (place / sub).mkdir(parents=True)
    (place / "bin/attngraph").symlink_to(PROGRAM)
    dumps = [place / f"dumps/{i}.npy" for i in range(COUNT)]
    for dump in dumps:
        shutil.copy(ATTENTION, dump)
    (place / "inputs.txt").write_text("".join(f"dumps/{dump.name}\n" for dump in dumps))
    return place, environment(PATH=f"{place}/bin:{os.environ['PATH']}")


def outputs(place):
    return {path.name: path.read_bytes() for path in sorted((place / "out").iterdir())}


def expected():
    """What one run gives; made once."""
    place = Path(SCRATCH.name, "expected")
    if not place.exists():
        place, path = folder("expected")
        line = ["attngraph", "heads", "--files-from", "inputs.txt", "-q", "-o", "out/{stem}.csv"]
        run(*line, cwd=place, env=path)
    return outputs(place)


def document(language):
    """The first line of docs/cluster.md that begins so."""
    lines = (ROOT / "docs/cluster.md").read_text().replace("\\\n", "").splitlines()
    return next(line for line in lines if line.startswith(language))


def parallel_local():
    """GNU parallel on this machine; a failed job runs again with --resume-failed"""
    needs("parallel")
    place, path = folder("parallel")
    line = document("parallel --joblog")
    good = (place / "dumps/3.npy").read_bytes()
    (place / "dumps/3.npy").write_bytes(good[:200])
    run("sh", "-c", line, cwd=place, env=path, status=1)
    assert len(outputs(place)) == COUNT - 1
    (place / "dumps/3.npy").write_bytes(good)
    run("sh", "-c", line.replace("parallel", "parallel --resume-failed", 1), cwd=place, env=path)
    assert outputs(place) == expected()
    log = (place / "log.tsv").read_text().splitlines()
    assert len(log) == 1 + COUNT + 1, log


def parallel_ssh():
    """GNU parallel over ssh"""
    needs("parallel", "ssh", "sshd", "ssh-keygen")
    place, path = folder("ssh")
    with ssh(place / "server") as command:
        login = f"{command} 127.0.0.1"
        line = document("parallel --sshlogin").replace("node1,node2", f"'{login}'")
        line = line.replace("attngraph heads", f"{PROGRAM} heads")
        run("sh", "-c", line, cwd=place, env=path)
    assert outputs(place) == expected()


def snakemake():
    """Snakemake; one failing file stops no other, and is made when it is mended"""
    needs("snakemake")
    place, path = folder("snakemake")
    shutil.copy(ROOT / "docs/examples/Snakefile", place)
    good = (place / "dumps/3.npy").read_bytes()
    (place / "dumps/3.npy").write_bytes(good[:200])
    line = ["snakemake", "--cores", "2", "--keep-going", "--quiet"]
    path["HOME"] = str(place)
    run(*line, cwd=place, env=path, status=1)
    assert len(outputs(place)) == COUNT - 1
    assert "3.npy" in (place / "log/3.txt").read_text()
    (place / "dumps/3.npy").write_bytes(good)
    run(*line, cwd=place, env=path)
    assert outputs(place) == expected()


WAIT = """if [ "$SLURM_ARRAY_TASK_ID" = 1 ]; then
  touch waits
  while [ -e waits ] && [ ! -e killed ]; do sleep 1; done
fi
"""


def slurm_array():
    """a Slurm array; one task is killed and runs again"""
    needs("slurmctld", "slurmd", "sbatch", "munged")
    needs_of_slurm()
    place, path = folder("slurm")
    script = place / "heads.sbatch"
    # Task 1 waits, so that there is something to kill.
    text = (ROOT / "docs/examples/heads.sbatch").read_text().replace("0-9", "0-2")
    script.write_text(text.replace("set -eu\n", f"set -eu\n{WAIT}"))
    with slurm(place / "server", path) as command:

        def soon(what, true):
            if not until(true, 60):
                shown = command("squeue", status=None) + command("sinfo", status=None)
                raise AssertionError(f"waited 60 s for {what}\n{shown}{last_words(place / 'server')}")

        def states(job):
            line = ["squeue", "--noheader", "--states=all", f"--job={job}", "--format=%T"]
            return command(*line, status=None).split()

        job = command("sbatch", "--parsable", script, cwd=place).strip()
        soon("task 1 to run", (place / "waits").exists)
        soon("the other tasks to end", lambda: states(job).count("COMPLETED") == 2)
        assert len(outputs(place)) == COUNT - COUNT // 3
        command("scontrol", "requeue", f"{job}_1")
        soon("task 1 to be killed", lambda: "PENDING" in states(job))
        said = (place / f"slurm-{job}_1.out").read_text()
        assert "CANCELLED" in said and "REQUEUE" in said and "shard" not in said, said
        (place / "killed").touch()
        # Slurm puts it off for two minutes. A node refuses a task in the second in which it was killed, so a
        # later second it has to be.
        command("scontrol", "update", f"JobId={job}_1", "StartTime=now+2")
        soon("all tasks to end", lambda: states(job) == 3 * ["COMPLETED"])
        assert outputs(place) == expected()
        said = "".join(one.read_text() for one in place.glob("slurm-*.out"))
        assert "shard 2/3: Slurm's task 2 of 0 to 2" in said, said
        again = command("sbatch", "--parsable", script, cwd=place).strip()
        soon("the second array to end", lambda: states(again) == 3 * ["COMPLETED"])
        said = "".join(one.read_text() for one in place.glob(f"slurm-{again}_*.out"))
        assert said.count("4 of 4 inputs have their output already") == 3, said
    assert outputs(place) == expected()


check_all([parallel_local, parallel_ssh, snakemake, slurm_array])

"""Runs docs/examples with the real engines: GNU parallel (here and over ssh), Snakemake, Slurm.
What is not installed is said to be skipped; `make engines` installs it.

    python3 tests/packages/engines.py ATTNGRAPH
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from checks import ROOT, Skip, check_all, environment, needs, run, until
from servers import slurm, ssh

PROGRAM = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-engines-")
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


def slurm_array():
    """a Slurm array; one task is killed and runs again"""
    needs("slurmctld", "slurmd", "sbatch", "munged")
    if os.geteuid() != 0:
        raise Skip("slurmd needs root")
    place, path = folder("slurm")
    script = place / "heads.sbatch"
    # Task 1 waits, so that there is something to kill.
    text = (ROOT / "docs/examples/heads.sbatch").read_text().replace("0-9", "0-2")
    wait = '[ "$SLURM_ARRAY_TASK_ID" = 1 ] && [ ! -e killed ] && sleep 600\n'
    script.write_text(text.replace("set -eu\n", wait + "set -eu\n"))
    with slurm(place / "server") as settings:
        path.update(settings)
        job = run("sbatch", "--parsable", script, cwd=place, env=path).strip()
        soon(lambda: len(outputs(place)) == COUNT - COUNT // 3, path, place)
        (place / "killed").touch()
        run("scontrol", "requeue", f"{job}_1", env=path)
        # What is put back into the queue may begin two minutes later; not here.
        soon(lambda: "PENDING" in run("squeue", f"--job={job}", "--format=%T", env=path), path, place)
        run("scontrol", "update", f"JobId={job}_1", "StartTime=now", env=path, status=None)
        soon(lambda: len(outputs(place)) == COUNT, path, place)
        soon(lambda: not run("squeue", "--noheader", env=path).strip(), path, place)
        assert outputs(place) == expected()
        said = "".join(one.read_text() for one in place.glob("slurm-*.out"))
        assert "shard 2/3: Slurm's task 2 of 0 to 2" in said, said
        again = run("sbatch", "--parsable", "--wait", script, cwd=place, env=path).strip()
        said = "".join(one.read_text() for one in place.glob(f"slurm-{again}_*.out"))
        assert said.count("4 of 4 inputs have their output already") == 3, said
    assert outputs(place) == expected()


def soon(true, path, place):
    if until(true, 300):
        return
    shown = run("squeue", env=path, status=None) + run("sinfo", env=path, status=None)
    logs = "".join(log.read_text()[-2000:] for log in (place / "server").glob("*.log"))
    raise AssertionError(shown + logs)


check_all([parallel_local, parallel_ssh, snakemake, slurm_array])

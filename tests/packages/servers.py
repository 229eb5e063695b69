"""Servers of this machine, for the time of a test: sshd, and Slurm with munge. Each listens on the
loopback address alone and keeps all it writes in a folder."""

import contextlib
import os
import shutil
import socket
import subprocess

from checks import Skip, environment, run, until


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def ending(processes):
    """Ends what was started, the last first."""
    try:
        yield
    finally:
        for process in reversed(processes):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def last_words(folder, name):
    return (folder / f"{name}.log").read_text().strip()[-300:]


def started(folder, name, *command, **options):
    log = open(folder / f"{name}.log", "w")
    return subprocess.Popen(
        list(map(str, command)), stdout=log, stderr=log, stdin=subprocess.DEVNULL, **options
    )


@contextlib.contextmanager
def ssh(folder):
    """An sshd that lets this user in; gives the ssh command that reaches it."""
    folder.mkdir()
    for key in ("host", "user"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key)
    shutil.copy(folder / "user.pub", folder / "authorized")
    os.makedirs("/run/sshd", exist_ok=True)
    port = free_port()
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "PermitRootLogin": "yes",
        "UsePAM": "no",
    }
    (folder / "sshd_config").write_text("".join(f"{k} {v}\n" for k, v in settings.items()))
    process = started(folder, "sshd", shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config")
    options = f"-p {port} -i {folder}/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
    with ending([process]):
        answers = lambda: run("ssh", *options.split(), "127.0.0.1", "true", status=None) == ""
        if not until(answers, 30):
            raise Skip("sshd does not start here: " + last_words(folder, "sshd"))
        yield f"ssh {options}"


SLURM = """ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
SlurmctldPort={control}
SlurmdPort={node}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,sched_min_interval=0
MpiDefault=none
ReturnToService=2
KillWait=2
MinJobAge=300
NodeName=localhost NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
"""


@contextlib.contextmanager
def slurm(folder):
    """A Slurm of one node; gives the environment in which its commands reach it."""
    for sub in ("state", "spool"):
        (folder / sub).mkdir(parents=True)
    folder.chmod(0o755)
    key = folder / "munge.key"
    key.write_bytes(os.urandom(128))
    key.chmod(0o400)
    file = folder / "slurm.conf"
    ports = {"control": free_port(), "node": free_port(), "cpus": os.cpu_count()}
    file.write_text(SLURM.format(folder=folder, **ports))
    (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
    path = environment(SLURM_CONF=str(file))
    path["PATH"] += ":/usr/sbin:/sbin"
    munge = [f"--{what}={folder}/munge.{what.split('-')[0]}" for what in ("key-file", "socket", "pid-file", "log-file", "seed-file")]
    processes = []
    with ending(processes):
        processes.append(started(folder, "munged", "munged", "--foreground", "--force", *munge, env=path))
        socket = f"--socket={folder}/munge.socket"
        if not until(lambda: "MUNGE:" in run("munge", "-n", socket, env=path, status=None), 30):
            raise Skip("munge does not start here: " + last_words(folder, "munged"))
        processes.append(started(folder, "slurmctld", "slurmctld", "-D", "-i", "-f", file, env=path))
        processes.append(started(folder, "slurmd", "slurmd", "-D", "-f", file, "-N", "localhost", env=path))
        if not until(lambda: "idle" in run("sinfo", "--noheader", env=path, status=None), 120):
            raise Skip("Slurm does not start here: " + last_words(folder, "slurmctld") + last_words(folder, "slurmd"))
        try:
            yield {"SLURM_CONF": str(file)}
        finally:
            run("scancel", "--user=root", env=path, status=None)
            until(lambda: not run("squeue", "--noheader", env=path, status=None).strip(), 20)

"""Servers of this machine, for the time of a test: sshd, and Slurm with munge. They are reached by the
loopback address and keep all they write in a folder. Where this machine does not let one start, that is a
reason to skip; one that starts and does not answer fails the test, which shows its log."""

import contextlib
import functools
import os
import random
import re
import shutil
import socket
import subprocess
from pathlib import Path

from checks import Skip, run, until

# Servers stand where not everybody's PATH leads.
os.environ["PATH"] += ":/usr/sbin:/sbin"
# What root may have lost in a container: these are needed to start a task as a user.
RIGHTS = {"CAP_CHOWN": 0, "CAP_KILL": 5, "CAP_SETGID": 6, "CAP_SETUID": 7}


def needs_of_slurm():
    """Skips, with what is missing, where slurmd may not do its work or slurmctld finds no network."""
    if os.geteuid() != 0:
        raise Skip("slurmd needs root")
    with open("/proc/self/status") as status:
        held = int(re.search(r"^CapEff:\s*(\w+)", status.read(), re.MULTILINE).group(1), 16)
    missing = [name for name, bit in RIGHTS.items() if not held >> bit & 1]
    if missing:
        raise Skip("root may not do here what slurmd does: " + ", ".join(missing))
    try:
        socket.getaddrinfo(None, 0, socket.AF_INET, flags=socket.AI_PASSIVE | socket.AI_ADDRCONFIG)
    except OSError:
        raise Skip("slurmctld needs a network besides the loopback") from None


def free_ports(count):
    """Ports of the loopback address that nothing listens on, below those that connections are given."""
    with contextlib.ExitStack() as open_sockets:
        ports = []
        while len(ports) < count:
            one = open_sockets.enter_context(socket.socket())
            port = random.randrange(20000, 30000)
            with contextlib.suppress(OSError):
                one.bind(("127.0.0.1", port))
                ports.append(port)
        return ports


@contextlib.contextmanager
def ending(processes):
    """Ends what was started, the last first."""
    try:
        yield
    finally:
        for process in reversed(processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def last_words(folder):
    """The ends of all logs in a folder."""
    return "".join(f"== {log.name}\n{log.read_text()[-2000:]}" for log in sorted(folder.glob("*.log")))


def started(folder, name, *command, **options):
    with open(folder / f"{name}.log", "w") as log:
        return subprocess.Popen(
            list(map(str, command)), stdout=log, stderr=log, stdin=subprocess.DEVNULL, **options
        )


def answers(true, seconds, folder, process):
    """Waits until a server answers. One that this machine refuses something is skipped."""
    name = Path(process.args[0]).name
    answered = until(lambda: process.poll() is not None or true(), seconds)
    if answered and process.poll() is None:
        return
    refusal = re.search(".*(Operation not permitted|Permission denied).*", last_words(folder))
    if refusal:
        raise Skip(f"{name} may not start here: {refusal.group()}")
    ended = f"ended with {process.poll()}" if answered else f"did not answer in {seconds} s"
    raise AssertionError(f"{name} {ended}\n{last_words(folder)}")


@contextlib.contextmanager
def ssh(folder):
    """An sshd that lets this user in; gives the ssh command that reaches it."""
    folder.mkdir()
    for key in ("host", "user"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key)
    shutil.copy(folder / "user.pub", folder / "authorized")
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    (port,) = free_ports(1)
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
    server = started(folder, "sshd", shutil.which("sshd"), "-D", "-e", "-f", folder / "sshd_config")
    options = f"-p {port} -i {folder}/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
    with ending([server]):
        there = lambda: run("ssh", *options.split(), "127.0.0.1", "true", status=None, seconds=10) == ""
        answers(there, 30, folder, server)
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
MailProg=/bin/true
MpiDefault=none
ReturnToService=2
KillWait=2
MinJobAge=300
NodeName=localhost NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
"""


def configured(folder, path):
    """Writes the settings of a Slurm of one node; gives an environment that names them."""
    for sub in ("state", "spool"):
        (folder / sub).mkdir(parents=True)
    folder.chmod(0o755)
    key = folder / "munge.key"
    key.write_bytes(os.urandom(128))
    key.chmod(0o400)
    control, node = free_ports(2)
    settings = SLURM.format(folder=folder, control=control, node=node, cpus=os.cpu_count())
    (folder / "slurm.conf").write_text(settings)
    (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
    return {**path, "SLURM_CONF": str(folder / "slurm.conf")}


@contextlib.contextmanager
def slurm(folder, path):
    """A Slurm of one node, in an environment; gives a function that runs one of its commands."""
    path = configured(folder, path)
    command = functools.partial(run, seconds=30, env=path)
    processes = []

    def serve(name, *words):
        processes.append(started(folder, name, name, *words, env=path))

    def wait_for(answer, *words):
        """Until a command of the server that was started last answers so."""
        answers(lambda: answer in command(*words, status=None), 60, folder, processes[-1])

    with ending(processes):
        door = f"--socket={folder}/munge.socket"
        files = [f"--{what}-file={folder}/munge.{what}" for what in ("key", "pid", "seed", "log")]
        serve("munged", "--foreground", "--force", "--origin=127.0.0.1", door, *files)
        wait_for("MUNGE:", "munge", "--no-input", door)
        serve("slurmctld", "-D", "-i", "-f", folder / "slurm.conf")
        wait_for("is UP", "scontrol", "ping")
        serve("slurmd", "-D", "-f", folder / "slurm.conf", "-N", "localhost")
        wait_for("idle", "sinfo", "--noheader")
        try:
            yield command
        finally:
            command("scancel", "--user=root", status=None)
            until(lambda: not command("squeue", "--noheader", status=None).strip(), 20)

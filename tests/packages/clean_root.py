"""A clean root of Debian 12, and the steps of docs/examples/Containerfile, which are run in one."""

import os
import shutil

from checks import ROOT, Skip, environment, needs, run

# What runs in a root has mounts and processes of its own.
SPACE = ("unshare", "--mount", "--pid", "--fork")


def stages():
    """What each image of the recipe runs, in order."""
    text = (ROOT / "docs/examples/Containerfile").read_text().replace("\\\n", " ")
    images = text.split("\nFROM ")[1:]
    return [
        [line.removeprefix("RUN ") for line in image.splitlines() if line.startswith("RUN ")]
        for image in images
    ]


def made_clean(root):
    """Makes a root at this path that holds Debian 12 and nothing else."""
    needs("mmdebstrap")
    if os.geteuid() != 0:
        raise Skip("a clean root needs root")
    refused = run(*SPACE, "--mount-proc", "true", status=None)
    if refused:
        raise Skip("a clean root needs the right to mount: " + refused.strip())
    run("mmdebstrap", "--quiet", "--variant=apt", "bookworm", root)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")


def run_inside(root, *command, **options):
    """What a command shows in a root; /proc is there for the time of the command."""
    path = environment(DEBIAN_FRONTEND="noninteractive", HOME="/root", TMPDIR="/tmp")
    return run(*SPACE, f"--mount-proc={root}/proc", "chroot", root, *command, env=path, **options)


def run_steps(root, steps):
    for step in steps:
        run_inside(root, "sh", "-ec", step)

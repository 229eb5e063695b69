"""Tries the Debian package: what lintian says, and an installation in a clean root.

    python3 tests/packages/deb.py PACKAGE
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from checks import ROOT, Skip, check_all, environment, needs, run

PACKAGE = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-deb-")
CLEAN = Path(SCRATCH.name, "root")


def lintian():
    """lintian has nothing to say"""
    needs("lintian")
    shown = run("lintian", "--allow-root", "--fail-on", "error,warning", PACKAGE)
    assert not shown, shown


def fields():
    """its dependencies are found, what pictures need is recommended"""
    shown = run("dpkg-deb", "-f", PACKAGE)
    for words in ("libigraph3 (>=", "libc6 (>=", "Recommends: fonts-dejavu-core, librsvg2-bin"):
        assert words in shown, shown


def steps():
    """What docs/examples/Containerfile runs in its last image."""
    last = (ROOT / "docs/examples/Containerfile").read_text().split("FROM ")[-1]
    return [line.removeprefix("RUN ") for line in last.splitlines() if line.startswith("RUN ")]


def clean_root():
    """the steps of the container image, in a clean root; it works there"""
    needs("mmdebstrap")
    if os.geteuid() != 0:
        raise Skip("a clean root needs root")
    run("mmdebstrap", "--quiet", "--variant=apt", "bookworm", CLEAN)
    shutil.copy("/etc/resolv.conf", CLEAN / "etc/resolv.conf")
    shutil.copy(PACKAGE, CLEAN / "tmp")
    for step in steps():
        run("chroot", CLEAN, "sh", "-ec", step, env=environment(DEBIAN_FRONTEND="noninteractive"))
    shutil.copy(ROOT / "data/minilm/short/attention.npy", CLEAN / "tmp/a.npy")
    shown = run("chroot", CLEAN, "attngraph", "heads", "/tmp/a.npy", "--csv", "-q")
    program = run(os.environ.get("ATTNGRAPH", ROOT / "build/attngraph"), "heads", CLEAN / "tmp/a.npy", "--csv", "-q")
    assert shown == program, shown
    shown = run("chroot", CLEAN, "attngraph", "heatmap", "/tmp/a.npy", "-o", "/tmp/a.png", status=None)
    assert (CLEAN / "tmp/a.png").exists() or "librsvg2-bin" in shown, shown


def removed():
    """taken away, it leaves nothing"""
    if not CLEAN.exists():
        raise Skip("was not installed")
    files = run("chroot", CLEAN, "dpkg", "-L", "attngraph").split()
    ours = [name for name in files if "attngraph" in name]
    run("chroot", CLEAN, "dpkg", "-P", "attngraph")
    left = [name for name in ours if Path(f"{CLEAN}{name}").exists()]
    assert ours and not left, left


check_all([fields, lintian, clean_root, removed])

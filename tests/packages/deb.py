"""Tries the Debian package: what lintian says, and an installation in a clean root.

    python3 tests/packages/deb.py PACKAGE
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from checks import ROOT, Skip, check_all, needs, run
from clean_root import made_clean, run_inside, run_steps, stages

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


def clean_root():
    """the steps of the container image, in a clean root; it works there"""
    made_clean(CLEAN)
    shutil.copy(PACKAGE, CLEAN / "tmp")
    run_steps(CLEAN, stages()[-1])
    shutil.copy(ROOT / "data/minilm/short/attention.npy", CLEAN / "tmp/a.npy")
    shown = run_inside(CLEAN, "attngraph", "heads", "/tmp/a.npy", "--csv", "-q")
    program = os.environ.get("ATTNGRAPH", ROOT / "build/attngraph")
    assert shown == run(program, "heads", CLEAN / "tmp/a.npy", "--csv", "-q"), shown
    run_inside(CLEAN, "attngraph", "heatmap", "/tmp/a.npy", "-o", "/tmp/a.png")
    assert (CLEAN / "tmp/a.png").read_bytes()[1:4] == b"PNG"


def examples():
    """the examples of the help run where nothing is but the package, and so does the demo"""
    if not CLEAN.exists():
        raise Skip("was not installed")
    shown = run_inside(CLEAN, "sh", "-ec", "cd /tmp && attngraph demo && attngraph inspect cats.npy")
    assert "self-attention" in shown, shown
    shown = run_inside(CLEAN, "attngraph", "heads", "-h")
    folder = re.search("^Examples, in (.*):$", shown, re.MULTILINE).group(1)
    line = re.search("^  (attngraph heads .*)$", shown, re.MULTILINE).group(1)
    assert "sink" in run_inside(CLEAN, "sh", "-ec", f"cd {folder} && {line}"), line


def removed():
    """taken away, it leaves nothing"""
    if not CLEAN.exists():
        raise Skip("was not installed")
    files = run_inside(CLEAN, "dpkg", "-L", "attngraph").split()
    ours = [name for name in files if "attngraph" in name]
    run_inside(CLEAN, "dpkg", "-P", "attngraph")
    left = [name for name in ours if Path(f"{CLEAN}{name}").exists()]
    assert ours and not left, left


check_all([fields, lintian, clean_root, examples, removed])

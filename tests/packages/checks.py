"""What the scripts beside it share: named checks that pass, fail or are skipped, counted at the end."""

import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Skip(Exception):
    """A check that cannot be made here, and why."""


def needs(*programs):
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        raise Skip("not installed: " + ", ".join(missing))


def until(true, seconds):
    """Whether something becomes true in time; it is asked twice a second."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def run(*command, status=0, seconds=None, **options):
    """What a command shows on standard output and error together; its status must be this one. What takes
    more seconds than given is ended, with all it started."""
    options.setdefault("cwd", ROOT)
    if seconds is not None:
        command = ("timeout", "--kill-after=5", seconds, *command)
    done = subprocess.run(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    if status is not None and done.returncode != status:
        raise AssertionError(f"{command}: status {done.returncode}\n{done.stdout[-3000:]}")
    return done.stdout


def environment(**changes):
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "", **changes}


def check_all(checks):
    """Makes every check of a list of functions; their first line of documentation names them."""
    # What a check has started is ended, too, when it is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for check in checks:
        name = (check.__doc__ or check.__name__).splitlines()[0]
        began = time.monotonic()
        try:
            check()
            outcome = "passed"
            print(f"ok    {name} ({time.monotonic() - began:.0f} s)", flush=True)
        except Skip as skip:
            outcome = "skipped"
            print(f"skip  {name}: {skip}", flush=True)
        except Exception:
            outcome = "failed"
            print(f"FAIL  {name}", flush=True)
            traceback.print_exc()
        counts[outcome] += 1
    print(", ".join(f"{count} {what}" for what, count in counts.items()), flush=True)
    sys.exit(1 if counts["failed"] else 0)

"""Runs commands and says what they took: median wall time over runs, and peak memory."""

import json
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass, field

# Older OpenBLAS needs these on some machines; a current one is slower with them.
UNSET_FOR_PEERS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


@dataclass
class Measured:
    """What one contestant took; `failure` says why there is no figure."""

    seconds: list = field(default_factory=list)
    peak: float = 0.0
    note: str = ""
    failure: str = ""
    extrapolated: bool = False

    @property
    def median(self):
        return statistics.median(self.seconds) if self.seconds else None


def peer_environment():
    return {name: value for name, value in os.environ.items() if name not in UNSET_FOR_PEERS}


class Stopwatch:
    """Measures whole processes by a small launcher, so that their peak memory is their own."""

    def __init__(self, launcher, attngraph, folder, runs):
        self.launcher, self.attngraph = launcher, attngraph
        self.folder, self.runs = folder, runs

    def environment(self, command):
        return None if command[0] == self.attngraph else peer_environment()

    def once(self, command):
        """(seconds, peak in bytes, text of failure) of one run."""
        result = os.path.join(self.folder, "launched")
        with tempfile.TemporaryFile(dir=self.folder) as errors:
            subprocess.run([self.launcher, result, *command], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=errors, check=True,
                           env=self.environment(command))
            errors.seek(0)
            text = errors.read().decode("utf-8", "replace")
        with open(result, encoding="ascii") as file:
            seconds, peak, status = file.read().split()
        failure = "" if status == "0" else last_line(text) or f"exit status {status}"
        return float(seconds), int(peak) * 1024, failure

    def whole(self, commands, runs=None, budget=60.0):
        """Measures {name: command} in turn, round after round, so that all see the same machine.
        A first round warms up, unless it takes long; one that takes long runs less often."""
        runs = runs or self.runs
        measured = {name: Measured() for name in commands if commands[name]}
        spent = dict.fromkeys(measured, 0.0)
        for round_number in range(runs + 1):
            for name, result in measured.items():
                if result.failure or spent[name] > budget:
                    continue
                seconds, peak, result.failure = self.once(commands[name])
                spent[name] += seconds
                result.peak = max(result.peak, peak)
                if round_number > 0 or seconds > budget / 4:
                    result.seconds.append(seconds)
                if result.failure:
                    result.seconds = []
        return measured

    def inside(self, command, timeout=1800):
        """Runs a script or kernel that measures itself and prints JSON; see peers/timing.py."""
        if not command:
            return Measured(failure="not available")
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout,
                                  check=False, env=self.environment(command))
        except (OSError, subprocess.TimeoutExpired) as error:
            return Measured(failure=str(error))
        lines = done.stdout.strip().splitlines()
        if done.returncode != 0 or not lines:
            return Measured(failure=last_line(done.stderr) or f"exit status {done.returncode}")
        return Measured(**json.loads(lines[-1]))

    def number(self, command):
        """The number a command prints; None where it fails."""
        done = subprocess.run(command, capture_output=True, text=True, check=False,
                              env=peer_environment())
        try:
            return float(done.stdout.split()[-1])
        except (IndexError, ValueError):
            return None


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and lines[0].startswith("attngraph:"):
        return lines[0]
    return lines[-1].strip() if lines else ""

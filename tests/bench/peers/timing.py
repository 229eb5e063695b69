"""What every peer's script shares: timing inside a process, and saying so."""

import json
import time


def timed(function, runs, budget=20.0):
    """Seconds of up to `runs` calls after one that warms up; fewer where they take too long."""
    seconds = []
    spent = 0.0
    for run in range(runs + 1):
        start = time.perf_counter()
        function()
        took = time.perf_counter() - start
        spent += took
        if run > 0 or took > budget / 4:
            seconds.append(took)
        if spent + took > budget:
            break
    return seconds


def say(seconds, share=1.0, note=""):
    """Prints seconds; where only a `share` of the work was done, of the whole by extrapolation."""
    result = {"seconds": [second / share for second in seconds], "note": note}
    result["extrapolated"] = share < 1
    print(json.dumps(result))

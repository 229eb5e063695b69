"""Runs every oracle script beside this one against the program given as the first argument."""

import pathlib
import re
import subprocess
import sys

program = str(pathlib.Path(sys.argv[1]).resolve())
folder = pathlib.Path(__file__).parent
passed = failed = 0
for script in sorted(folder.glob("*.py")):
    if script.name == pathlib.Path(__file__).name or not script.name.endswith("_oracle.py") and not script.name.startswith("networkx_"):
        continue
    done = subprocess.run([sys.executable, str(script), program], capture_output=True, text=True)
    print(done.stdout, end="")
    counts = re.findall(r"(\d+) passed, (\d+) failed", done.stdout)
    passed += sum(int(p) for p, _ in counts)
    failed += sum(int(f) for _, f in counts)
    if done.returncode != 0 or not counts:
        print(done.stderr, end="", file=sys.stderr)
        failed += 0 if counts and done.returncode else 1
print(f"oracles: {passed} passed, {failed} failed")
sys.exit(1 if failed else 0)

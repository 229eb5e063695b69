"""What the tests reach of each floor: lines, functions, branches, as a table; below it, of the files
named, each line that no test reaches. Ends with status 1 where a floor misses its goal.

Reads the profiles that the tests left in BUILD/profiles (clang's, source-based). A line counts once, however
many times a template makes it, and is reached where one of its pieces is.

usage: coverage.py BUILD [FILE or FOLDER ...]   (in the root of the project)
"""

import json
import pathlib
import subprocess
import sys

GOALS = {"core": 92, "tensor": 92, "formats": 98, "numeric": 92, "reading": 98, "attention": 92, "graph": 92,
         "metrics": 92, "report": 92, "writers": 98, "app": 98}
LEFT_OUT = pathlib.Path(__file__).with_name("coverage_left_out.txt")


def floor_of(path):
    return path.split("/")[1] if path.startswith("lib/") else "app"


def merged_files(build):
    """What llvm-cov tells of each source below lib/ and app/, by its path."""
    root = f"{pathlib.Path.cwd()}/"
    data = build / "coverage.profdata"
    profiles = sorted(str(path) for path in (build / "profiles").glob("*.profraw"))
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", "-failure-mode=all", "-o", data, *profiles], check=True)
    told = subprocess.run(["llvm-cov-14", "export", "-skip-functions", "-skip-expansions", "-instr-profile", data,
                           build / "attngraph"], check=True, stdout=subprocess.PIPE).stdout
    files = {one["filename"].removeprefix(root): one for one in json.loads(told)["data"][0]["files"]}
    return {path: one for path, one in sorted(files.items()) if path.startswith(("lib/", "app/"))}


def counts_of_lines(segments):
    """How often each line with code was run, from where counts begin and end: as llvm-cov show does it, and where a gap ends
    (behind an assert) a count begins, too."""
    by_line = {}
    for line, _, count, has_count, is_entry, is_gap in segments:
        by_line.setdefault(line, []).append((count, has_count, is_entry, is_gap))
    counts, last = {}, (0, False, False, False)
    for line in range(min(by_line, default=1), max(by_line, default=0) + 1):
        here = by_line.get(line, [])
        began = [count for (count, has_count, is_entry, is_gap), before in zip(here, [last, *here])
                 if has_count and not is_gap and (is_entry or before[3])]
        wrapped = [last[0]] if last[1] and not (last[3] and began) else []
        skipped = here and not here[0][1] and here[0][2]
        if (began or wrapped) and not skipped:
            counts[line] = max(began + wrapped)
        if here:
            last = here[-1]
    return counts


def runs(lines):
    """Lines side by side, together."""
    together = []
    for line in lines:
        if together and together[-1][-1] + 1 == line:
            together[-1].append(line)
        else:
            together.append([line])
    return together


def left_out():
    """(path, text a line has) -> reason, as the list tells them."""
    entries = {}
    for line in LEFT_OUT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path, text, reason = line.split(" | ")
            entries[path, text] = reason
    return entries


def unreached(path, counts, entries, met):
    """The lines never run, without the runs of them that begin with a line of the list."""
    source = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    lines, excused = [], []
    for run in runs([line for line, count in counts.items() if count == 0]):
        names = [entry for entry in entries if entry[0] == path and entry[1] in source[run[0] - 1]]
        met.update(names)
        (excused if names else lines).extend(run)
    return lines, excused, source


def percent(reached, count):
    return f"{100 * reached / count:.1f} %" if count else "-"


def row(cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def table(sums):
    """Prints the floors. @returns those below their goals"""
    row(["floor", "lines", "reached", "goal", "functions", "reached", "branches", "reached"])
    row(["---"] * 8)
    for floor, (lines, run, functions, called, branches, taken) in sums.items():
        row([floor, lines, percent(run, lines), f"{GOALS[floor]} %" if floor in GOALS else "", functions,
             percent(called, functions), branches, percent(taken, branches)])
    return [floor for floor, goal in GOALS.items() if 100 * sums[floor][1] < goal * sums[floor][0]]


def outside(files):
    """Sources with code that the program does not hold: nothing counts them."""
    return [str(path) for floor in ("lib", "app") for path in sorted(pathlib.Path(floor).rglob("*.cpp"))
            if str(path) not in files]


def main():
    build = pathlib.Path(sys.argv[1])
    asked = tuple(sys.argv[2:])
    files, entries, met = merged_files(build), left_out(), set()
    sums = {floor: [0] * 6 for floor in [*GOALS, "all"]}
    listed, excused_lines = [], 0
    for path, told in files.items():
        counts = counts_of_lines(told["segments"])
        lines, excused, source = unreached(path, counts, entries, met)
        excused_lines += len(excused)
        summary = told["summary"]
        of_file = [len(counts) - len(excused), len(counts) - len(excused) - len(lines),
                   *(summary[what][key] for what in ("functions", "branches") for key in ("count", "covered"))]
        for floor in (floor_of(path), "all"):
            sums[floor] = [a + b for a, b in zip(sums[floor], of_file)]
        if asked and path.startswith(asked):
            listed += [f"{path}:{line}: {source[line - 1].strip()}" for line in lines]
    missed = table(sums)
    print(f"{excused_lines} lines are left out by {LEFT_OUT.name}; not in the program: {', '.join(outside(files)) or 'none'}")
    print("\n".join(listed))
    stale = [entry for entry in entries if entry not in met]
    for path, text in stale:
        print(f"{LEFT_OUT.name}: {path}: '{text}' begins no line that tests do not reach here")
    for floor in missed:
        print(f"{floor} is below its goal; see its lines with UNREACHED={'app' if floor == 'app' else 'lib/' + floor}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

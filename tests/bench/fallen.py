"""What fell behind: ratios to attngraph's time, and goals, of two pages of results."""

import re


def ratios(page):
    """{(section, table, row, column): how many times as long a peer took}"""
    found, place, header = {}, [""] * 2, []
    for line in page.splitlines():
        if line.startswith("## "):
            place, header = [line[3:], ""], []
        elif line.startswith("**"):
            place, header = [place[0], line.strip("*")], []
        elif not line.startswith("|"):
            header = []
        elif not header:
            header = [cell.strip() for cell in line.strip("|").split("|")]
        else:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            for column, (name, cell) in enumerate(zip(header, cells)):
                number = re.fullmatch(r"([0-9.,]+)x", cell)
                if name == "to attngraph's" and number:
                    found[(*place, cells[0], column)] = float(number[1].replace(",", ""))
    return found


def fallen(before, now, tolerance=1.1):
    """Lines about the peers that came nearer by more than the tolerance."""
    old, new = ratios(before), ratios(now)
    return [f"{section}{', ' + table if table else ''}: {row} took {old[key]:g} times as long as "
            f"attngraph, now {new[key]:g}"
            for key in sorted(old.keys() & new.keys()) if new[key] * tolerance < old[key]
            for section, table, row, _ in [key]]

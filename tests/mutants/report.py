"""What tests made of the mutants: figures by room, and those that survived with a judgement."""

import pathlib
from collections import Counter

from changes import ROOMS

SURVIVORS = pathlib.Path(__file__).with_name("survivors.txt")


def judgements():
    """By name of a mutant what survivors.txt says of it: a line with its name, one with a verdict."""
    lines = [line for line in SURVIVORS.read_text().splitlines() if line and line[0] != "#"]
    return dict(zip(lines[::2], (verdict.strip() for verdict in lines[1::2])))


def figures(tried):
    """A table by room of (change, outcome)."""
    rooms = {room: Counter() for room in ROOMS}
    for change, outcome in tried.values():
        room = next(room for room in ROOMS if change.file.startswith(room))
        rooms[room]["killed" if outcome.killed else outcome.how] += 1
    rooms["all"] = sum(rooms.values(), Counter())
    yield "| room | mutants | killed | survived | no test comes here | killed of all |"
    yield "|---|---|---|---|---|---|"
    for room, seen in rooms.items():
        if seen:
            yield (f"| {room} | {seen.total()} | {seen['killed']} | {seen['survived']} "
                   f"| {seen['no test comes here']} | {100 * seen['killed'] / seen.total():.1f} % |")


def in_code(text):
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def survivors(tried):
    """A list of those that live, with what is thought of them."""
    verdicts = judgements()
    for name, (change, outcome) in sorted(tried.items()):
        if not outcome.killed:
            verdict = verdicts.get(name, "not judged")
            where = "" if outcome.how == "survived" else f" ({outcome.how})"
            yield f"- {change.file}:{change.line}{where}: {verdict}"
            yield f"  - {in_code(change.before)}"
            yield f"  - {in_code(change.after)}"


def report(tried):
    """@returns both as Markdown"""
    return "\n".join([*figures(tried), "", *survivors(tried)]) + "\n"

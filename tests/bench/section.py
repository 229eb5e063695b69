"""One part of the results: tables, goals and remarks, as Markdown."""

from dataclasses import dataclass, field


def seconds_text(seconds):
    if seconds is None:
        return ""
    if seconds < 0.0995:
        return f"{seconds * 1e3:.2f} ms" if seconds < 0.00995 else f"{seconds * 1e3:.1f} ms"
    return f"{seconds:.3f} s" if seconds < 9.995 else f"{seconds:,.0f} s"


def bytes_text(count):
    return f"{count / 2**20:,.0f} MiB" if count else ""


def ratio_text(ratio):
    if ratio is None:
        return ""
    return f"{ratio:.2f}x" if ratio < 9.95 else f"{ratio:,.0f}x"


def times(slower, faster):
    """How many times longer one took than the other; None where a figure is missing."""
    if slower is None or faster is None or not slower.median or not faster.median:
        return None
    return slower.median / faster.median


def time_cell(measured):
    if measured is None:
        return ""
    if measured.failure:
        return "not available"
    return ("~ " if measured.extrapolated else "") + seconds_text(measured.median)


def goal_table(goals, header):
    rows = [header, ["---"] * len(header), *goals]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


@dataclass
class Section:
    letter: str
    title: str
    intro: str
    blocks: list = field(default_factory=list)
    goals: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    reasons: list = field(default_factory=list)

    def command(self, *words):
        """Shows a command without its folders."""
        short = [str(word).rsplit("/", 1)[-1] for word in words]
        self.blocks.append("`" + " ".join(short) + "`")

    def table(self, header, rows):
        lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
        self.blocks.append("\n".join(lines))

    def contest(self, ours, whole, inside=None):
        """A table of contestants, `ours` first: whole process, in-process, memory, and how many
        times as long as attngraph each took."""
        inside = inside or {}
        names = list(dict.fromkeys([*whole, *inside]))
        rows, shares = [], []
        for name in names:
            w, i = whole.get(name), inside.get(name)
            self.explain(name, w)
            self.explain(f"{name}, in-process", i)
            if i and i.note:
                shares.append(f"{name} {i.note}")
            rows.append([
                name, time_cell(w), ratio_text(times(w, whole.get(ours))) if name != ours else "",
                time_cell(i), ratio_text(times(i, inside.get(ours))) if name != ours else "",
                bytes_text(w.peak) if w and not w.failure else "",
            ])
        header = ["", "whole process", "to attngraph's", "in-process", "to attngraph's",
                  "peak memory"]
        kept = [c for c in range(len(header)) if c == 0 or any(row[c] for row in rows)]
        self.table([header[c] for c in kept], [[row[c] for c in kept] for row in rows])
        if shares:
            self.blocks.append(f"Measured: {'; '.join(shares)}.")

    def explain(self, name, measured):
        """Says why a figure is missing."""
        if measured is None or not measured.failure:
            return
        remark = f"{name}: {measured.failure}."
        if remark not in self.remarks:
            self.remarks.append(remark)

    def goal(self, text, value, reached, shown=None):
        """A goal and what was measured; `value` None means it could not be."""
        if value is None:
            self.goals.append((text, "not measured", "-"))
        else:
            self.goals.append((text, shown or ratio_text(value), "yes" if reached else "**no**"))

    def why(self, goal, reason):
        """Why a goal of that beginning is not reached, should it not be."""
        self.reasons.append((goal, reason))

    def at_least(self, text, ratio, limit):
        self.goal(f"{text}: at least {limit:g}x", ratio, ratio is not None and ratio >= limit)

    def at_most(self, text, ratio, limit):
        self.goal(f"{text}: at most {limit:g}x", ratio, ratio is not None and ratio <= limit)

    def two_cores(self, what, whole, inside):
        """The goal of two cores, where attngraph also ran with --jobs 1: of the work itself, and
        beside it with the start of the program and the writing."""
        work, all_of_it = (times(kind["attngraph --jobs 1"], kind["attngraph"])
                           for kind in (inside, whole))
        self.goal(f"{what}two cores against one, in-process: at least 1.7x", work,
                  work is not None and work >= 1.7,
                  work and f"{ratio_text(work)} (whole process {ratio_text(all_of_it)})")

    def check(self, text, difference):
        if difference is not None:
            self.remarks.append(f"Same numbers: {text} differ by at most {difference:.1e}, "
                                "relative.")

    def markdown(self):
        parts = [f"## {self.letter}. {self.title}", self.intro, *self.blocks]
        if self.goals:
            parts.append(goal_table(self.goals, ["goal", "measured", "reached"]))
        missed = [goal[0] for goal in self.goals if goal[2] == "**no**"]
        self.remarks += [f"Not reached, {goal}: {reason}" for goal, reason in self.reasons
                         if any(text.startswith(goal) for text in missed)]
        if self.remarks:
            parts.append("\n".join(f"- {remark}" for remark in self.remarks))
        return "\n\n".join(parts) + "\n"

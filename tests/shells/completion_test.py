#!/usr/bin/env python3
"""Presses TAB in real shells: completion_test.py SHELL ATTNGRAPH. Status 77 where SHELL is missing."""
import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time

CATS = "data/minilm/cats/attention.npy"
TOKENS = "data/minilm/cats/tokens.json"

# What is typed before TAB, and what stands there then. No case has two ways to go on.
CASES = [
    ("attngraph centr", "attngraph centrality"),
    ("attngraph help inspe", "attngraph help inspect"),
    ("attngraph completion fi", "attngraph completion fish"),
    ("attngraph explain saturated_sh", "attngraph explain saturated_share"),
    ("attngraph heads --skip-ex", "attngraph heads --skip-existing"),
    ("attngraph centrality --metric eigen", "attngraph centrality --metric eigenvector"),
    ("attngraph centrality --metric hub,eigen", "attngraph centrality --metric hub,eigenvector"),
    ("attngraph centrality --metric=eigen", "attngraph centrality --metric=eigenvector"),
    ("attngraph heatmap --colormap civi", "attngraph heatmap --colormap cividis"),
    ("attngraph heads --format jsonl --sort entropy_", "attngraph heads --format jsonl --sort entropy_normalized"),
    ("attngraph heads data/minilm/cats/attention_f", "attngraph heads data/minilm/cats/attention_f16.npy"),
    ("attngraph heads --tokens data/minilm/cats/tok", "attngraph heads --tokens data/minilm/cats/tokens.json"),
    (f"attngraph rollout {CATS} --tokens {TOKENS} --target mi",
     f"attngraph rollout {CATS} --tokens {TOKENS} --target mice"),
]


class Terminal:
    """A shell behind a pseudo-terminal."""

    def __init__(self, command, environment):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 1000, 0, 0))
            os.execvpe(command[0], command, {**os.environ, **environment, "TERM": "dumb"})
        self.shown(lambda text: "> " in text)

    def shown(self, enough, longest=10):
        """What is shown until it is enough, or for the longest time one waits."""
        text, end = "", time.time() + longest
        while time.time() < end and not enough(text):
            if select.select([self.fd], [], [], 0.1)[0]:
                text += os.read(self.fd, 65536).decode(errors="replace")
        return text

    def type(self, text, enough):
        os.write(self.fd, text.encode())
        return self.shown(enough)


def screen_line(shown):
    """The last line as a terminal of endless width would show it."""
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x07", "", shown)
    cells = []
    at = 0
    for character in shown.rsplit("\n", 1)[-1]:
        if character == "\r":
            at = 0
        elif character == "\b":
            at = max(0, at - 1)
        else:
            cells[at:at + 1] = [character]
            at += 1
    return "".join(cells).rstrip()


def in_terminal(command, environment):
    """The cases that fail, one after the other in one session, whose first TAB is that of the first."""
    failures = []
    terminal = Terminal(command, environment)
    for typed, expected in CASES:
        completed = re.compile(r"(> ?)?" + re.escape(expected) + r"[ ,]?")
        shown = terminal.type(typed + "\t", lambda text: completed.fullmatch(screen_line(text)))
        if not completed.fullmatch(screen_line(shown)):
            failures.append((typed, screen_line(shown)))
        terminal.type("\x15\x0b\n", lambda text: "\n" in text and "> " in text.rsplit("\n", 1)[-1])
    return failures


def in_bash(attngraph, folder):
    with open(folder + "/rc", "w") as rc:
        rc.write(f"PATH={os.path.dirname(attngraph)}:$PATH; PS1='> '\n"
                 "bind 'set enable-bracketed-paste off'\nsource <(attngraph completion bash)\n")
    return in_terminal(["bash", "--noprofile", "--rcfile", folder + "/rc", "-i"], {})


def in_zsh(attngraph, folder):
    with open(folder + "/_attngraph", "w") as script:
        subprocess.run([attngraph, "completion", "zsh"], stdout=script, check=True)
    failures = []
    for load in (f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -d {folder}/dump",
                 f"autoload -Uz compinit; compinit -u -d {folder}/dump2; source <(attngraph completion zsh)"):
        with open(folder + "/.zshrc", "w") as rc:
            rc.write(f"PATH={os.path.dirname(attngraph)}:$PATH; PS1='> '\n"
                     f"unsetopt zle_bracketed_paste prompt_sp prompt_cr auto_menu list_beep\n{load}\n")
        failures += in_terminal(["zsh", "-i"], {"ZDOTDIR": folder})
    return failures


def in_fish(attngraph, folder):
    failures = []
    script = (f"set -x PATH {os.path.dirname(attngraph)} $PATH; attngraph completion fish | source; "
              "for line in $argv; echo '==='; complete -C \"$line\"; end")
    answer = subprocess.run(["fish", "--no-config", "-c", script, *[typed for typed, _ in CASES]],
                            capture_output=True, text=True, env={**os.environ, "HOME": folder}, timeout=120)
    for (typed, expected), shown in zip(CASES, answer.stdout.split("===\n")[1:]):
        words = [line.split("\t")[0] for line in shown.splitlines()]
        begun = [word for word in words if word.startswith(typed.rsplit(" ", 1)[-1])]
        if begun != [expected.rsplit(" ", 1)[-1]]:
            failures.append((typed, shown))
    offered = subprocess.run(["fish", "--no-config", "-c", script, "attngraph ", "attngraph heads --so"],
                             capture_output=True, text=True, env={**os.environ, "HOME": folder}, timeout=120).stdout
    if "README.md" in offered or "--sort\trows by this column" not in offered:
        failures.append(("files among commands, or no descriptions", offered))
    return failures


def main():
    shell, attngraph = sys.argv[1], os.path.abspath(sys.argv[2])
    if shutil.which(shell) is None:
        print(f"{shell} is not installed")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        failures = {"bash": in_bash, "zsh": in_zsh, "fish": in_fish}[shell](attngraph, folder)
    for typed, shown in failures:
        print(f"{shell}: {typed!r} and TAB: {shown!r}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""attngraph treats transformer self-attention as a directed graph.

    attngraph.run("centrality", model_output.attentions, metric="pagerank", layer=2)

Every command, option and column is that of the program: `attngraph.run("heads", x, drop_special=True)` is
`attngraph heads --drop-special` with x on standard input. No number is computed here.
"""

from .call import Answer, run, version
from .errors import (
    AttnGraphError,
    FileError,
    InputError,
    LimitError,
    SomeFailed,
    UsageError,
)
from .program import program
from .results import Page, Picture

__all__ = [
    "Answer",
    "AttnGraphError",
    "FileError",
    "InputError",
    "LimitError",
    "Page",
    "Picture",
    "SomeFailed",
    "UsageError",
    "program",
    "run",
    "version",
]

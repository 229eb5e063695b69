"""topology_ripser.py PROGRAM

Bars of H0 and H1 by ripser, and the MTop-Div of TOHA and lm-polygraph, whose rule is one call of ripser
on distances that are 0 within the prompt: the sum of the bars of H0 over the tokens of the response.
ripser computes in float32.
"""

import numpy as np
from ripser import ripser

from peer import ROOT, Peer

CATS = "data/minilm/cats/attention.npy"
FILES = {CATS: 9, "data/small/gpt/attention.npy": 24}
FLOAT32 = 1e-6


def distances(head):
    d = 1 - np.maximum(head, head.T)
    np.fill_diagonal(d, 0)
    return d


def finite_bars(d):
    """Lengths of the bars of H0 and H1 that have an end."""
    diagrams = ripser(d, distance_matrix=True, maxdim=1)["dgms"]
    return [b[np.isfinite(b[:, 1]), 1] - b[np.isfinite(b[:, 1]), 0] for b in diagrams]


def mtop_div(d, first):
    d = d.copy()
    d[:first, :first] = 0
    return finite_bars(d)[0].sum()


def entropy(lengths):
    share = lengths[lengths > 0].astype(float) / lengths.sum()
    return -(share * np.log(share)).sum()


def statistics(lengths):
    """Without the entropy: the length of a short bar has few digits in float32."""
    lengths = lengths[lengths > 0].astype(float)
    return {"count": len(lengths), "sum": lengths.sum(), "max": lengths.max(initial=0)}


def main():
    peer = Peer()
    for file, first in FILES.items():
        stack = np.load(ROOT / file).astype(float)
        for layer, head in np.ndindex(stack.shape[:2]):
            d = distances(stack[layer, head])
            row = f"layer={layer} head={head}"
            for dimension, lengths in enumerate(finite_bars(d)):
                for name, value in statistics(lengths).items():
                    peer.number(f"topology {file} --dimension 1", row, f"h{dimension}_{name}",
                                value, FLOAT32)
            peer.number(f"topology {file} --split {first}", row, "mtop_div_per_token",
                        mtop_div(d, first) / (len(d) - first), FLOAT32)
    d = distances(np.load(ROOT / CATS)[0, 2].astype(float))
    peer.number(f"topology {CATS} --dimension 1", "layer=0 head=2", "h1_entropy",
                entropy(finite_bars(d)[1]), FLOAT32, differs="works in float32")
    peer.finish()


if __name__ == "__main__":
    main()

"""topology_gudhi.py PROGRAM

Bars of H0 and H1 by GUDHI's Rips complex. Asked for every bar, it lists those of length 0, too.
"""

import gudhi
import numpy as np

from peer import ROOT, Peer

FILES = ["data/minilm/cats/attention.npy", "data/small/gpt/attention.npy"]
HEADS = [(1, 0), (2, 3), (3, 2)]


def intervals(d, least):
    """Finite bars of H0 and H1 that are longer than `least`."""
    tree = gudhi.RipsComplex(distance_matrix=d).create_simplex_tree(max_dimension=2)
    tree.compute_persistence(homology_coeff_field=2, min_persistence=least)
    bars = [tree.persistence_intervals_in_dimension(dimension).reshape(-1, 2)
            for dimension in (0, 1)]
    return [b[np.isfinite(b[:, 1])] for b in bars]


def main():
    peer = Peer()
    for file in FILES:
        stack = np.load(ROOT / file).astype(float)
        for layer, head in HEADS:
            weights = stack[layer, head]
            d = 1 - np.maximum(weights, weights.T)
            np.fill_diagonal(d, 0)
            command, row = f"topology {file} --dimension 1", f"layer={layer} head={head}"
            for dimension, bars in enumerate(intervals(d, 0)):
                lengths = bars[:, 1] - bars[:, 0]
                share = lengths / lengths.sum() if len(lengths) else lengths
                for name, value in (("count", len(lengths)), ("sum", lengths.sum()),
                                    ("max", lengths.max(initial=0)),
                                    ("entropy", -(share * np.log(share)).sum())):
                    peer.number(command, row, f"h{dimension}_{name}", value)
            peer.number(command, row, "h1_count", len(intervals(d, -1)[1]),
                        differs="bars that end where they begin are counted")
    peer.finish()


if __name__ == "__main__":
    main()

"""attend_entmax.py PROGRAM

Sparsemax and 1.5-entmax of scores by the package of Peters et al. 2019. Weights above 0 are compared:
rows sum to 1 and nothing is below 0, so the others are 0 where these agree.
"""

import numpy as np
import torch
from entmax import entmax15, sparsemax

from peer import ROOT, Peer

GPT = "data/small/gpt"
HEADS = [(0, 0), (2, 1)]


def main():
    peer = Peer()
    query, key = (torch.from_numpy(np.load(ROOT / GPT / f"{name}.npy")).double()
                  for name in ("query", "key"))
    scores = query @ key.transpose(-1, -2) / query.shape[-1] ** .5
    for name, weights in (("sparsemax", sparsemax(scores, -1)), ("entmax15", entmax15(scores, -1))):
        command = (f"attend --query {GPT}/query.npy --key {GPT}/key.npy --causal no --precision double "
                   f"--normalizer {name}")
        for layer, head in HEADS:
            for q, k in weights[layer, head, ::8].nonzero().tolist():
                peer.number(command, f"layer={layer} head={head} query={8 * q} key={k}", "weight",
                            weights[layer, head, 8 * q, k])
    peer.finish()


if __name__ == "__main__":
    main()

"""heads_attnspectra.py PROGRAM

Entropy and distance of heads by attnspectra, which adds 1e-9 inside the logarithm.
"""

import numpy as np
import torch

from peer import ROOT, Peer, bare_package

bare_package("attnspectra")
bare_package("attnspectra.analysis")
from attnspectra.analysis.attention import attention_distance, attention_entropy  # noqa: E402

STACKS = [("data/minilm/cats/attention.npy", False), ("data/small/gpt/attention.npy", True)]


def main():
    peer = Peer()
    for path, causal in STACKS:
        stack = torch.from_numpy(np.load(ROOT / path)).double()
        entropy, distance = attention_entropy(stack), attention_distance(stack, causal=causal)
        for layer, head in np.ndindex(*stack.shape[:2]):
            row = f"layer={layer} head={head}"
            peer.number(f"heads {path}", row, "entropy", entropy[layer, head], 1e-6)
            peer.number(f"heads {path}", row, "distance", distance[layer, head], 1e-6)
    peer.finish()


if __name__ == "__main__":
    main()

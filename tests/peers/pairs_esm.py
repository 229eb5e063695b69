"""pairs_esm.py PROGRAM

Scores of pairs by ESM's `symmetrize` and `apc`, as its contact head applies them to attention whose
special tokens are cut off, and how scikit-learn ranks the dependencies of a sentence with them.
"""

import json

import numpy as np
import torch
from esm.modules import apc, symmetrize
from sklearn.metrics import roc_auc_score

from peer import ROOT, Peer

CATS = "data/minilm/cats"
PAIRS = f"pairs {CATS}/attention.npy --tokens {CATS}/tokens.json --drop-special"
HEADS = [(2, 5), (4, 3), (5, 11)]


def words(tokens):
    """Places of the tokens that are not special."""
    return [place for place, token in enumerate(tokens) if token not in ("[CLS]", "[SEP]")]


def dependencies(path):
    """Both directions of every pair of words that are head and dependent, as places among words."""
    fields = [line.split("\t") for line in path.read_text().splitlines()]
    arcs = [(int(f[0]) - 1, int(f[6]) - 1) for f in fields if len(f) == 10 and f[6] != "0"]
    return set(arcs) | {(b, a) for a, b in arcs}


def main():
    peer = Peer()
    stack = torch.from_numpy(np.load(ROOT / CATS / "attention.npy")).double()
    places = words(json.loads((ROOT / CATS / "tokens.json").read_text()))
    scores = apc(symmetrize(stack[..., places, :][..., places])).numpy()
    known = dependencies(ROOT / CATS / "dependencies.conllu")
    pairs = [(i, j) for i in range(len(places)) for j in range(i + 1, len(places))]
    flags = [pair in known for pair in pairs]
    for layer, head in HEADS:
        for i, j in pairs:
            peer.number(f"{PAIRS} --layer {layer} --head {head} --top all",
                        f"a={places[i]} b={places[j]}", "score", scores[layer, head, i, j])
    for layer, head in np.ndindex(scores.shape[:2]):
        peer.number(f"{PAIRS} --gold {CATS}/dependencies.conllu --summary",
                    f"layer={layer} head={head}", "auc",
                    roc_auc_score(flags, [scores[layer, head, i, j] for i, j in pairs]))
    peer.finish()


if __name__ == "__main__":
    main()

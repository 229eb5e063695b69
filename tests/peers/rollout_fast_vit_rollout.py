"""rollout_fast_vit_rollout.py PROGRAM

Attention rollout by fast-vit-rollout (after vit-explain and timm's models), from saved attention. Its
rule to discard is another one: a quantile of F + I, of which the residual is never dropped.
"""

import sys
import types

import numpy as np
import torch

from peer import ROOT, Peer

# Its module draws pictures; the rule does not.
for name in ("cv2", "PIL", "PIL.Image", "torchvision", "torchvision.transforms"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["cv2"].COLORMAP_JET = 2
sys.modules["PIL"].Image = sys.modules["PIL.Image"]
sys.modules["torchvision"].transforms = sys.modules["torchvision.transforms"]
from fast_vit_rollout.vit_rollout import ViTAttentionRollout  # noqa: E402

DISCARDS = "it takes the quantile of F + I normalised, where the residual stays; ours of F alone"
STACKS = [("data/small/digits/attention.npy", [0, 5]), ("data/minilm/cats/attention.npy", [0, 9])]


def rollout(stack, fusion, discard):
    """[output, input], without a model and its hooks."""
    extractor = ViTAttentionRollout.__new__(ViTAttentionRollout)
    extractor.head_fusion, extractor.discard_ratio = fusion, discard
    extractor.attentions = [layer[None].clone() for layer in stack]
    return extractor._compute_rollout()[0].numpy()


def main():
    torch.set_default_dtype(torch.float64)
    peer = Peer()
    for path, outputs in STACKS:
        stack = torch.from_numpy(np.load(ROOT / path)).double()
        for fusion in ("mean", "max", "min"):
            theirs = rollout(stack, fusion, 0)
            for output in outputs:
                for token in range(len(theirs)):
                    peer.number(f"rollout {path} --fuse {fusion} --residual raw --precision double",
                                f"output={output} input={token}", "rollout", theirs[output, token])
    path = STACKS[0][0]
    theirs = rollout(torch.from_numpy(np.load(ROOT / path)).double(), "mean", 0.9)
    peer.number(f"rollout {path} --residual raw --discard 0.9", "output=0 input=0", "rollout",
                theirs[0, 0], differs=DISCARDS)
    peer.finish()


if __name__ == "__main__":
    main()

"""spectrum_torch.py whole FILE OUT

Second and largest eigenvalue of the normalized Laplacian of every head, all at once in float32, the
way of spectral_trust.
"""

import sys

import numpy as np
import torch

how, path, out = sys.argv[1:]
assert how == "whole"
with torch.inference_mode():
    heads = torch.from_numpy(np.load(path)).flatten(0, 1)
    s = (heads + heads.transpose(1, 2)) / 2
    scale = s.sum(dim=2).rsqrt()
    laplacian = torch.eye(s.shape[-1]) - scale[:, :, None] * s * scale[:, None, :]
    values = torch.linalg.eigvalsh(laplacian)
    np.save(out, values[:, [1, -1]].numpy())

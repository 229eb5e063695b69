"""bandwidth.py copy|sum: bytes per second of NumPy over 512 MB, the best of 5."""

import sys
import time

import numpy as np

array = np.ones(2**27, dtype=np.float32)
other = np.zeros_like(array)
best = float("inf")
for _ in range(5):
    start = time.perf_counter()
    if sys.argv[1] == "copy":
        np.copyto(other, array)
    else:
        array.sum()
    best = min(best, time.perf_counter() - start)
print(array.nbytes * (2 if sys.argv[1] == "copy" else 1) / best)

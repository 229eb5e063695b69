"""gemm.py float32|float64 N: operations per second of NumPy's matrix product, the best of 5."""

import sys
import time

import numpy as np

n = int(sys.argv[2])
a = np.random.default_rng(1).random((n, n)).astype(sys.argv[1])
best = float("inf")
for _ in range(6):
    start = time.perf_counter()
    a @ a
    best = min(best, time.perf_counter() - start)
print(2 * n**3 / best)

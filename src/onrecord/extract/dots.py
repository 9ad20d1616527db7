"""Matrix products that stay on the thread that asks for them."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Float32: TypeAlias = npt.NDArray[np.float32]

_ALONE = 1 << 18
"""Multiplications up to which OpenBLAS wakes none of its threads (65536 times GEMM_MULTITHREAD_THRESHOLD): these wait
for work by turning in circles, on the processors that run the tagger."""


def dots(left: Float32, right: Float32) -> Float32:
    """The products of every row of `left` with every row of `right`.

    Args:
        left: float32 (m, width).
        right: float32 (n, width).

    Returns:
        float32 (m, n).
    """
    out = np.empty((len(left), len(right)), dtype=np.float32)
    rows = max(1, _ALONE // max(1, right.size))
    for first in range(0, len(left), rows):
        np.matmul(left[first : first + rows], right.T, out=out[first : first + rows])
    return out

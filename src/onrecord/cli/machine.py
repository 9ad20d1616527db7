"""Which features of this processor matter to the model?"""

from __future__ import annotations

import platform
from pathlib import Path

CPU_FLAGS = (
    ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")
    if platform.machine().lower() in ("x86_64", "amd64")
    else ("asimd", "asimddp", "i8mm", "sve")
)
"""Features of the processor that decide how fast the model runs, and the last digits of a score."""


def cpu_flags() -> tuple[str, ...]:
    """Which features that matter to the model does this processor have? Empty if the system does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text("ascii", errors="replace").splitlines()
    except OSError:
        return ()
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip() in ("flags", "Features"):
            flags = set(value.split())
            return tuple(flag for flag in CPU_FLAGS if flag in flags)
    return ()

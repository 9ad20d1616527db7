"""Ids are hashes of content, so that a second run joins the first and a retried shard changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TypeAlias

Part: TypeAlias = str | int | Sequence["Part"] | None

DIGITS = 16
"""Hexadecimal digits of an id: 64 bits, so that 100 million entries collide with a chance of about 0.03 %."""


def content_id(prefix: str, *parts: Part) -> str:
    """An id made of `prefix` and a hash of `parts`.

    The parts are hashed as one JSON array, so that ``("a", "b")`` and ``("ab", "")`` differ. Lone surrogates
    are allowed.

    >>> content_id("s", "d1", [[0, 4]])
    'sdaa0c16baafd85cf'
    """
    payload = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return prefix + hashlib.sha256(payload.encode("ascii")).hexdigest()[:DIGITS]


def sha256_hex(data: bytes) -> str:
    """sha256 of raw bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()

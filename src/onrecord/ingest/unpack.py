"""A compressed file as a stream of its bytes, which ends in an error if the file ends too early."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.errors import InputError, UsageError
from onrecord.ingest.folder import shown

BLOCK = 1 << 18
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
GZIP_MAGIC = b"\x1f\x8b"


def open_unpacked(path: Path) -> BinaryIO:
    """The bytes of this file; gzip and zstandard are looked through, by the first bytes.

    Raises:
        OSError: The file cannot be opened.
        UsageError: OR-003, zstandard is not installed.
    """
    with path.open("rb") as file:
        head = file.read(len(ZSTD_MAGIC))
    if head.startswith(GZIP_MAGIC):
        # Not in a buffer of ours: that would lose what comes before the damage.
        return cast("BinaryIO", gzip.GzipFile(path, mode="rb"))
    if head == ZSTD_MAGIC:
        return io.BufferedReader(_Zstandard(path), BLOCK)
    return path.open("rb")


def damage(path: str, error: BaseException) -> InputError:
    """The error OR-112 for what unpacking said."""
    return InputError("OR-112", f"{shown(path)} cannot be unpacked: {error}")


DAMAGES = (gzip.BadGzipFile, EOFError, zlib.error)
"""What reading a damaged compressed file raises."""


class _Zstandard(io.RawIOBase):
    """Frames of zstandard one after another. Unlike the library's own reader it tells when the file was cut off."""

    def __init__(self, path: Path) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise UsageError(
                "OR-003",
                "files in zstandard need a library that is not installed",
                hint="pip install 'onrecord[archive]'",
            ) from error
        self._library = zstandard
        self._file = path.open("rb")
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._begun = False
        self._left = b""
        self._out = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._out:
            if not self._more():
                return 0
        size = min(len(buffer), len(self._out))
        buffer[:size] = self._out[:size]
        self._out = self._out[size:]
        return size

    def _more(self) -> bool:
        data = self._left or self._file.read(BLOCK)
        self._left = b""
        if not data:
            if self._begun:
                raise EOFError("the file is cut off")
            return False
        self._begun = True
        try:
            self._out = memoryview(self._frame.decompress(data))
        except self._library.ZstdError as error:
            raise EOFError(str(error)) from error
        if self._frame.eof:
            self._left = self._frame.unused_data
            self._frame = self._library.ZstdDecompressor().decompressobj()
            self._begun = False
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

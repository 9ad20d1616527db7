"""Bytes to text, keeping every code point, or an error that says what to do.

Nothing is ever replaced: bytes that do not fit are an error (OR-104), because a word that was silently
changed would be printed as if somebody had said it.
"""

from __future__ import annotations

import codecs
import unicodedata

from onrecord.errors import InputError, UsageError

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"PAR1", "a Parquet file"),
    (b"WARC/", "a WARC archive"),
    (b"\x7fELF", "a program"),
)

TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")
CONTROLS = bytes(byte for byte in (*range(0x20), 0x7F) if byte not in TEXT_CONTROLS)
MOST_CONTROLS = 0.10
"""Text may hold stray control characters, NUL too. UTF-16 that is read as UTF-8 holds at least 0.4 of
them."""
MOST_CONTROLS_8BIT = 0.02
SAMPLE_BYTES = 65_536


def check_encoding(encoding: str | None) -> str | None:
    """The usual name of a text encoding, or None for None.

    Raises:
        UsageError: OR-001, Python knows no such text encoding.
    """
    if encoding is None:
        return None
    try:
        name = codecs.lookup(encoding).name
        # Codecs that do not make text of bytes (hex, rot13) show only when they are used.
        _ = " ".encode(name)
    except (LookupError, ValueError):
        raise UsageError(
            "OR-001",
            f"there is no text encoding {encoding!r}",
            hint="Name one that Python knows, for instance utf-8, utf-16, cp1251 or latin-1.",
        ) from None
    # The mark is dropped by us in any case, and a line in the middle of a file has none.
    return "utf-8" if name == "utf-8-sig" else name


def decode(data: bytes, *, encoding: str | None = None, place: str = "the input") -> str:
    """What text do these bytes hold?

    Without `encoding`: a byte order mark decides; else UTF-8; else UTF-16 without a mark, if the zero bytes
    show it. Every code point is kept (CR, NUL, U+FEFF inside the text), except one byte order mark at the
    start.

    Args:
        data: Raw bytes.
        encoding: The encoding, if the user states it.
        place: How messages name the bytes.

    Raises:
        InputError: OR-102 no bytes, or white space only; OR-103 binary data; OR-104 another encoding.
        UsageError: OR-001 there is no such encoding.
    """
    name = check_encoding(encoding)
    if not data:
        raise InputError("OR-102", f"{place} is empty")
    kind = binary_format(data)
    if kind is not None:
        raise InputError("OR-103", f"{place} is {kind}, not text")
    text = _decode_found(data, place) if name is None else _decode_named(data, name, place)
    if not text or text.isspace():
        raise InputError("OR-102", f"{place} holds nothing but white space")
    return text


def binary_format(data: bytes) -> str | None:
    """Which well-known format that is not text do these bytes begin with? None if none."""
    if data[257:262] == b"ustar":
        return "a tar archive"
    return next((kind for start, kind in FORMATS if data.startswith(start)), None)


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark at the start, and the encoding it stands for; None if there is none."""
    return next(((mark, name) for mark, name in MARKS if data.startswith(mark)), None)


def wrong_encoding(data: bytes, place: str, error: UnicodeError | None = None) -> InputError:
    """The error OR-104 for bytes that are not UTF-8, with the encoding that they look like."""
    where = ""
    if isinstance(error, UnicodeDecodeError):
        where = f" (byte 0x{data[error.start]:02x} at offset {error.start})"
    from onrecord.ingest.guess import guess_encoding  # its tables are wanted for errors only

    likely = guess_encoding(data)
    if likely is None:
        return InputError("OR-104", f"{place} is not UTF-8{where}, and no other encoding could be made out")
    return InputError(
        "OR-104",
        f"{place} is not UTF-8{where}; it looks like {likely}",
        hint=f"If it is, name the encoding: --encoding {likely}",
    )


def _decode_named(data: bytes, name: str, place: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeError as error:
        where = f" at byte offset {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError("OR-104", f"{place} is not {name}: the bytes do not fit{where}") from None
    # Decoders named with their byte order keep the mark as a character.
    text = text.removeprefix("\ufeff")
    if _share_of_controls(text.encode("utf-8", "surrogatepass")) > MOST_CONTROLS:
        raise InputError("OR-103", f"{place} read as {name} is mostly control characters, not text")
    return text


def _decode_found(data: bytes, place: str) -> str:
    found = byte_order_mark(data)
    if found is not None:
        mark, name = found
        try:
            return data[len(mark) :].decode(name)
        except UnicodeDecodeError as error:
            if name == "utf-8":
                raise wrong_encoding(data, place, error) from None
            raise InputError(
                "OR-104",
                f"{place} begins with the byte order mark of {name}, but the bytes do not fit at offset "
                f"{error.start + len(mark)}",
            ) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, place, error)
    if _share_of_controls(data) <= MOST_CONTROLS:
        return text
    return _decode_other(data, place, None)


def _decode_other(data: bytes, place: str, error: UnicodeDecodeError | None) -> str:
    """Text that is not UTF-8: UTF-16 if the zero bytes show it, else the error that fits."""
    name = _utf16_without_mark(data)
    if name is not None:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            raise InputError("OR-104", f"{place} looks like {name}, but the bytes do not fit") from None
    if error is None or _share_of_controls(data) > MOST_CONTROLS_8BIT:
        raise InputError("OR-103", f"{place} holds binary data, not text")
    raise wrong_encoding(data, place, error)


def _share_of_controls(data: bytes) -> float:
    return (len(data) - len(data.translate(None, CONTROLS))) / max(1, len(data))


def _utf16_without_mark(data: bytes) -> str | None:
    """Is this UTF-16, and of which byte order?

    In UTF-16 the space, the line end and the digits have a zero byte, always on the same side of a printable
    ASCII byte. Binary data has zeros on both sides, or beside bytes that are no characters.
    """
    sample = data[:SAMPLE_BYTES]
    if len(data) % 2 or len(sample) < 8:
        return None
    even, odd = sample[0::2], sample[1::2]
    for name, low, high in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        zeros = high.count(0)
        if zeros < len(high) / 100 or low.count(0) > zeros / 10:
            continue
        ascii_bytes = bytes(lo for lo, hi in zip(low, high, strict=True) if hi == 0)
        if _share_of_controls(ascii_bytes) > MOST_CONTROLS_8BIT:
            continue
        text = sample.decode(name, "replace")
        odd_ones = sum(unicodedata.category(char) in ("Cn", "Co", "Cs") or char == "\ufffd" for char in text)
        if odd_ones <= len(text) / 50:
            return name
    return None

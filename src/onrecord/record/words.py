"""Is a value one of the codebook's words?"""

from __future__ import annotations

from collections.abc import Collection

from onrecord.errors import TextError


def check_word(value: object, allowed: Collection[str], *, what: str) -> None:
    """Is `value` one of the words that the codebook allows for `what`?

    Raises:
        TextError: OR-202, it is not; the message lists the words that are.
    """
    if value not in allowed:
        raise TextError("OR-202", not_a_word(value, allowed, what=what))


def not_a_word(value: object, allowed: Collection[str], *, what: str) -> str:
    """The sentence that says so."""
    return f"{what} must be one of {', '.join(allowed)}; not {value!r}"


def check_score(score: float | None, *, what: str) -> None:
    """Does `score` lie in [0, 1], or is it None ("not scored")?

    Raises:
        TextError: OR-202, it does not, or it is not a number.
    """
    if score is not None and not 0.0 <= score <= 1.0:
        raise TextError("OR-202", f"{what}: the score must lie in [0, 1], not {score}")

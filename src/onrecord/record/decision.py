"""What did a person decide about the record?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.errors import TextError
from onrecord.record.ids import content_id
from onrecord.record.words import check_word

Verdict: TypeAlias = Literal["accepted", "rejected", "corrected", "unsure"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about one entry of the record. Never changed or removed: a later one supersedes
    it.

    Attributes:
        id: ``x`` and 16 hexadecimal digits, see :func:`decision_id`.
        subject: The id of the statement, link, actor or other entry that it is about.
        field: Which of its fields; None for the entry as a whole.
        before: What the field said, as JSON; None if the decision is about the whole.
        after: What it says from now on, as JSON; given exactly where the verdict is *corrected*.
        verdict: What was decided.
        by: Who decided.
        at: When, ISO 8601 with UTC offset.
        note: Why, in the person's own words.
        supersedes: The id of the decision that this one replaces.

    Raises:
        TextError: OR-202, a word that the codebook does not know, nobody who decides, or a correction without
            a field and what it says from now on.
    """

    id: str
    subject: str
    field: str | None = None
    before: str | None = None
    after: str | None = None
    verdict: Verdict
    by: str
    at: str
    note: str | None = None
    supersedes: str | None = None

    def __post_init__(self) -> None:
        check_word(self.verdict, VERDICTS, what="verdict")
        if not self.by:
            raise TextError("OR-202", f"decision {self.id}: nobody decided it")
        corrects = self.verdict == "corrected"
        if corrects != (self.after is not None) or (corrects and self.field is None):
            raise TextError(
                "OR-202",
                f"decision {self.id}: a correction, and nothing else, names a field and what it says now",
            )


def decision_id(
    *,
    subject: str,
    field: str | None,
    after: str | None,
    verdict: Verdict,
    by: str,
    at: str,
    supersedes: str | None,
) -> str:
    """The id of a decision: a hash of who decided what about what, and when."""
    return content_id("x", subject, field, after, verdict, by, at, supersedes)

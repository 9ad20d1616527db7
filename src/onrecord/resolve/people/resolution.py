"""What does a mention turn out to be, and what else could it have been?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.actor import Actor, ActorKind
from onrecord.record.attribution import SourceKind
from onrecord.record.span import Spans

NOT_NAMED = "the text does not name the source"
NO_SOURCE = "the text names no source"
UNNAMED_GROUP = "a group that the text does not name"
UNNAMED_PERSON = "a person whom the text does not name"
UNNAMED_DOCUMENT = "a document that the text ascribes to nobody"
UNNAMED_OUTLET = "an outlet that the text does not name"
OWN_STAFF = "somebody of the outlet itself whom the text does not name"
OWN_AUTHOR = "“{}” wrote the article, and speaks for the outlet"
OUTSIDE = "“{}” stands in nobody's quotation"
NOBODY_FITS = "nobody in the article fits “{}”"
GOES_BACK = "“{}” goes back to “{}”, which the text does not name"
EQUAL = "two fit “{}” equally: {} and {}"
UNSURE = "too unsure: {} may be meant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be meant.

    Attributes:
        actor: Who.
        score: How likely, in [0, 1].
    """

    actor: Actor
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a mention turns out to be.

    Attributes:
        actor: Who is meant; None if that is open.
        source_kind: How the mention names it.
        kind: What it is; *unknown* where that is open too.
        named: Whether the text names it.
        reason: Why there is no actor, in plain words; None exactly if there is one.
        score: How likely `actor` (or that there is none to find) is right, in [0, 1].
        evidence: The words that decide.
        candidates: Who else was weighed, best first, the actor included.
    """

    actor: Actor | None
    source_kind: SourceKind
    kind: ActorKind
    named: bool
    reason: str | None
    score: float
    evidence: Spans = ()
    candidates: tuple[Candidate, ...] = ()

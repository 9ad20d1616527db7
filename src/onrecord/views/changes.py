"""Who has changed position?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.store import Entry, Ledger, LinkEntry
from onrecord.views.beside import LEAST
from onrecord.views.conflicts import CHANGING, Conflict, Conflicts, conflicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an actor said first, and otherwise later.

    Attributes:
        link: The link between the two.
        before: The earlier statement.
        after: The later one.
        printings: How many statements tell the earlier utterance, and how many the later one.
        superseded: Whether the outlet has replaced one of the two documents by another text.
        corrected: What people corrected of the two, of what the link rests on.
    """

    link: LinkEntry
    before: Entry
    after: Entry
    printings: tuple[int, int]
    superseded: bool
    corrected: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changes of position in a ledger.

    Attributes:
        found: The changes, by date of the later statement.
        more: Links after the surest ones that were not read.
        less_sure: Links that were left out because their score is too low.
        versions: Pairs left out because they stand in two versions of one text: the outlet corrected itself.
    """

    found: tuple[Change, ...]
    more: int = 0
    less_sure: int
    versions: int


def changes(ledger: Ledger, *, actor: str | None = None, least: float = LEAST) -> Changes:
    """Which actors said otherwise later? Of documents without a date of publication, none is claimed.

    Args:
        ledger: The ledger.
        actor: An actor's id, or a unique beginning; None for everybody.
        least: Changes with a lower score are counted, not shown; what a person kept is shown anyway.

    Raises:
        StoreError: OR-407, there is no such actor, or several.
    """
    return changes_in(conflicts(ledger, kinds=CHANGING, least=least, actor=actor))


def changes_in(found: Conflicts) -> Changes:
    """The changes of position among links that say so."""
    dated = [each for each in found.found if _date(each.left) and _date(each.right)]
    shown = sorted(map(_change, dated), key=lambda each: (_date(each.after), _date(each.before), each.link.link.id))
    return Changes(found=tuple(shown), more=found.more, less_sure=found.less_sure, versions=found.versions)


def _change(found: Conflict) -> Change:
    ends = ((found.right, found.right_printings), (found.left, found.left_printings))
    (before, first), (after, second) = sorted(ends, key=lambda end: _date(end[0]))
    return Change(
        link=found.link,
        before=before,
        after=after,
        printings=(first, second),
        superseded=found.superseded,
        corrected=found.corrected,
    )


def _date(entry: Entry) -> str:
    return entry.document.published.value if entry.document.published else ""

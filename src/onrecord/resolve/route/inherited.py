"""Which statements come from an interview that the article names elsewhere?

Codebook, case 5: an interview applies to all of the speaker's statements that the article takes from it, though the
lead alone names it. One that is named further down applies until somebody else speaks, and to the statement right
before it, which often sums up what the interview is then quoted for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.resolve.route.frame import Frame

LEAD = 2
"""Up to which paragraph, counted from 0, an interview is the occasion of the whole article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one statement of the outermost level contributes.

    Attributes:
        statement_id: The statement.
        speaker: Its actor; None if unresolved.
        frame: The interview that its own sentence names; None if it names none.
        lasting: Whether that interview may go beyond the sentence: not where a relative clause names it in passing.
        labelled: Whether it is marked as a transcript marks who speaks ("PENCE: …").
        elsewhere: Whether its own sentence names another occasion or an earlier time.
    """

    statement_id: str
    speaker: str | None
    frame: Frame | None
    lasting: bool
    labelled: bool
    elsewhere: bool


def inherited(turns: Sequence[Turn], paragraph: Callable[[int], int]) -> Mapping[str, Frame]:
    """Which interview, named elsewhere, does each statement come from?

    Args:
        turns: The statements of the outermost level, in the order of the text.
        paragraph: Which paragraph an offset lies in, counted from 0.

    Returns:
        The interview by statement; those are left out that name their own or come from none.
    """
    lead: dict[str, Frame] = {}
    for turn in turns:
        if turn.speaker and turn.frame and turn.lasting and paragraph(turn.frame.span.start) <= LEAD:
            lead.setdefault(turn.speaker, turn.frame)
    broadcast = next(iter(lead.values()), None)
    found: dict[str, Frame] = {}
    running: tuple[str, Frame] | None = None
    before: Turn | None = None
    for turn in turns:
        if running is not None and turn.speaker != running[0]:
            running = None
        if turn.frame is not None:
            running = (turn.speaker, turn.frame) if turn.speaker and turn.lasting else None
            if running and turn.frame.turn != "told" and before and before.speaker == turn.speaker:
                found[before.statement_id] = turn.frame
        elif turn.labelled and broadcast is not None:
            found[turn.statement_id] = broadcast
        elif turn.speaker and not turn.elsewhere:
            given = lead.get(turn.speaker) or (running[1] if running else None)
            if given is not None:
                found[turn.statement_id] = given
        free = turn.frame is None and turn.statement_id not in found and not turn.elsewhere
        before = turn if free else None
    return found

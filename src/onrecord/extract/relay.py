"""What is no statement of its own though the tagger finds one: the name of those who were cited.

"The edition, citing its own interlocutors, reported …": *citing* is how the words of the statement beside it came, and
its object is who they came from (codebook, case 14). "Citing the cost, she declined" gives a reason, which is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.found import Found

_RELAYS = frozenset({"citing", "quoting"})
_TELLERS = frozenset(
    "source sources interlocutor interlocutors official officials people person persons diplomat diplomats witness "
    "witnesses media agency agencies newspaper newspapers report reports note memo document documents statement "
    "spokesman spokeswoman spokesperson insider insiders".split()
)
_LONGEST_NAME = 6
"""Words within which the noun that says who or what was cited must come."""


def names_who_is_cited(item: Found, words: Sequence[str]) -> bool:
    """Is the content of `item` who or what was cited, and nothing that was said?

    Args:
        item: A statement.
        words: What each word of the section is, as printed.
    """
    if item.cue is None or item.own >= 0.5:
        return False
    cue = [w.casefold() for w in words[item.cue.start : item.cue.end] if w[0].isalpha()]
    if len(cue) != 1 or cue[0] not in _RELAYS:
        return False
    start, end = item.content[0].start, item.content[0].end
    for k in range(start, min(end, start + _LONGEST_NAME)):
        if words[k].casefold() in _TELLERS:
            return k + 1 == len(words) or words[k + 1] not in {"’", "'"}
    return False

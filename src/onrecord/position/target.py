"""At whom or what is the act of a statement directed?"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.position.clauses import MARKS, read_clause
from onrecord.position.frame import Frame
from onrecord.position.lexicon import Hit
from onrecord.position.tables import word_sets
from onrecord.position.words import Words
from onrecord.record.position import Act

_ADDRESSED = frozenset({"demands", "asks", "offers", "promises", "threatens", "warns", "criticises", "praises"})
_OF_WHAT = frozenset({"denies", "declines", "confirms", "agrees", "criticises", "praises"})
_LEADING = frozenset("on upon to with by for from of about against at that as in".split())
_CHARGE = frozenset({"of", "for", "over"})
_LONGEST = 8


def target_of(frame: Frame, words: Words, act: Act, force: Hit | None) -> tuple[int, int] | None:
    """First and last word of what the act is directed at; None if the text does not say.

    Who is asked, accused or warned, where the cue names them before the content or the content begins with them; else
    what is denied, declined, praised and so on, where the content names a thing; else the subject of what is said.

    Args:
        frame: The parts of the statement.
        words: The words of the text.
        act: What the statement does.
        force: The words of the cue that say so; None if the content does.
    """
    content = [i for sentence in frame.content for i in sentence if words.lower[i] not in MARKS]
    if not content:
        return None
    clause = read_clause(frame.content[0], words)
    if force is None:
        subject = _plain(clause.subject, words)
        return subject if act in _OF_WHAT else None
    if act in _ADDRESSED:
        between = [i for i in frame.cue if force.at[-1] < i < content[0]]
        named = _plain(between, words)
        if named is not None:
            return named
        if clause.shape == "object":
            return _plain(clause.subject, words)
        charge = next((k for k, i in enumerate(content[:_LONGEST]) if k and words.lower[i] in _CHARGE), None)
        if charge is not None and act in {"criticises", "praises"}:
            return _plain(content[:charge], words)
    if act in _OF_WHAT:
        last = next((k for k in range(1, len(content)) if content[k] != content[k - 1] + 1), len(content))
        return _plain(content[:last], words, longest=None)
    return None


def _plain(indices: Sequence[int], words: Words, *, longest: int | None = _LONGEST) -> tuple[int, int] | None:
    """The stretch without prepositions and stops about it; None for a bare pronoun or too many words."""
    kept = list(indices)
    while kept and (words.lower[kept[0]] in _LEADING or not words.lower[kept[0]].isalnum()):
        del kept[0]
    while kept and (words.lower[kept[-1]] in _LEADING or not words.lower[kept[-1]][-1:].isalnum()):
        del kept[-1]
    if not kept or (longest is not None and len(kept) > longest):
        return None
    if len(kept) == 1 and words.lower[kept[0]] in word_sets()["pronoun"]:
        return None
    return kept[0], kept[-1]

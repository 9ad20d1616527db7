"""What is no statement though the tagger finds one: nothing was said (codebook, cases 12 and 14).

- The name of those who were cited: in "The edition, citing its own interlocutors, reported …", *citing* is how the
  words of the statement beside it came, and its object is who they came from. "Citing the cost, she declined" gives a
  reason, which is said.
- A question that nobody answered: "did not respond to a request for comment". "Declined to comment" is an answer.
- A name: "a hotel called “Confidence”", "a film titled “The Long Road”". "Called the plan “a farce”" says something.
- Words that are told by nobody: a heading, a caption, the title of an interview.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.forms import OPENING
from onrecord.extract.found import Found
from onrecord.extract.tags import Stretch

_RELAYS = frozenset({"citing", "quoting"})
_TELLERS = frozenset(
    "source sources interlocutor interlocutors official officials people person persons diplomat diplomats witness "
    "witnesses media agency agencies newspaper newspapers report reports note memo document documents statement "
    "spokesman spokeswoman spokesperson insider insiders".split()
)
_LONGEST_NAME = 6
"""Words within which the noun that says who or what was cited must come; also those of the longest name in marks."""

_WILLING = frozenset({"would", "wouldn", "will", "won"})
_ANSWERS = frozenset("respond responded responding reply replied".split())
_RETURNS = frozenset({"return", "returned"})
_ASKED = frozenset(
    "request requests call calls message messages email emails mail mails question questions inquiry inquiries".split()
)
_NAMES, _TITLES = frozenset("called named dubbed christened nicknamed".split()), frozenset({"titled", "entitled"})
_CLOSING = frozenset("” “ » ’ ' \"".split())
_SMALL = frozenset("a an and at by for from in of on or the to with".split())


def is_unsaid(item: Found, words: Sequence[str]) -> bool:
    """Is `item` no statement, because it says nothing or nobody says it?

    Args:
        item: A statement.
        words: What each word of the section is, as printed.
    """
    if item.cue is None:
        marked = any(words[k] in OPENING for part in item.content for k in range(part.start, part.end))
        return item.source is None and item.own < 0.5 and not marked
    cue = _lettered(item.cue, words)
    if item.own < 0.5 and (_cites(item, cue, words) or _unanswered(item, cue, words)):
        return True
    return _is_name(item, cue, words)


def _cites(item: Found, cue: Sequence[str], words: Sequence[str]) -> bool:
    """Is the content who or what was cited, and nothing that was said?"""
    if len(cue) != 1 or cue[0] not in _RELAYS:
        return False
    start, end = item.content[0].start, item.content[0].end
    for k in range(start, min(end, start + _LONGEST_NAME)):
        if words[k].casefold() in _TELLERS:
            return k + 1 == len(words) or words[k + 1] not in {"’", "'"}
    return False


def _unanswered(item: Found, cue: Sequence[str], words: Sequence[str]) -> bool:
    """Did somebody give no answer? Who *would* not answer gave one."""
    negated = not {"not", "t", "never"}.isdisjoint(cue) or ("yet" in cue and "to" in cue)
    if not negated or not _WILLING.isdisjoint(cue):
        return False
    if "reached" in cue:
        return "be" in cue
    asked = [*cue, *(word for part in item.content for word in _lettered(part, words))]
    return not _ANSWERS.isdisjoint(cue) or (not _RETURNS.isdisjoint(cue) and not _ASKED.isdisjoint(asked))


def _is_name(item: Found, cue: Sequence[str], words: Sequence[str]) -> bool:
    """Is the content, in marks and in capitals, what something is called?"""
    content = item.content[-1]
    inside = words[content.start : content.end]
    if not cue or len(item.content) > 1 or len(inside) < 3 or inside[0] not in OPENING or inside[-1] not in _CLOSING:
        return False
    name = [word for word in inside if word[0].isalnum()]
    if len(name) > _LONGEST_NAME or any(word[0].islower() and word not in _SMALL for word in name):
        return False
    return cue[-1] in _TITLES or (cue[-1] in _NAMES and item.source is None)


def _lettered(part: Stretch, words: Sequence[str]) -> list[str]:
    return [word.casefold() for word in words[part.start : part.end] if word[0].isalpha()]

"""Is this the name of an outlet, and do two names mean the same one?"""

from __future__ import annotations

import re

from onrecord.resolve.page.words import OUTLET_NAME_ENDS

_WORD = re.compile(r"[^\W_]+(?:['’&/.-][^\W_]+)*")
_ENDS = OUTLET_NAME_ENDS | frozenset(
    "mail broadcasting presse press kurier figaro fm channel mirror sentinel inquirer dispatch examiner online newswire"
    " sun star globe monitor standard observer record wire media nachrichten allgemeine corriere stampa repubblica"
    " dagbladet broadcaster com".split()
)
_STARTS = frozenset("radio tv channel agence agencia agenzia".split())
_EMPTY = frozenset("the of news agency and".split())
_SHORTEST_PART = 2


def words_of(name: str) -> list[str]:
    """The words of a name in lower case, without marks.

    >>> words_of("“The Halden Post,”")
    ['the', 'halden', 'post']
    """
    return [found[0].casefold() for found in _WORD.finditer(name)]


def sounds_like_outlet(name: str) -> bool:
    """Does the name say of itself that it is an outlet's ("Radio Veda", "Halden Post")?"""
    words = words_of(name)
    return len(words) > 1 and (words[-1] in _ENDS or words[0] in _STARTS)


def same_outlet(left: str, right: str) -> bool:
    """Do two names mean one outlet: the same words, a part of them, their initials, or their beginnings run together?

    >>> same_outlet("the Courier", "The Albion Courier"), same_outlet("SNG", "State News of Galdia")
    (True, True)
    >>> same_outlet("The Huffington Post", "HuffPost"), same_outlet("Halden Post", "Albion Post")
    (True, False)
    """
    one, other = (words_of(name) for name in (left, right))
    bare, against = ([word for word in words if word not in _EMPTY] for words in (one, other))
    if not bare or not against:
        return one == other
    if set(bare) <= set(against) or set(against) <= set(bare):
        return True
    return _is_short(bare, other) or _is_short(against, one)


def _is_short(short: list[str], words: list[str]) -> bool:
    """Is the one word of `short` made of the beginnings of `words`?"""
    if len(short) != 1:
        return False
    spelt = [word for word in words if word not in {"the", "of", "and"}]
    if len(short[0]) > _SHORTEST_PART and short[0] == "".join(word[0] for word in spelt):
        return True
    rest = short[0]
    for word in spelt:
        size = next((n for n in range(len(word), 1, -1) if rest.startswith(word[:n])), 0)
        if size < _SHORTEST_PART:
            return False
        rest = rest[size:]
    return not rest and len(spelt) > 1

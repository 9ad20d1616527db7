"""Which organ does a name name, that every state or town has: a ministry, an army, a council?"""

from __future__ import annotations

from onrecord.resolve.page.words import ORGAN_HEADS, ORGAN_WORDS

BRITISH = {"defense": "defence", "labor": "labour", "center": "centre"}
"""Spellings that are taken for one."""


def organ_name(words: tuple[str, ...]) -> str:
    """One form for the name of an organ, in lower case: "Ministry of Defense" is the "defence ministry"."""
    lows = [BRITISH.get(word.lower(), word.lower()) for word in words if word.lower() != "the"]
    if len(lows) > 2 and lows[0] in ORGAN_HEADS and lows[1] in ("of", "for"):
        lows = [*(low for low in lows[2:] if low not in ("affairs",)), lows[0]]
    return " ".join(lows)


def is_organ(words: tuple[str, ...]) -> bool:
    """Is this the name of an organ that many states or places have?"""
    lows = [word.lower() for word in words]
    return any(low in ORGAN_HEADS for low in lows) and all(low in ORGAN_WORDS or low in ORGAN_HEADS for low in lows)

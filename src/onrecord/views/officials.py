"""Does a source speak for a state, a government or another public body?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.record.actor import Actor

_WORDS = """president presidency presidential minister ministers ministry ministries ministerial premier premiers
chancellor chancellery government governments governmental official officials ambassador ambassadors embassy envoy
envoys consul consulate diplomat diplomats senator senators senate congress congressman congresswoman lawmaker lawmakers
legislator legislators parliament parliamentary parliamentarian parliamentarians mp mps mep meps mayor mayors governor
governors king queen emir sultan kremlin police policeman policewoman army military navy admiral colonel brigadier court
courts judge judges tribunal prosecutor prosecutors attorney-general commissioner commissioners authority authorities
department cabinet customs regulator regulators municipality administration councillor councillors sheriff treasury
undersecretary nato un eu duma bundestag sejm knesset rada"""
_PHRASES = (
    *("heads? of (?:state|government)", "prime minister", "secretary of state", "secretary[- ]general"),
    *("(?:foreign|home|defen[cs]e|interior|finance) secretary", "attorney general", "white house", "air force"),
    *("armed forces", "general staff", "coast ?guard", "border (?:guard|service)", "united nations"),
    *("(?:city|town|county|security|state|national|european) council", "european (?:union|commission|parliament)"),
    *("intelligence (?:service|agency)", "security service", "supreme leader", "central bank", "foreign office"),
    *("member of parliament", "state department", "crown prince", "tax office"),
)
_OFFICIAL = re.compile(rf"\b(?:{'|'.join((*_WORDS.split(), *_PHRASES))})\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex|retired|late)\b", re.IGNORECASE)


def is_official(actor: Actor | None, words: Iterable[str] = ()) -> bool:
    """Does this source speak for a state, a government or another public body?

    By what it is, by the offices that lists give it, and by the words of the text; False where none of these say so.

    Args:
        actor: Who it is; None if unresolved.
        words: By which words the text names the source.

    >>> is_official(None, ["two officials briefed on the talks"]), is_official(None, ["a passer-by"])
    (True, False)
    """
    if actor is not None:
        if actor.kind == "outlet":
            return False
        if actor.kind == "state" or actor.roles:
            return True
        if actor.kind in ("organisation", "group") and _OFFICIAL.search(" ; ".join((actor.name, *actor.names))):
            return True
    return any(_OFFICIAL.search(each) and not _FORMER.search(each) for each in words)

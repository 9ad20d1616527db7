"""What did somebody do by whom words came: said, told, wrote, reported, confirmed?"""

from __future__ import annotations

import re

from onrecord.record.attribution import SourceKind

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_FORMS = {
    "told": "tell tells telling",
    "wrote": "write writes writing written text texts texted tweet tweets tweeted tweeting post posts posted posting",
    "thought": "think thinks thinking",
    "spoke": "speak speaks speaking spoken",
    "swore": "swear swears swearing sworn",
    "found": "find finds finding",
    "meant": "mean means meaning",
    "felt": "feel feels feeling",
    "showed": "show shows showing shown",
    "knew": "know knows knowing",
    "believed": "belief believe",
    "said": "say says saying according",
    "drew": "draw draws drawing drawn",
    "gave": "give gives giving given",
    "took": "take takes taking taken",
    "held": "hold holds holding",
    "stood": "stand stands standing",
    "sought": "seek seeks seeking",
    "began": "begin begins beginning begun",
    "made": "make makes making",
    "saw": "see sees seeing seen",
    "forbade": "forbid forbids forbidding forbidden",
    "forgave": "forgive forgives forgiving forgiven",
    "taught": "teach teaches teaching",
    "sang": "sing sings singing sung",
    "chose": "choose chooses choosing chosen",
    "let": "lets letting",
    "put": "puts putting",
    "sent": "send sends sending",
    "read": "reads reading",
    "hit": "hits hitting",
    "planned": "plan plans planning",
    "admitted": "admit admits admitting",
    "permitted": "permit permits permitting",
    "begged": "beg begs begging",
    "quipped": "quip quips quipping",
    "referred": "refer refers referring",
    "preferred": "prefer prefers preferring",
    "dropped": "drop drops dropping",
    "stopped": "stop stops stopping",
    "blogged": "blog blogs blogging",
    "regretted": "regret regrets regretting",
    "committed": "commit commits committing",
    "rebutted": "rebut rebuts rebutting",
}
_PAST = {form: past for past, forms in _FORMS.items() for form in (past, *forms.split())}
_SKIP = frozenset(
    "has had have is was are were be been being would will could may might did does do also now then not never neither"
    " nor this that it as to in by the a an of on for his her its their i we he she they and so still already once"
    " again repeatedly first earlier since later words put known comment yet".split()
)


def act_of(cue: str, kind: SourceKind | None) -> str:
    """What did the source do, by the words of the cue, in the past tense?

    Args:
        cue: The words of the cue; may be empty.
        kind: How the source is named: a document *stated* and an outlet *reported* where the cue does not say.

    >>> act_of("also denies", "name"), act_of("According to", "document"), act_of("", None)
    ('denied', 'stated', 'said')
    """
    for found in _WORD.finditer(cue):
        word = found[0].casefold()
        past = None if word in _SKIP else _past(word)
        if past is not None and past != "said":
            return past
    return {"document": "stated", "outlet": "reported", "none": "reported"}.get(kind or "", "said")


def _past(word: str) -> str | None:
    """The past tense of a verb form, by rule where it is regular; None if it looks like no verb."""
    if word in _PAST:
        return _PAST[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "ied"
    if word.endswith("ing") and len(word) > 5:
        return word[:-3] + "ed"
    if word.endswith("ed") and len(word) > 4:
        return word
    if word.endswith("s") and not word.endswith("ss") and len(word) > 4:
        return word[:-1] + ("d" if word[-2] == "e" else "ed")
    return None

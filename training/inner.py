"""Statements inside a content: the corpus annotates the outermost only, so the plainest inner ones are found by form.

A content with a clause such as "I think …", "they want to …", "he believes …" gets that clause as an inner statement; a
content without any word of saying or thinking has none. What the tagger finds when it reads a content as a text of its
own (``training.inside``) is an inner statement if it is sure of it, and a content in which it finds nothing has none.
The rest stays unknown and is left out of the loss.
"""

from __future__ import annotations

import random
import re

import numpy as np

from training.labelled import (
    ATT2,
    CONTENT,
    CUE,
    NONE,
    OWN,
    ROLE1,
    ROLE2,
    ROLES,
    SOURCE,
    UNKNOWN,
    Labelled,
    filled,
    join,
)

SURE = 0.6
"""From which score on a statement is believed that the tagger found inside a content."""

_VERBS = (
    r"think|thinks|thought|believe|believes|believed|hope|hopes|hoped|feel|feels|felt|"
    r"want|wants|wanted|wish|wishes|expect|expects|expected|say|says|said|suspect|"
    r"suspects|guess|doubt|doubts|fear|fears|feared|intend|intends|intended|agree|agrees"
    r"|agreed|prefer|prefers|plan|plans|planned|know|knows|knew|claim|claims|claimed|"
    r"insist|insists|demand|demands|demanded|propose|proposes|proposed|promise|promises|"
    r"promised|support|supports|oppose|opposes|consider|considers|considered|warned|warns|"
    r"decided|would like|would prefer|look forward|am sure|are sure|am convinced|are convinced|"
    r"am confident|are confident|is confident|is convinced|am afraid|are afraid"
)
_HELPERS = (
    r"(?:(?:do|does|did|would|will|can|could|have|has|had) (?:not |n’t )?"
    r"|don’t |doesn’t |didn’t |don't |doesn't |didn't |just |still |really |also |firmly |always )*"
)
_WHO = (
    r"[Ii]|[Ww]e|[Tt]hey|[Hh]e|[Ss]he|[Pp]eople|[Mm]any people|[Ee]verybody|[Ee]veryone|[Tt]he [a-z]+"
    r"|(?:[A-Z][\w’-]+ )?[A-Z][\w’-]+"
)
_CLAUSE = re.compile(
    rf"(?<![\w’'])(?P<source>{_WHO}) (?P<cue>{_HELPERS}(?:{_VERBS}))(?=[ ,])(?: ?that)? ?"
    r"(?P<content>[^.!?;:\n“”\"‘—–]{8,400})"
)
_ANY = re.compile(
    r"(?i)\b(?:think|thought|believ|hop(?:e|ing)|feel|felt|want|wish|expect|sa(?:y|id)|tell|told|suspect|guess|doubt"
    r"|fear|afraid|intend|agree|prefer|plan|know|knew|claim|insist|demand|propos|promis|support|oppos|consider|warn"
    r"|decid|convinced|confident|sure|accus|den(?:y|ied|ies)|according|argu|call|suggest|ask|call|report|announc"
    r"|refus|offer|accept|reject|look|view|opinion|idea|word|quot|“|\")"
)
_SENTENCE = re.compile(
    r"(?<=[“\"\s])(The|It|This|That|There|He|She|They|We|You|These|Our|In|If) [^.!?“”\"\n]{15,200}(?=[.,!?])"
)
_OPENINGS = (
    ("I", "think", ""),
    ("I", "believe", "that"),
    ("We", "believe", ""),
    ("I", "hope", ""),
    ("We", "know", "that"),
    ("I", "don’t think", ""),
    ("We", "expect", "that"),
    ("They", "say", ""),
    ("I", "am sure", ""),
    ("I", "am convinced", "that"),
    ("We", "hope", ""),
    ("I", "still think", ""),
    ("We", "think", ""),
    ("I", "do believe", "that"),
    ("People", "say", ""),
    ("They", "claim", "that"),
    ("I", "suspect", ""),
    ("I", "feel", ""),
)


def add_found(article: Labelled, row: dict, found: list[dict]) -> Labelled:
    """The article with what was found inside its contents.

    Args:
        article: Made of `row`; changed in place.
        row: A row of the attribution corpus.
        found: The statements of ``training.inside``.
    """
    lab = article.labels
    for fresh, item in enumerate(found, 7000):
        parts = [(role, s, e) for name, role in ROLES.items() for s, e in item[name]]
        whole = slice(min(s for _, s, _ in parts), max(e for _, _, e in parts))
        free = lab[whole, ROLE2] == UNKNOWN
        if item["score"] < SURE or not all((lab[s:e, ROLE2] == UNKNOWN).all() for _, s, e in parts):
            continue
        lab[whole, ROLE2][free] = NONE
        for role, s, e in parts:
            lab[s:e, ROLE2], lab[s:e, ATT2] = role, fresh
    seen = np.zeros(len(lab), dtype=bool)
    for item in found:
        for s, e in item["content"]:
            seen[s:e] = True
    for att in row["attributions"]:
        spans = [slice(s, e) for s, e in att["content"]]
        if any(seen[span].any() or _CLAUSE.search(article.text[span]) for span in spans):
            continue
        for span in spans:
            lab[span, ROLE2] = np.where(lab[span, ROLE2] == UNKNOWN, NONE, lab[span, ROLE2])
    return article


def mark_inner(article: Labelled, rng: random.Random) -> Labelled:
    """The article with the inner statements that form gives away, some of them put there."""
    out = _open_with_belief(article, rng)
    lab = out.labels
    fresh = 9000
    inside = lab[:, ROLE1] == CONTENT
    unknown = inside & (lab[:, ROLE2] == UNKNOWN)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], unknown.astype(np.int8), [0]])))
    for begin, end in zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True):
        text = out.text[begin:end]
        for m in _CLAUSE.finditer(text):
            fresh += 1
            content = m.group("content")
            stop = begin + m.start("content") + len(content.rstrip(" ,"))
            for role, (s, e) in ((SOURCE, m.span("source")), (CUE, m.span("cue"))):
                lab[begin + s : begin + e, ROLE2], lab[begin + s : begin + e, ATT2] = role, fresh
            gap = slice(begin + m.start("source"), stop)
            lab[gap, ROLE2] = np.where(lab[gap, ROLE2] == UNKNOWN, NONE, lab[gap, ROLE2])
            s = begin + m.start("content")
            lab[s:stop, ROLE2], lab[s:stop, ATT2] = CONTENT, fresh
        if not _ANY.search(text):
            lab[begin:end, ROLE2] = NONE
    return out


def _open_with_belief(article: Labelled, rng: random.Random) -> Labelled:
    """Put "I think" and its like before some sentences of direct speech."""
    lab = article.labels
    parts: list[Labelled] = []
    at = 0
    fresh = 12000
    for m in _SENTENCE.finditer(article.text):
        if m.start() < at or rng.random() > 0.10:
            continue
        zone = lab[m.start() : m.end()]
        if not ((zone[:, ROLE1] == CONTENT) & (zone[:, OWN] == 1) & (zone[:, ROLE2] <= NONE)).all():
            continue
        fresh += 1
        k, own = int(zone[0, 1]), 1
        source, cue, that = rng.choice(_OPENINGS)
        bits = [
            filled(source, CONTENT, k, own),
            filled(" ", CONTENT, k, own),
            filled(cue, CONTENT, k, own),
            filled(f" {that} " if that else " ", CONTENT, k, own),
        ]
        bits[0].labels[:, ROLE2], bits[0].labels[:, ATT2] = SOURCE, fresh
        bits[2].labels[:, ROLE2], bits[2].labels[:, ATT2] = CUE, fresh
        bits[1].labels[:, ROLE2] = bits[3].labels[:, ROLE2] = NONE
        word = m.group(1)
        body = Labelled(word.lower() + m.group()[len(word) :], zone.copy(), article.shared)
        body.labels[:, ROLE2], body.labels[:, ATT2] = CONTENT, fresh
        parts += [article[at : m.start()], *bits, body]
        at = m.end()
    if not parts:
        return article
    return join([*parts, article[at:]], article.shared)

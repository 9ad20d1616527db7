"""Sentences of news turned into others whose relation to them is known: told otherwise, narrowed, denied, retold.

Real pairs of contradicting statements are rare and of few kinds; these teach negation, numbers, roles, denials and the
shift of person and tense between a quotation and its report. Labels: same, narrower, broader (what the second is,
compared with the first), contrary, other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Edit = Callable[[str, random.Random], str | None]

AUXILIARIES = "is are was were will would can could should has have had may might must".split()
_AUXILIARY = re.compile(rf"\b({'|'.join(AUXILIARIES)})\b(?! not\b|n't)", re.IGNORECASE)
_NOT = re.compile(rf"\b({'|'.join(AUXILIARIES)}|does|did|do)(?: not\b|n[’']t\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?![\w.,]*\d)")
_WORDED = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
_WORDED_NUMBER = re.compile(rf"\b({'|'.join(_WORDED)})\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+(?: [A-Z][a-z]+)*)")
_TAIL = re.compile(
    r"(?:, (?:which|who|where|as|but|and|after|before|because|while)\b|"
    r" (?:in|on|at|after|before|because|since|during|despite|until|for|from|by|with) )"
)

OPPOSED = [
    tuple(pair.split("/"))
    for pair in (
        "accept/reject accepted/rejected agree/refuse agreed/refused allow/ban allowed/banned support/oppose "
        "supports/opposes supported/opposed win/lose won/lost start/stop started/stopped begin/end began/ended "
        "rise/fall rose/fell increase/decrease increased/decreased more/fewer higher/lower before/after first/last "
        "true/false guilty/innocent safe/dangerous open/closed leave/stay left/stayed join/quit release/detain "
        "released/detained approve/reject approved/rejected good/bad strong/weak success/failure succeeded/failed "
        "always/never everyone/nobody everything/nothing possible/impossible legal/illegal public/secret "
        "confirm/deny confirmed/denied keep/drop kept/dropped extend/end extended/ended all/none many/few "
        "withdraw/remain withdrew/remained signed/refused lifted/imposed lift/impose raise/cut raised/cut "
        "together/alone inside/outside north/south east/west alive/dead friend/enemy peace/war early/late"
    ).split()
]

RETOLD = [
    tuple(pair.split("/"))
    for pair in (
        "large/big began/started start/begin talks/negotiations agreement/deal people/persons killed/slain "
        "hurt/wounded about/around near/beside help/assist buy/purchase bought/purchased leader/head country/nation "
        "government/administration plan/proposal also/too wants/seeks needs/requires meeting/session soldiers/troops "
        "attack/assault said/stated think/believe children/kids money/funds job/post election/vote police/officers "
        "quickly/swiftly end/finish get/receive shows/indicates because/since but/however important/significant "
        "jobs/positions allow/permit attempt/try ask/request answer/reply choose/pick hard/difficult rich/wealthy"
    ).split()
]

_SHIFT = {
    "I": "he", "we": "they", "We": "They", "my": "his", "our": "their", "Our": "Their", "me": "him", "us": "them",
    "am": "was", "is": "was", "are": "were", "will": "would", "can": "could", "have": "had", "has": "had",
    "I'm": "he was", "I’m": "he was", "we're": "they were", "we’re": "they were", "don't": "did not",
    "don’t": "did not", "won't": "would not", "won’t": "would not", "today": "that day", "my own": "his own",
}  # fmt: skip
_SHIFTED = re.compile("|".join(rf"(?<![\w’']){re.escape(w)}(?![\w’'])" for w in sorted(_SHIFT, key=len, reverse=True)))

PEOPLE = (
    "the minister|a spokesman|the president|Marta Ilves|Nadir Rom|the ministry|officials|the mayor|Police|the company|"
    "Mr Halvek|the union|two people familiar with the talks|the army|Lidia Maren|the opposition leader|the court|he|she"
).split("|")
SAYING = ("{x} said {p}", "{x} said that {p}", "{p}, {x} said", "according to {x}, {p}", "{x} told reporters that {p}",
          "{x} insisted that {p}", "{x} confirmed that {p}", "{p}, according to {x}")  # fmt: skip
DENYING = ("{x} denied that {p}", "{x} rejected reports that {p}", "it is not true that {p}, {x} said",
           "{x} said it was false that {p}", "{x} dismissed claims that {p}")  # fmt: skip


def negated(text: str, rng: random.Random) -> str | None:
    """Turned round by a "not" more or less."""
    if found := _NOT.search(text):
        return text[: found.start()] + found[1] + text[found.end() :]
    places = list(_AUXILIARY.finditer(text))[:2]
    if not places:
        return None
    found = rng.choice(places)
    return f"{text[: found.end()]} not{text[found.end() :]}"


def opposed(text: str, rng: random.Random) -> str | None:
    """Turned round by the opposite of a word."""
    pairs = [*OPPOSED, *((b, a) for a, b in OPPOSED)]
    rng.shuffle(pairs)
    return _exchanged(text, pairs, most=1)


def retold(text: str, rng: random.Random) -> str | None:
    """Some words exchanged for others of the same meaning."""
    pairs = [*RETOLD, *((b, a) for a, b in RETOLD)]
    rng.shuffle(pairs)
    return _exchanged(text, pairs, most=3)


def _exchanged(text: str, pairs: Sequence[tuple[str, ...]], *, most: int) -> str | None:
    out, count = text, 0
    for old, new in pairs:
        changed = re.sub(rf"\b{old}\b", new, out, count=1)
        if changed != out and count < most:
            out, count = changed, count + 1
    return out if count else None


def recounted(text: str, rng: random.Random) -> str | None:
    """With another number."""
    if places := [m for m in _NUMBER.finditer(text) if not 1900 <= int(m[0].replace(",", "")) <= 2030]:
        found = rng.choice(places)
        value = int(found[0].replace(",", ""))
        other = max(2, round(value * rng.choice((0.5, 0.7, 0.85, 1.2, 1.5, 2, 3))) + rng.choice((0, 1)))
        return None if other == value else f"{text[: found.start()]}{other:,}{text[found.end() :]}"
    if found := _WORDED_NUMBER.search(text):
        other_word = rng.choice([w for w in _WORDED if w != found[1].lower()])
        return text[: found.start()] + other_word + text[found.end() :]
    return None


def shifted(text: str, rng: random.Random) -> str | None:
    """In the person and tense in which another reports it."""
    out = _SHIFTED.sub(lambda m: _SHIFT[m[0]], text)
    if rng.random() < 0.3:
        out = out.replace(" he ", " she ").replace(" his ", " her ")
    return None if out == text else out


def swapped(text: str, rng: random.Random) -> str | None:
    """With two names in each other's place: another proposition."""
    names = list(_NAME.finditer(text))
    if len(names) < 2:
        return None
    a, b = sorted(rng.sample(names, 2), key=lambda m: m.start())
    if a[0] == b[0]:
        return None
    return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]


def cut(text: str, rng: random.Random) -> str | None:
    """Without a phrase at the end, and so more general."""
    places = [m.start() for m in _TAIL.finditer(text) if 25 < m.start() < len(text) - 10]
    return text[: rng.choice(places[-2:])] if places else None


def unquoted(text: str) -> str:
    """Without quotation marks, what ends a sentence, and a leading "that"."""
    bare = re.sub(r"\s+", " ", re.sub(r"[“”\"„«»]|``|''", "", text)).strip(" ,.;:-–—")
    return bare.removeprefix("that ")


def related(text: str, other: str, rng: random.Random) -> tuple[str, str, str] | None:
    """A pair made from one sentence (`other` is another one of the same article), with its label."""
    a = unquoted(text)
    kind = rng.choices(("contrary", "same", "cut", "other"), weights=(38, 27, 15, 20))[0]
    if kind == "other":
        b = swapped(a, rng) if rng.random() < 0.4 else unquoted(other)
        return None if b is None else (_told(a, rng), _told(b, rng), "other")
    if kind == "cut":
        b = cut(a, rng)
        return (
            None
            if b is None
            else _either_way(_told(a, rng), _told(_reworded(b, rng), rng), ("broader", "narrower"), rng)
        )
    b = _reworded(a, rng)
    if kind == "same":
        # A sentence and itself teach little.
        return None if a == b and rng.random() < 0.8 else (_told(a, rng), _told(b, rng), "same")
    if rng.random() < 0.25:
        pair = _by(rng.choice(SAYING), a, rng), _by(rng.choice(DENYING), b, rng)
        return _either_way(*pair, ("contrary", "contrary"), rng)
    turned = rng.choice((negated, negated, opposed, recounted))(b, rng)
    if turned is None:
        return None
    if rng.random() < 0.1:
        return _by(rng.choice(DENYING), a, rng), _told(turned, rng), "same"
    return _either_way(_told(a, rng), _told(turned, rng), ("contrary", "contrary"), rng)


def _either_way(a: str, b: str, labels: tuple[str, str], rng: random.Random) -> tuple[str, str, str]:
    return (a, b, labels[0]) if rng.random() < 0.5 else (b, a, labels[1])


def _reworded(text: str, rng: random.Random) -> str:
    edits: tuple[Edit, ...] = (retold, shifted)
    for edit in edits:
        if rng.random() < 0.5:
            text = edit(text, rng) or text
    return text


def _told(text: str, rng: random.Random) -> str:
    """As a sentence with its source, now and then."""
    return _by(rng.choice(SAYING), text, rng) if rng.random() < 0.3 else text


def _by(form: str, text: str, rng: random.Random) -> str:
    if not form.startswith("{p}") and text[1:2].islower() and not text.startswith(("I ", "I'", "I’")):
        text = text[0].lower() + text[1:]
    return form.format(x=rng.choice(PEOPLE), p=text)

"""What are statements on one matter called? In words that stand in them, never in words of ours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from onrecord.connect.claim import Claim
from onrecord.connect.words import NEGATIONS, STOP, Token, rarity, tokens
from onrecord.issues.corpus import Corpus, key_of

LONGEST = 4
"""Words of a phrase."""

_NAMES = 2
_PHRASES = 2
_ROOT = 4
_OFTEN = 0.3
"""A name counts if it stands in or near so large a share of the statements."""
_JOINS = frozenset("of for on in the and to".split())
_VAGUE = frozenset(
    """people man men woman country countries side sides thing things part time day days week month year years
    anything something everything anyone someone everyone tell told ask asked speak word words point question matter
    one two three many several other others place fact case number kind use used come came see seen know known give
    given take taken put want wants first last next good bad big small right left long back""".split()
)

_Spot = tuple[str, ...]


def label_of(claims: Sequence[Claim], corpus: Corpus, *, taken: Collection[str] = ()) -> str:
    """A label for these statements: the names and phrases that come back most in them.

    Args:
        claims: The statements of an issue; at least one.
        corpus: All statements, to know which words say something.
        taken: Labels that others bear; another phrase is added where the label would be one of them.

    Returns:
        Words and phrases as they stand in the statements, joined by commas. Never empty.
    """
    names = _names(claims)
    phrases = _phrases(claims, corpus, {key for keys, _ in names for key in keys})
    heads = [form for _, form in names]
    for count in range(_PHRASES, len(phrases) + 1):
        label = _joined(heads, phrases[:count])
        if label and label not in taken:
            return label
    label = _joined(heads, phrases) or _first_words(claims)
    number = 2
    unique = label
    while unique in taken:
        unique, number = f"{label} ({number})", number + 1
    return unique


def _joined(names: Sequence[str], phrases: Sequence[str]) -> str:
    parts = [", ".join(each) for each in (names, phrases) if each]
    return ": ".join(parts)


def _first_words(claims: Sequence[Claim]) -> str:
    return " ".join(claims[0].text.split()[:LONGEST]) or claims[0].id


def _names(claims: Sequence[Claim]) -> list[tuple[frozenset[str], str]]:
    """Keys and spelling of the names that stand in most statements, by their share; no two share a word."""
    pages: dict[str, set[str]] = defaultdict(set)
    spoken: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        for run in _named(claim.text):
            for token in run:
                forms[key_of(token)][_bare(claim.text[run[0].start : run[-1].end])] += 1
        for key in (claim.names | claim.source.side) - claim.page.outlet_words:
            spoken[key] += 1
            pages[key].add(claim.page.id)
    n_pages = len({claim.page.id for claim in claims})
    found = [key for key in forms if spoken[key] >= _OFTEN / 2 * len(claims) or len(pages[key]) >= _OFTEN * n_pages]
    found.sort(key=lambda key: (-len(pages[key]), -spoken[key], key))
    chosen: list[tuple[frozenset[str], str]] = []
    for key in found:
        form = _spelling(forms[key])
        mine = frozenset(key_of(token) for token in tokens(form)) | {key}
        if pages[key] and not any(_akin(one, other) for one in mine for keys, _ in chosen for other in keys):
            chosen.append((mine, form))
    return chosen[:_NAMES]


def _akin(one: str, other: str) -> bool:
    """Are these keys of one name: of a country and its people?"""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _ROOT and long.startswith(short))


def _named(text: str) -> Iterator[list[Token]]:
    """Names, each with all its words ("United States")."""
    run: list[Token] = []
    for token in tokens(text):
        if run and (not token.name or text[run[-1].end : token.start] != " "):
            yield run
            run = []
        if token.name and len(token.form) > 2 and not {"'", "’"} & set(token.form):
            run.append(token)
    if run:
        yield run


def _bare(form: str) -> str:
    for ending in ("'s", "’s"):
        form = form.removesuffix(ending)
    return form


def _spelling(forms: Counter[str]) -> str:
    # Of equally frequent spellings the shorter one: "Kastria" before "Kastrians".
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _phrases(claims: Sequence[Claim], corpus: Corpus, used: Collection[str]) -> list[str]:
    """The phrases that come back most, the best first; no two share a word."""
    holders: dict[_Spot, set[str]] = defaultdict(set)
    pages: dict[_Spot, set[str]] = defaultdict(set)
    forms: dict[_Spot, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        for run in _runs(claim.text):
            spot = tuple(token.stem for token in run if token.form not in STOP)
            holders[spot].add(claim.id)
            pages[spot].add(claim.page.id)
            forms[spot][" ".join(claim.text[run[0].start : run[-1].end].split())] += 1
    inside = Counter(stem for spot, ids in holders.items() if len(spot) == 1 for stem in spot for _ in ids)

    def worth(spot: _Spot) -> float:
        telling = sum(min(rarity(stem), 7.0) * inside[stem] / (corpus.held_by.get(stem, 0) or 1) for stem in spot)
        return float(len(pages[spot]) ** 1.2 * len(holders[spot]) ** 0.8 * (telling / len(spot) ** 0.5) ** 0.8)

    chosen: list[str] = []
    seen: set[str] = set(used)
    # What stands in one statement alone is no matter of many.
    several = [spot for spot, ids in holders.items() if len(ids) > 1]
    for spot in sorted(several if len(several) > _PHRASES else holders, key=lambda spot: (-worth(spot), spot)):
        if seen.isdisjoint(spot):
            chosen.append(_spelling(forms[spot]))
            seen.update(spot)
    return chosen


def _runs(text: str) -> Iterator[list[Token]]:
    """Stretches of up to :data:`LONGEST` words that can be a phrase: no name, no mark inside, content at both ends."""
    found = list(tokens(text))
    for begin, first in enumerate(found):
        if not _content(first):
            continue
        run = [first]
        yield list(run)
        for token in found[begin + 1 : begin + LONGEST]:
            if text[run[-1].end : token.start].strip(" ") or not (_content(token) or token.form in _JOINS):
                break
            run.append(token)
            if _content(token):
                yield list(run)


def _content(token: Token) -> bool:
    plain = token.form not in STOP and token.form not in NEGATIONS and token.form not in _VAGUE
    return plain and not token.name and token.form.isalpha() and len(token.form) > 2

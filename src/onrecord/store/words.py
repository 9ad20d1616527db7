"""Which words does a query ask for, and how are texts cut into words for the index?

The index cuts words at whatever is neither letter nor digit, and forgets case and accents (SQLite FTS5,
``unicode61 remove_diacritics 2``). Scripts that write without spaces would become one long word per sentence,
so each of their characters is indexed as a word of its own and a run of them is looked for as a phrase: any
part of a text is found, as exactly as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.errors import UsageError
from onrecord.record.document import Document
from onrecord.store.values import storable

# Thai to Myanmar, Khmer, kana and bopomofo, ideographs; Korean writes spaces and needs none of this.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TOKEN = re.compile(r'(-?)"([^"]*)(?:"|$)(\*?)|(\S+)')


def segmented(text: str) -> str:
    """`text` as the index reads it: storable, with a blank around each character of a script without
    spaces."""
    text = storable(text)
    if text.isascii():
        return text
    return _UNSPACED.sub(lambda found: f" {found[0]} ", text)


def segmented_origins(text: str) -> Sequence[int]:
    """Where in `text` does each character of ``segmented(text)`` come from? -1 for the blanks put in."""
    if not _UNSPACED.search(text):
        return range(len(text))
    origins: list[int] = []
    for place, char in enumerate(text):
        if _UNSPACED.match(char):
            origins += (-1, place, -1)
        else:
            origins.append(place)
    return origins


def folded(text: str) -> str:
    """`text` without case and accents, to compare names."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in apart if not unicodedata.combining(char)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    words: str
    excluded: bool
    prefix: bool

    def expression(self) -> str:
        quoted = segmented(self.words).replace('"', '""')
        return f'"{quoted}"*' if self.prefix else f'"{quoted}"'


def facets(doc: Document) -> str:
    """The words by which a search for statements is narrowed to an outlet and a month (view
    ``statement_words``)."""
    outlet = _outlet_facet(storable(doc.outlet or ""))
    if doc.published is None:
        return outlet
    value = doc.published.value
    if doc.published.precision == "year":
        return f"{outlet} y{value[:4]}"
    return f"{outlet} m{value[:4]}{value[5:7]}"


def _outlet_facet(name: str) -> str:
    return f"o{name.encode().hex()}"


def outlets_expression(names: Iterable[str]) -> str:
    """The FTS5 expression for statements of these outlets."""
    return _facets_expression(map(_outlet_facet, names))


def months_expression(first: tuple[int, int], last: tuple[int, int]) -> str:
    """The FTS5 expression for statements that may have been published between two months, both included."""
    (year, month), words = first, set[str]()
    while (year, month) <= last:
        words |= {f"m{year:04}{month:02}", f"y{year:04}"}
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return _facets_expression(sorted(words))


def _facets_expression(words: Iterable[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return f"facets : ({' OR '.join(quoted)})"


def expression(query: str, *, columns: str) -> str | None:
    """The FTS5 expression that asks what `query` asks; None if it is blank.

    Words must all occur, in any order; ``"words in quotation marks"`` must follow each other; ``OR`` between
    words gives a choice, ``NOT`` or ``-`` before a word or phrase leaves out what has it, ``*`` after a word
    stands for any ending. Every other sign separates words. Nothing that a user types is an error of SQL.

    Args:
        query: What the user typed.
        columns: The columns to look in, as FTS5 writes them: ``source``, ``{content source}``.

    Raises:
        UsageError: OR-001, there is no word to look for.
    """
    if not query.strip():
        return None
    groups = [_group(terms) for terms in _parsed(query) if terms]
    if not groups:
        raise UsageError("OR-001", f"there is no word to look for in {query!r}", hint="Give at least one word.")
    return f"{columns} : ({' OR '.join(groups)})"


def _group(terms: list[_Term]) -> str:
    wanted = [term.expression() for term in terms if not term.excluded]
    excluded = [term.expression() for term in terms if term.excluded]
    if not wanted:
        raise UsageError(
            "OR-001",
            "a search cannot only leave out words",
            hint="Give a word to look for beside those left out.",
        )
    found = " AND ".join(wanted)
    return f"(({found}) NOT ({' OR '.join(excluded)}))" if excluded else f"({found})"


def _parsed(query: str) -> list[list[_Term]]:
    """Groups of terms: one group must fit, all of its terms."""
    groups: list[list[_Term]] = [[]]
    negated = False
    for found in _TOKEN.finditer(storable(query).translate(_QUOTES)):
        minus, phrase, star, word = found.groups()
        if word == "OR":
            groups.append([])
        if word in ("AND", "OR", "NOT"):
            negated = word == "NOT"
            continue
        if word is not None:
            minus = "-" if word.startswith("-") else ""
            star = "*" if word.endswith("*") else ""
            phrase = word
        if _has_word(phrase):
            groups[-1].append(_Term(words=phrase, excluded=negated or bool(minus), prefix=bool(star)))
        negated = False
    return groups


def _has_word(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co" for char in text)

"""Which legacy encoding do these bytes look like?

The answer is only ever *named* to the user, never used to decode on its own: a wrong guess would change
words.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

SAMPLE_BYTES = 65_536
LEAST_SCORE = 0.3
"""Below this mean score, in [-2, 2], no encoding is named."""

TYPOGRAPHY = frozenset("“”‘’„‚«»‹›–—…•№€£°§©®\u00a0\u00ad")


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """The letters that running text of an encoding is made of.

    Attributes:
        encodings: Python names of the encodings that write this alphabet.
        common: The letters that make up most of the running text, lower case.
        other: Its further letters, lower case.
    """

    encodings: tuple[str, ...]
    common: frozenset[str]
    other: frozenset[str]


def _alphabet(encodings: str, common: str, other: str = "") -> _Alphabet:
    return _Alphabet(tuple(encodings.split()), frozenset(common), frozenset(other))


KANA = "".join(map(chr, range(0x3041, 0x30FF)))
HANGUL = "".join(map(chr, range(0xAC00, 0xD7A4)))

# The order breaks ties: the more usual encoding comes first.
ALPHABETS = (
    _alphabet("cp1252", "éèàçêëâîôûùïüöäßñáíóúãõåøæœìòýÿ", "ðþ"),
    _alphabet("cp1251 koi8-u cp866 iso-8859-5 mac-cyrillic", "оеаинтсрвл", "кмдпуяыьгзбчйхжюшцщэфъёіїєґўјљњћђџѓќѕ"),
    _alphabet("cp1250 iso-8859-2", "ąęłóśżćńź"),
    _alphabet("cp1250 iso-8859-2", "áíéěýřšžčůú", "óďťňôľĺŕäđ"),
    _alphabet("cp1250 iso-8859-2", "áéöíóőüúű", "äăâîșțşţ"),
    _alphabet("cp1253", "αοιετσνηυρπκμλςά", "έίόήύώωγδθφχβξζψϊϋΐΰ"),
    _alphabet("cp1254", "ığşçöü", "âîû"),
    _alphabet("cp1255", "יוהלארמתבשנ", "חדעקפכצטגזסםןךףץ"),
    _alphabet("cp1256", "اليمنوترسعبده", "فقحجكشصطخثءئةىأإضظغذزآؤ"),
    _alphabet("cp932 euc_jp", "のにはをたがでてとしれさあいうるなもらっすこまりき", KANA),
    _alphabet(
        "gb18030",
        "的一是不了在人有我他这为之大来以个中上们到说国和地",
        "年会对要出行时生就部得后可能面着过会谈判进方也",
    ),
    _alphabet(
        "big5",
        "的一是不了在人有我他這為之大來以個中上們到說國和地",
        "年會對要出行時生就部得後可能面著過談判進方也",
    ),
    _alphabet("cp949", "이다의는에을가고를하은지한로도서사기자대", HANGUL),
)


def guess_encoding(data: bytes) -> str | None:
    """Which encoding, other than UTF-8, are these bytes most likely in?

    Args:
        data: Raw bytes of running text that are not UTF-8.

    Returns:
        A name that Python and ``--encoding`` know ("cp1251"), or None if no encoding fits well.
    """
    first = next((place for place, byte in enumerate(data) if byte > 0x7F), 0)
    start = data.rfind(b"\n", 0, first) + 1
    sample = data[max(start, first - SAMPLE_BYTES) :][:SAMPLE_BYTES]
    best: tuple[float, str | None] = (LEAST_SCORE, None)
    for alphabet in ALPHABETS:
        for encoding in alphabet.encodings:
            score = _score(sample, encoding, alphabet)
            if score is not None and score > best[0]:
                best = (score, encoding)
    return best[1]


def _score(sample: bytes, encoding: str, alphabet: _Alphabet) -> float | None:
    """How well do the non-ASCII characters fit, as a mean in [-2, 2]? None if the bytes cannot be decoded."""
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(sample)
    except UnicodeError:
        return None
    total, count, before = 0.0, 0, " "
    for char in text:
        if char > "\x7f":
            total += _fit(char, before, alphabet)
            count += 1
        before = char
    return total / count if count else None


def _fit(char: str, before: str, alphabet: _Alphabet) -> float:
    """How likely does this character stand here in running text? In [-2, 2]."""
    if char in TYPOGRAPHY:
        return 0.5
    if not char.isalpha():
        return -2.0 if unicodedata.category(char) not in ("Po", "Ps", "Pe", "Nd") else 0.0
    lower = char.lower()
    latin = unicodedata.name(char, "").startswith("LATIN")
    if before.isalpha() and latin == (before > "\x7f"):
        return -1.5  # two scripts in one word, or accent upon accent: other letters read as Latin ones
    if char != lower and before.isalpha() and before == before.lower() != before.upper():
        return -2.0  # a capital inside a word: typical of KOI8 read as cp1251 and the other way round
    if lower in alphabet.common:
        return 2.0
    if lower in alphabet.other:
        return 1.0
    return 0.4 if unicodedata.name(char, "").startswith("CJK") else -1.0

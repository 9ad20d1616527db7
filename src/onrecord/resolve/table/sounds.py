"""How would a name sound, whatever alphabet and spelling it is written in?

A name that crosses alphabets is spelt by the ear of each language: Зеленський is Zelenskyy in English, Selenskyj
in German, Zełenski in Polish, Zelenszkij in Hungarian. :func:`fold` compares what is written; :func:`sounds`
reads a word by the rules of each of these languages and gives the sounds that it may stand for, so coarse
(g, h and kh are one, sh and zh are one, i, y and j are one) that one name keeps one key in all of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

Rules = tuple[tuple[str, str], ...]

_LATIN_OF = """
а a б b в v г g ґ g д d е e ё e є e ж zh з z и i і i ї i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch
ш sh щ shch ъ - ы y ь - э e ю yu я ya ў v ј i љ l њ n ћ ch ђ dj џ dj ѓ g ќ k ѕ dz
α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
ł l ø o đ d ß ss æ ae œ oe ı i þ th ð d ə a
"""
_PAIRS = _LATIN_OF.split()
_LETTERS = str.maketrans({a: b.replace("-", "") for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)})
_GREEK_PAIRS = {"ου": "u", "αι": "e", "ει": "i", "οι": "i", "αυ": "av", "ευ": "ev", "μπ": "b", "ντ": "d", "γκ": "g"}
_GREEK_LETTER = re.compile("[Ͱ-Ͽἀ-῿]")
_MARKS = re.compile("[\u0300-\u036f]")
_GREEK_PAIR = re.compile("|".join(_GREEK_PAIRS))

_APOSTROPHES = re.compile(r"['’ʼ`´ʹ′‘]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_NOT_WORD = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What is left of `text` when case, accents, alphabet and punctuation do not count?

    Cyrillic and Greek letters become Latin ones; other alphabets stay as they are. Apostrophes vanish, other
    punctuation becomes one space; the points of "U.S." vanish too.

    >>> fold("Зеленський"), fold("Szijjártó  Péter"), fold("U.S.")
    ('zelenskii', 'szijjarto peter', 'us')
    """
    letters = text.replace(" ", "")
    if letters.isascii() and letters.isalpha():
        return " ".join(text.lower().split())
    if text.isascii():
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text.replace("'", "").replace("`", ""))
        return " ".join(_NOT_WORD.sub(" ", text).lower().split())
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    text = _latin(_DOTTED.sub(lambda found: found[0].replace(".", ""), text).casefold())
    return " ".join(_NOT_WORD.sub(" ", text).split())


def _latin(text: str) -> str:
    """Lower-case `text` in Latin letters without accents, as far as its alphabet is known."""
    if _GREEK_LETTER.search(text):
        text = _GREEK_PAIR.sub(lambda found: _GREEK_PAIRS[found[0]], _bare(text))
    text = text.translate(_LETTERS)
    return text if text.isascii() else _bare(text)


def _bare(text: str) -> str:
    """`text` without combining marks."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text))


# Right-hand sides: S = sh and zh, C = ch, c = ts, h = g, h and kh; the rest stands for itself.
_COMMON = "ph>f th>t dh>d bh>b rh>r gh>h kh>h ck>k qu>k q>k x>ks w>v g>h y>i ъ> ь>"
_READINGS: dict[str, str] = {
    "en": "shch>SC sch>S sh>S zh>S tch>C ch>C tz>c ts>c dzh>S dj>S j>S oo>u ee>i ce>se ci>si cy>si c>k",
    "de": "schtsch>SC tsch>C dsch>S sch>S ch>h tz>c ts>c z>c ß>s ss>s ä>e ö>o ü>u oe>o ue>u ae>e j>i c>k",
    "pl": "szcz>SC sz>S cz>C rz>S ż>S ś>s ć>C ń>n ź>z ch>h ł>l ó>u ąb>omb ąp>omp ą>on ęb>emb ęp>emp ę>en j>i",
    "fr": "chtch>SC tch>C ch>S dj>S j>S ou>u eau>o au>o ç>s que>k ce>se ci>si cy>si c>k gue>he gui>hi ts>c",
    "es": "ch>C sh>S j>h ll>l ñ>n que>ke qui>ki gue>he gui>hi ce>se ci>si c>k ts>c",
    "tr": "ş>S ç>C c>S j>S ğ>h ı>i ts>c",
    "hu": "scs>SC sz>s zs>S cs>C cz>c gy>d ty>t ny>n ly>i s>S j>i ts>c ö>o ü>u ő>o ű>u",
    "cs": "šč>SC š>S č>C ž>S ć>C đ>S dž>S ch>h ř>r ě>e j>i",
    "it": "sce>Se sci>Si ch>k ce>Ce ci>Ci gh>h ge>Se gi>Si gn>n gl>l zz>c z>c c>k",
    "cyrillic": "а>a б>b в>v г>h ґ>h д>d е>e ж>S з>z и>i і>i ї>i й>i к>k л>l м>m н>n о>o п>p р>r с>s т>t у>u ф>f х>h "
    "ц>c ч>C ш>S щ>SC ы>i э>e ю>iu я>ia є>ie ё>e ў>v ј>i љ>l њ>n ћ>C ђ>S џ>S ѓ>h ќ>k ѕ>dz",
    "cyrillic-o": "ё>io",
    "greek": "ου>u αι>e ει>i οι>i αυ>av ευ>ev μπ>b ντ>d γκ>h τσ>c α>a β>v γ>h δ>d ε>e ζ>z η>i θ>t ι>i κ>k λ>l μ>m ν>n "
    "ξ>ks ο>o π>p ρ>r σ>s ς>s τ>t υ>i φ>f χ>h ψ>ps ω>o",
}
_READINGS["cyrillic-o"] = _READINGS["cyrillic"].replace("ё>e", "ё>io")
LATIN_READINGS = ("en", "de", "pl", "fr", "es", "tr", "hu", "cs", "it")


def _compiled(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The rules of a reading by their first letter, the longest first."""
    rules: dict[str, str] = {}
    for rule in (text + " " + _COMMON).split():
        left, _, right = rule.partition(">")
        rules.setdefault(left, right)
    ordered = sorted(rules.items(), key=lambda rule: (-len(rule[0]), rule[0]))
    return {first: tuple(rule for rule in ordered if rule[0][0] == first) for first in {left[0] for left in rules}}


_COMPILED = {name: _compiled(text) for name, text in _READINGS.items()}
_GERMAN_S = re.compile(r"(?:^|(?<=[aeiouyäöü]))s(?=[aeiouyäöü])")
_SILENT_E = re.compile(r"(?<=[^aeiou])e$")
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"o(?:ff|f)$"), "ov"),
    (re.compile(r"(?<=[aeiou])h$"), ""),
    (re.compile(r"i+(?=[aeou])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=8192)
def sounds(word: str, reading: str | None = None) -> frozenset[str]:
    """What may `word` sound like, read by the rules of each language, or of `reading` alone?

    Args:
        word: One word; case does not count, accents do.
        reading: A name of :data:`LATIN_READINGS`; other alphabets have one reading of their own. None: all.

    Returns:
        Keys to compare with those of another word: one key in common means that both may be the same name.
        Empty for a word without letters.

    >>> sounds("Зеленський") & sounds("Selenskyj") & sounds("Zelenszkij")
    frozenset({'zelenski'})
    """
    word = _APOSTROPHES.sub("", unicodedata.normalize("NFC", word.casefold()))
    if any("Ѐ" <= letter <= "ӿ" for letter in word):
        readings: tuple[str, ...] = ("cyrillic", "cyrillic-o") if "ё" in word else ("cyrillic",)
    elif any("Ͱ" <= letter <= "Ͽ" for letter in word):
        readings = ("greek",)
    else:
        readings = (reading,) if reading else LATIN_READINGS
    return frozenset(filter(None, (_sound(word, name) for name in readings)))


def _sound(word: str, reading: str) -> str:
    rules = _COMPILED[reading]
    if reading == "greek":
        word = _bare(word)
    elif reading == "de":
        word = _GERMAN_S.sub("Z", word)
    elif reading == "fr":
        word = _SILENT_E.sub("", word)
    if not word.isascii():
        # Accents that no rule of the language asks for are dropped.
        word = "".join(letter if letter in rules else fold(letter) for letter in word)
    heard, at = [], 0
    while at < len(word):
        for left, right in rules.get(word[at], ()):
            if word.startswith(left, at):
                heard.append(right)
                at += len(left)
                break
        else:
            heard.append(word[at] if word[at].isalnum() else "")
            at += 1
    word = "".join(heard)
    for after, put in _AFTER:
        word = after.sub(put, word)
    return word.replace("Z", "z")

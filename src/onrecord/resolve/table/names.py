"""Are two names one person's, whatever the spelling, the alphabet, the initials and the titles?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from onrecord.resolve.table.given import same_given_name
from onrecord.resolve.table.sounds import fold, sounds

Fit: TypeAlias = Literal["same", "spelling", "initial", "partial", "different"]
"""How two names fit: letter for letter, in another spelling, by an initial or a nickname, one being only a part of
the other ("Zelenskyy", "Volodymyr Zelenskyy"), or not at all."""

TITLES = frozenset(
    """mr mrs ms miss mx dr doctor prof professor sir dame lord lady baron baroness count countess president premier
    chancellor minister secretary senator sen representative rep congressman congresswoman governor gov mayor judge
    justice general gen colonel col major maj captain capt lieutenant lt sergeant sgt admiral adm commander cmdr marshal
    ambassador envoy speaker chairman chairwoman chair director chief king queen prince princess pope archbishop bishop
    cardinal rabbi imam sheikh shaikh ayatollah father sister reverend rev saint st emir sultan crown vice deputy prime
    foreign defence defense interior finance state former acting interim ex herr frau monsieur madame mme senor senora
    pan pani pres comrade hon honourable honorable excellency majesty highness detective officer inspector constable
    attorney spokesman spokeswoman spokesperson first lady mp mep
    президент прем'єр міністр пан пані господин госпожа министр премьер канцлер генерал sayın""".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md esq qc kc obe cbe mbe".split())
PARTICLES = frozenset(
    """al el ul an as ad at de del della di da do dos das du des van von der den ter ten zu zum zur la le les los las
    bin ibn ben bint abu abd abdul ould mac mc st san santa lo y e i af av""".split()
)
_TURNED = 0.85
"""How well names must fit if one of them is read with the surname in front: one liberty is enough."""
_NOT_GIVEN = TITLES | PARTICLES
_SON_OF = frozenset({"bin", "ibn", "ben", "bint", "ould"})
_WORD = re.compile(r"[^\W\d_](?:[\w'’ʼ`‘-]|\.(?=[^\W\d_]\.))*\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """The parts of a person's name, as written.

    Attributes:
        given: Given and middle names and initials, in order.
        surname: The family name with its particles ("van der Leyen" has three words); empty only for no name at all.
        titles: Words before the name that are no part of it ("President", "Dr").
        suffix: "Jr", "III", …; empty if there is none.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    titles: tuple[str, ...] = ()
    suffix: str = ""

    @property
    def partial(self) -> bool:
        """Is there a surname alone?"""
        return not self.given

    @property
    def text(self) -> str:
        """The name without titles and suffix."""
        return " ".join(self.given + self.surname)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How well two names fit one person.

    Attributes:
        fit: In which way.
        strength: In [0, 1]; 0.5 and less says that the names alone do not decide.
    """

    fit: Fit
    strength: float


DIFFERENT = NameMatch(fit="different", strength=0.0)


@lru_cache(maxsize=4096)
def person_name(text: str) -> PersonName:
    """What are the parts of the person's name `text`?

    The last word is taken for the surname, with the particles before it; "Surname, Given" is turned round. Which
    end the surname of a Chinese, Korean or Hungarian name stands at cannot be told from the name;
    :func:`same_person` tries both.

    >>> person_name("Commission President Ursula von der Leyen").surname
    ('von', 'der', 'Leyen')
    """
    before, comma, after = text.partition(",")
    if comma and after.strip() and fold(after).rstrip(".") not in SUFFIXES:
        text = f"{after.strip()} {before.strip()}"
    words = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text)]
    suffix = ""
    while len(words) > 1 and fold(words[-1]) in SUFFIXES:
        suffix = words.pop()
    titles = []
    start = 0
    for at, word in enumerate(words[:-1]):
        # "Sultan bin Salman" is called Sultan; he is none.
        if fold(word) in TITLES and fold(words[at + 1]) not in _SON_OF:
            titles.append(word)
            start = at + 1
    words = words[start:]
    cut = len(words) - 1
    while cut > 1 and fold(words[cut - 1]) in PARTICLES:
        cut -= 1
    if cut == 1 and len(words) > 1 and fold(words[0]) in PARTICLES:
        cut = 0
    return PersonName(given=tuple(words[:cut]), surname=tuple(words[cut:]), titles=tuple(titles), suffix=suffix)


def same_person(left: str, right: str) -> NameMatch:
    """May two names be one person's?

    Args:
        left: A name as a text has it, with or without titles.
        right: Another.

    Returns:
        *same* 1.0; *spelling* about 0.9 (Selenskyj, Зеленський); *initial* about 0.8 (J. Biden, Joe Biden); *partial*
        0.5: only surnames, or only one given name, can be compared; *different* 0.0, also when the surnames agree
        and the given names do not.
    """
    if not fold(left) or not fold(right):
        return DIFFERENT
    one, two = person_name(left), person_name(right)
    if not one.surname or not two.surname:
        return DIFFERENT
    if one.suffix and two.suffix and fold(one.suffix) != fold(two.suffix):
        return DIFFERENT
    if one.given and fold(one.text) == fold(two.text):
        return NameMatch(fit="same", strength=1.0)
    match = _compare(one, two)
    if match.fit == "different" and one.given and two.given:
        turned = _compare(_turned(one), two)
        match = turned if turned.strength >= _TURNED else match
    if match.fit == "different" and one.given and two.given and _begins(one, two):
        return NameMatch(fit="spelling", strength=0.85)
    return match


def same_word(left: str, right: str) -> float:
    """How alike are two words of names: 1.0 the same letters, 0.95 the same sounds, else 0.0."""
    if fold(left) == fold(right):
        return 1.0
    if _is_initial(left) or _is_initial(right):
        return 0.0
    return 0.95 if sounds(left) & sounds(right) else 0.0


def _begins(one: PersonName, two: PersonName) -> bool:
    """Is the one name the beginning of the other: Pedro Sánchez, Pedro Sánchez Pérez-Castejón?"""
    left, right = (_without_particles([*name.given, *name.surname]) for name in (one, two))
    return min(len(left), len(right)) > 1 and all(same_word(a, b) for a, b in zip(left, right, strict=False))


def _compare(one: PersonName, two: PersonName) -> NameMatch:
    surname = _surnames(one, two)
    if not surname:
        return DIFFERENT
    if one.partial or two.partial:
        both = one.partial and two.partial
        return NameMatch(fit="same" if both and surname == 1.0 else "partial", strength=0.5 * surname)
    given, by_initial = _given_names(one.given, two.given)
    if not given:
        return DIFFERENT
    if by_initial:
        return NameMatch(fit="initial", strength=0.8 * surname * given)
    strength = surname * given
    return NameMatch(fit="same" if strength == 1.0 else "spelling", strength=strength)


def _surnames(one: PersonName, two: PersonName) -> float:
    """How alike the surnames are; a particle or a second surname may be missing on one side."""
    left = [word for word in one.surname if fold(word) not in PARTICLES] or list(one.surname)
    right = [word for word in two.surname if fold(word) not in PARTICLES] or list(two.surname)
    left, right = _parts(left), _parts(right)
    if len(left) == len(right):
        return min(same_word(a, b) for a, b in zip(left, right, strict=True))
    shorter, longer = sorted((left, right), key=len)
    return 0.9 * max(
        min(same_word(a, b) for a, b in zip(shorter, longer[at:], strict=False))
        for at in (0, len(longer) - len(shorter))
    )


def _parts(words: list[str]) -> list[str]:
    return [part for word in words for part in word.split("-") if part]


def _given_names(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[float, bool]:
    """How alike the given names are, and whether only an initial says so."""
    left, right = _without_particles(_parts(list(one))), _without_particles(_parts(list(two)))
    initial = fold(left[0]) != fold(right[0]) and (_is_initial(left[0]) or _is_initial(right[0]))
    first = float(_same_initial(left[0], right[0])) if initial else same_given_name(left[0], right[0])
    shorter, longer = sorted((left, right), key=len)
    if not first and len(shorter) == 1 and not any(fold(word) in _SON_OF for word in (*one, *two)):
        # "Robert Francis Kennedy" may go by "Francis Kennedy"; Bandar bin Sultan is not Sultan.
        first = 0.8 if any(fold(shorter[0]) == fold(word) for word in longer[1:]) else 0.0
    if first and not _middle_names_agree(shorter[1:], longer[1:]):
        return 0.0, False
    return first, initial


def _without_particles(words: list[str]) -> list[str]:
    return [words[0], *(word for word in words[1:] if fold(word) not in PARTICLES)]


def _middle_names_agree(shorter: list[str], longer: list[str]) -> bool:
    """Do the middle names of one person appear among the other's, in order?

    Initials must agree from the first on: George W. Bush is not George H. W. Bush, though Jaime Quintana Leal may be
    Jaime Daniel Quintana Leal.
    """
    if shorter and all(_is_initial(word) for word in shorter):
        return all(_agree(a, b) for a, b in zip(shorter, longer, strict=False))
    rest = iter(longer)
    return all(any(_agree(word, other) for other in rest) for word in shorter)


def _agree(left: str, right: str) -> bool:
    if _is_initial(left) or _is_initial(right):
        return _same_initial(left, right)
    return bool(same_given_name(left, right))


def _same_initial(left: str, right: str) -> bool:
    """Do two words begin with one letter? V and W are one where names cross alphabets (W. Putin)."""
    return fold(left)[:1].replace("w", "v") == fold(right)[:1].replace("w", "v")


def _is_initial(word: str) -> bool:
    letters = fold(word)
    return len(letters) == 1 or (len(letters) <= 3 and "." in word and word.upper() == word)


def _turned(name: PersonName) -> PersonName:
    """The name read with its surname in front."""
    words = name.given + name.surname
    return PersonName(given=words[1:], surname=words[:1], titles=name.titles, suffix=name.suffix)


def surnames_of(text: str, *, surname_first: bool = False) -> tuple[str, ...]:
    """Which single words may stand for the person `text` alone, the likeliest first?

    Args:
        text: A full name.
        surname_first: Whether the country writes the surname in front (China, Korea, Hungary).
    """
    plain = text.split(" ")
    given = plain[0].rstrip(".")
    if len(plain) == 2 and given.isalpha() and plain[1].isalpha() and given.lower() not in _NOT_GIVEN:
        # Nearly every name is such a one, and lists are long.
        return (plain[0], plain[1]) if surname_first else (plain[1],)
    name = person_name(text)
    words = list(name.surname)
    last = [word for word in words if fold(word) not in PARTICLES] or words
    found = [last[-1]]
    if len(words) > 1:
        found.append(" ".join(words))
    found += [part for part in last[-1].split("-") if "-" in last[-1]]
    if surname_first and name.given:
        found.insert(0, name.given[0])
    return tuple(dict.fromkeys(found))

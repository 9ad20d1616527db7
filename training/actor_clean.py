"""What is a row of the compiled lists worth: a person, a body, or debris of the page it was taken from?

The lists were taken from pages that people wrote for people: a label may begin with a title ("Air Vice-Marshal …"),
with half a sentence ("it is headed by …"), or hold no person at all ("Vacant"). Each rule here is about one such
class, none about one row.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from onrecord.resolve.table.entries import Entry, EntryName, EntryRole
from onrecord.resolve.table.names import PARTICLES, TITLES, person_name
from onrecord.resolve.table.offices import office, splits
from onrecord.resolve.table.sounds import fold, sounds

_CUT = re.compile(r"\s*(?:\+\+|\[|\(|;| and former | note[-:]| as of | also spelled | known as | aka ).*$")
_LED_BY = re.compile(
    r"^.*\b(?:led|headed|chaired|managed|represented|founded|run) by (?:the late |director |governor |acting )*", re.I
)
_BODY = frozenset(
    """council councils committee commission party union movement front assembly organisation organization ministry
    government federation congress army authority association junta coalition league office bank court brigade alliance
    board society institute university company observatory politburo republic soviet parliament secretariat mission
    force chamber agency tribunal presidium directorate cabinet congresses staff""".split()
)
_RANKS = (
    TITLES
    - {
        "sultan",
        "emir",
        "imam",
        "father",
        "sister",
        "first",
        "lady",
        "crown",
        "count",
        "judge",
        "chair",
        "chief",
        "pan",
    }
    - {"dame", "lord", "prince", "princess", "hon", "state", "director", "constable", "ms", "mp", "ex"}
) | frozenset(
    """air vice-marshal vice-marshall marshal brigadier lieutenant-general major-general excellency regent captains
    coprince co-prince french spanish archbishop police pol. mr mrs shaykh sayyid general-secretary secretary-general
    president-elect co-vice affaires d’affaires d'affaires ambassador-designate minister/minister presidents
    counselor counsellor spokesperson governor-general lieutenant-governor homeland us envoy special representative
    rear chiefs heir apparent development heritage affairs economy finance defense defence education culture interior
    health agriculture labor energy trade industry transport environment security innovation digitalization""".split()
)
_WITH_SURNAME = _RANKS | _BODY | frozenset({"administration", "regime", "camp", "family", "american", "prince", "king"})
_AFTER_NAME = frozenset({"minister", "president", "secretary", "general", "secretary-general", "counselor", "chairman"})
_BY_HAND = frozenset({"seed", "congress", "wd-eps"})
"""Lists made with care, in which a name may share nothing with the other (Abu Mazen, Mahmoud Abbas)."""
_GENERIC = frozenset({"senate", "house", "court", "police", "navy", "air", "supreme", "national", "federal", "state"})
_MONARCHS = frozenset({"king", "queen", "emir", "sultan", "pope"})
_TOO_MANY = 6
_SMALL = {"of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "des", "du", "by"}
_ROMAN = re.compile(r"^[ivx]+$", re.I)
_FRAGMENT = re.compile(r"&|^\W|^[a-z]|\d{3}")
_CAMEO = {
    "GOV": "government", "MIL": "military", "LEG": "legislature", "JUD": "judiciary", "OPP": "opposition",
    "REB": "rebels", "SPY": "intelligence", "COP": "police", "PTY": "party", "MED": "media", "EDU": "education",
    "BUS": "business", "HLH": "health", "AGR": "agriculture", "LAB": "labour", "ENV": "environment",
    "DEV": "development", "HRI": "human rights", "REF": "refugees", "REL": "religion", "CVL": "civil society",
    "INS": "insurgents", "CRM": "crime", "ELI": "elite", "UNO": "United Nations", "IGO": "international organisation",
    "NGO": "non-governmental organisation", "EEC": "European Union", "NAT": "NATO",
}  # fmt: skip
_SHORT = {
    "Sec. ": "Secretary ",
    "Min. ": "Minister ",
    "Dep. ": "Deputy ",
    "Govt.": "Government",
    "Intl. ": "International ",
}
_HEAD = re.compile(r"\s*\(?head of (?:state|government)\)*")
_TAIL = re.compile(r"(?: (?:Sir|Dame|Sheikh|Sultan|Grand Chief|(?:Dr|Gen|Lt|Col|Maj|Brig)\.))+$")
_CHIEF = re.compile(
    r"^(?:the |acting |interim |caretaker |transitional )*(?:president|prime minister|premier|chancellor|king|queen"
    r"|emir|amir|sultan|pope|prince|grand duke|emperor|head of|chief of state|chairman|chairperson|captain"
    r"|governor(?! general)|administrator|chief minister|first minister|leader|supreme leader|state counsellor"
    r"|mayor|commissioner)\b(?![s-])",
    re.I,
)
_NOT_CHIEF = re.compile(
    r"^(?:first |second |third )?"
    r"(?:co-vice|vice|deputy|heir|crown|governor general|lieutenant|president-elect|represented)",
    re.I,
)
TERRITORIES = frozenset(
    """AS GU MP PR VI UM BL MF NC PF PM WF TF GP MQ RE YT GF FK GI BM KY VG AI MS TC SH PN IO IM JE GG GS CC CX NF HM CK
    NU TK FO GL AW CW SX BQ SJ BV HK MO""".split()
)
TRUST = ("onrecord", "congress", "wd-eps", "factbook", "seed", "cia-wl-2019", "oeda")
"""Whose dates to keep, the best first."""
_OLD = "2004"


def clean_person(entry: Entry, country_names: Collection[str]) -> Entry | None:
    """The person of a row without titles and debris; an organisation if it is one; None if it is neither.

    Args:
        entry: The row.
        country_names: What its country is called: "President of French" + "Polynesia Edouard Fritch".
    """
    label = clean_label(_without_country(entry.label, country_names))
    words = fold(label).split()
    if not words or "vacant" in words or re.search(r"\d", label):
        return None
    if words[-1] in _BODY or (set(words) & _BODY and " of " in f" {' '.join(words)} "):
        names = {name._replace(text=_cased(name.text)) for name in entry.names}
        return replace_entry(entry, kind="organisation", label=_cased(label), names=names, salience=0.0)
    if len(words) == 1 and not any("head of state" in r.title and office(r.title) in _MONARCHS for r in entry.roles):
        return None
    if len(set(words) - PARTICLES) >= _TOO_MANY and entry.layers <= {"factbook"}:
        return None  # Several people that stood in one line.
    if len(words) == 2 and words[0] in _RANKS and not _ROMAN.match(words[1]):
        return None
    names = {
        name._replace(text=text)
        for name in entry.names
        if (text := clean_label(name.text)) and (name.layer == "seed" or _is_name(text, label))
    }
    names = {name for name in names if name.layer in _BY_HAND or _share_word(name.text, label)}
    prefix = entry.label[: -len(label)].strip() if entry.label.endswith(label) and entry.label != label else ""
    roles = {role._replace(title=_with_prefix(role.title, prefix)) for role in entry.roles}
    if _NOT_CHIEF.match(entry.label):
        roles = {role._replace(title=f"{prefix} ({role.title})" if "(" not in prefix else prefix) for role in roles}
        roles = {role._replace(title=_HEAD.sub("", role.title)) for role in roles}
    return replace_entry(entry, label=label, names=names, roles=roles)


def clean_label(label: str) -> str:
    """A person's name without the words around it.

    >>> clean_label("it is managed by Director Raymond F. Greene"), clean_label("Elizabeth Ii")
    ('Raymond F. Greene', 'Elizabeth II')
    """
    label = _LED_BY.sub("", _CUT.sub("", html.unescape(label))).strip(" ,.-")
    words = label.replace(",", " ,").split()
    start = 0
    for at, word in enumerate(words):
        low = word.casefold().strip(",.()")
        left = len([w for w in words[at + 1 :] if not _ROMAN.match(w) and w != ","])
        if (low in _RANKS or low in _BODY or fold(low) in _RANKS) and left >= (1 if _is_regnal(words[at + 1 :]) else 2):
            start = at + 1
    while len(words) - start > 2 and words[-1].casefold() in _AFTER_NAME:
        words.pop()
    while start < len(words) - 2 and words[start].casefold() in _SMALL | {"of"}:
        start += 1
    kept = [
        word.upper() if _ROMAN.match(word) and len(word) > 1 and at else word for at, word in enumerate(words[start:])
    ]
    return " ".join(kept).replace(" ,", ",")


def _without_country(label: str, country_names: Collection[str]) -> str:
    words = label.split()
    for name in sorted(country_names):
        parts = name.split()
        for at in range(len(parts)):
            tail = parts[at:]
            if len(words) - len(tail) >= 2 and [w.casefold() for w in words[: len(tail)]] == [
                p.casefold() for p in tail
            ]:
                return " ".join(words[len(tail) :])
    return label


def _is_regnal(words: list[str]) -> bool:
    return len(words) == 2 and bool(_ROMAN.match(words[1])) and len(words[1]) > 1


def _is_name(text: str, label: str) -> bool:
    """May the text be looked up as a person's whole name? A lone word is found as a surname, titled or not."""
    words = {word.casefold().strip(".,") for word in text.split()} - set(label.casefold().split())
    return (len(fold(text).split()) > 1 or text.isupper()) and not words & _WITH_SURNAME


def _share_word(one: str, two: str) -> bool:
    """Have two names a word in common, by its sound? A list that gives a person somebody else's name is wrong."""
    heard = {sound for word in one.split() for sound in sounds(word, "en")}
    return any(heard & sounds(word, "en") for word in two.split())


def _with_prefix(title: str, prefix: str) -> str:
    """The title with the words that had slipped into the name: "Chairman of the" + "Island Council"."""
    bare = re.sub(r"\s*\([^)]*\)$", "", title)
    if prefix and re.search(r"\b(?:of|the)$", bare):
        return f"{bare} {prefix}{title[len(bare) :]}"
    return title


def clean_body(entry: Entry) -> Entry | None:
    """An organisation with its name in the usual case, without names that mean an office or half a sentence."""
    names = {
        name._replace(text=_cased(html.unescape(name.text)) if name.layer == "oeda" else name.text)
        for name in entry.names
        if office(name.text) is None
        and len(fold(name.text)) > 1
        and (name.layer != "oeda" or set(fold(name.text).split()) - _GENERIC - _BODY - _SMALL)
    }
    label = _cased(entry.label) if entry.layers == {"oeda"} else entry.label
    return replace_entry(entry, label=label, names=names) if names and office(label) is None else None


def clean_state(entry: Entry) -> Entry:
    """A state with its names taken apart, without the fragments of broken ones."""
    names: set[EntryName] = set()
    for name in entry.names:
        for text in re.split(r" or |, ", html.unescape(name.text)) if name.layer == "factbook" else [name.text]:
            if not _FRAGMENT.search(text) or name.layer != "factbook":
                names.add(name._replace(text=text.strip()))
    broken = any("&" in name.text for name in entry.names)
    if broken:
        names = {n for n in names if n.layer != "factbook" or n.how != "name" or n.text[0].isupper()}
    return replace_entry(entry, names=names)


def _cased(text: str) -> str:
    """ "Ministry Of The Interior" with small words small; words that are all capitals stay."""
    words = text.split()
    return " ".join(word.lower() if at and word.casefold() in _SMALL else word for at, word in enumerate(words))


def clean_roles(entry: Entry, find_body: Callable[[str], str | None]) -> set[EntryRole]:
    """The roles of an entry: titles decoded, heads marked, jurisdictions found, repetitions joined."""
    found: dict[tuple[str, str, str], EntryRole] = {}
    for role in sorted(_decoded(entry.roles)):
        one = _placed(role, find_body)
        key = (one.office or one.title, one.jurisdiction, one.start)
        known = found.get(key)
        found[key] = one if known is None else _joined(known, one)
    return _at_home(_absorbed(_continued(found.values())), entry.country)


def _decoded(roles: Iterable[EntryRole]) -> Iterator[EntryRole]:
    roles = list(roles)
    yield from _careers([role for role in sorted(roles) if role.title.startswith("CAMEO:")])
    for role in roles:
        if role.title.startswith("party leader:"):
            name = re.split(r" or |\+\+|[(\[;,]", re.sub(r"^\([^)]*\)", "", role.title[13:].strip()))[0].strip()
            yield role._replace(
                title=f"party leader: {name}" if len(name) > 3 and name[0].isupper() else "party leader"
            )
        elif not role.title.startswith("CAMEO:"):
            chief = "state" if "(head of state)" in role.title else "government" if "(head of gov" in role.title else ""
            title = re.sub(r"\s*\(head of (?:state|government)\)", "", html.unescape(role.title)).strip()
            for short, whole in _SHORT.items():
                title = title.replace(short, whole)
            title = _TAIL.sub("", re.sub(r" of(?: the)?$", "", title))
            yield role._replace(title=title, chief=role.chief or (chief if _CHIEF.match(title) else ""))


def _careers(roles: list[EntryRole]) -> Iterator[EntryRole]:
    """What the codes say of somebody in one country as one row: such codes name sectors, no offices."""
    for country in sorted({role.jurisdiction for role in roles}):
        here = [role for role in roles if role.jurisdiction == country]
        words = dict.fromkeys(word for role in sorted(here) for word in _cameo(role.title[6:]))
        telling = [word for word in words if word != "elite"] or ["elite"]
        dated = [role for role in here if role.start]
        dated = [role for role in dated if _cameo(role.title[6:]) != ["elite"]] or dated
        yield EntryRole(
            title=", ".join(telling[:3]),
            jurisdiction=country,
            start=min((role.start for role in dated), default=""),
            end=max(role.end for role in dated) if dated and all(role.end for role in dated) else "",
            layer=here[0].layer,
        )


def _cameo(code: str) -> list[str]:
    """The words for a code of CAMEO, three letters each (Schrodt 2012); countries in it are told elsewhere."""
    return [_CAMEO[part] for part in (code[at : at + 3] for at in range(0, len(code), 3)) if part in _CAMEO]


def _placed(role: EntryRole, find_body: Callable[[str], str | None]) -> EntryRole:
    """The role with its office, and with the jurisdiction that the title itself names."""
    jurisdiction = "" if role.jurisdiction == "INT" else role.jurisdiction
    if known := find_body(jurisdiction) if len(jurisdiction) > 2 else jurisdiction:
        jurisdiction = known
    if (whole := office(role.title)) is not None:
        for _, whose in splits(role.title):
            if not jurisdiction and (body := find_body(whose)):
                jurisdiction = body
        return role._replace(office=whole, jurisdiction=jurisdiction)
    for what, whose in splits(role.title):
        # "President of French" of a list that knows the country is cut off; a body is always meant.
        if (named := office(what)) and (body := find_body(whose)) and (len(body) > 2 or not jurisdiction):
            return role._replace(office=named, jurisdiction=body)
        if named and whose and find_body(whose) == jurisdiction:
            return role._replace(office=named)
    return role._replace(jurisdiction=jurisdiction)


def _joined(one: EntryRole, other: EntryRole) -> EntryRole:
    """Two rows about one term as one: the better list's dates, the sightings of both."""
    one, other = sorted((one, other), key=lambda role: (_rank(role.layer), role))
    seen = [day for day in (one.first_seen, other.first_seen) if day]
    title = min((one.title, other.title), key=lambda text: (text.casefold().startswith("head of"), len(text), text))
    return one._replace(
        title=title,
        chief=one.chief if other.chief in ("", one.chief) else "both" if one.chief else other.chief,
        start=other.start if other.start.startswith(one.start) else one.start,
        end=other.end if other.end.startswith(one.end) else one.end,
        first_seen=min(seen, default=""),
        last_seen=max(one.last_seen, other.last_seen),
    )


def _rank(layer: str) -> int:
    return TRUST.index(layer) if layer in TRUST else len(TRUST)


def _continued(roles: Iterable[EntryRole]) -> list[EntryRole]:
    """Terms told twice, or that follow each other without a gap ("US Senator" after each election), as one."""
    done: list[EntryRole] = []
    for role in sorted(roles, key=lambda one: (one.office or one.title, one.jurisdiction, one.start, one.end)):
        last = done[-1] if done else None
        if last is None or _what(last) != _what(role) or not role.start:
            done.append(role)
        elif last.start and role.start.startswith(last.start):
            done[-1] = _joined(last, role)
        elif _near(last.end, role.start):
            done[-1] = _joined(last, role)._replace(start=last.start, end=role.end and max(last.end, role.end))
        else:
            done.append(role)
    return done


def _what(role: EntryRole) -> tuple[str, str]:
    return role.office or role.title, role.jurisdiction


def _near(end: str, start: str) -> bool:
    """Does one term begin within about a month of the end of the other, or before it?"""
    return bool(end) and (start <= end or (end[:7] == start[:7] and len(end) == len(start) == 10))


def _absorbed(roles: Iterable[EntryRole]) -> set[EntryRole]:
    """Undated sightings of somebody in an office whose dates are known add nothing but the sighting."""
    roles = list(roles)
    dated = {(role.office, role.jurisdiction) for role in roles if role.office and role.start}
    return {
        role
        for role in roles
        if role.start or role.end or not role.office or (role.office, role.jurisdiction) not in dated
    }


def _at_home(roles: set[EntryRole], country: str) -> set[EntryRole]:
    """An office that comes with a dependent territory, or with no place at all, is told once, for the country."""
    home = {(role.office or role.title, role.start) for role in roles if role.jurisdiction == country}
    away = TERRITORIES | {""}
    return {r for r in roles if r.jurisdiction not in away or (r.office or r.title, r.start) not in home}


def is_old(entry: Entry) -> bool:
    """Did all that is known of a person end before the news that onrecord is for?"""
    return bool(entry.roles) and all(role.end and role.end < _OLD for role in entry.roles)


def is_mixed(entry: Entry) -> bool:
    """Do the names of one row differ in their middle initials, as those of George H. W. and George W. Bush do?"""
    initials = {
        tuple(fold(word) for word in name.given[1:])
        for name in (person_name(one.text) for one in entry.names)
        if name.given[1:] and all(len(fold(word)) == 1 for word in name.given[1:])
    }
    return len(initials) > 1


def shown_label(entry: Entry) -> str:
    """The usual form of a member of Congress's name: the nickname, and no middle initial."""
    name = person_name(entry.label)
    short = sorted(
        n.text for n in entry.names if n.layer == "congress" and len(n.text.split()) == len(name.surname) + 1
    )
    nick = [text for text in short if fold(text).split()[:1] != fold(entry.label).split()[:1]]
    return (nick or short or [entry.label])[0]


def replace_entry(entry: Entry, **changes: object) -> Entry:
    """A copy of `entry` with other values; entries are not frozen, but cleaning starts from whole ones."""
    return replace(entry, **changes)  # type: ignore[arg-type]

"""Which office does a title name, however it is worded?

"Foreign Secretary", "Minister of Foreign Affairs" and "top diplomat" are one office, so that who held it can be
looked up by any of them. An office is written in a word or a few ("president", "minister of defence").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.resolve.table.sounds import fold

_PORTFOLIOS = """
foreign affairs: foreign, external affairs, external relations, foreign relations, foreign policy, exterior,
    foreign and european affairs, europe and foreign affairs, european and foreign affairs,
    foreign trade and foreign affairs
defence: defense, national defence, national defense, armed forces, armies, war
finance: finances, treasury, economy and finance, finance and economy, economy and finances, budget, exchequer
interior: internal affairs, home affairs, home, public security, internal, internal security
justice: law and justice, law, legal affairs
economy: economic affairs, economic development, economics, business, economics and technology, industry
health: public health, health and human services, healthcare, health and social care, health and welfare
education: national education, education and science, higher education, schools
energy: energy and mines, petroleum, oil, power, fuel and energy
environment: ecology, climate, ecological transition, environmental protection, climate change
agriculture: farming, food and agriculture, agriculture and food, rural development
trade: commerce, foreign trade, international trade
transport: transportation, infrastructure, transport and infrastructure
labour: labor, employment, work and pensions, labour and social affairs, labor and social affairs
culture: arts, culture and heritage
digital transformation: digital affairs, digitalization
"""
_OFFICES = """
president: head of the republic, state president, federal president, presidente, президент, prezydent,
    präsident, président
prime minister: premier, pm, taoiseach, president of the council of ministers, president of the government,
    prime minister designate, chairman of the council of ministers, chairman of the government, прем'єр-міністр,
    премьер-министр, премьер, прем'єр, premierminister
chancellor: federal chancellor, bundeskanzler, bundeskanzlerin, канцлер, kanclerz
head of state: chief of state
head of government: government chief, head of govt
leader: ruler, strongman
king: monarch, sovereign, emperor, grand duke
queen:
emir: amir
sultan:
pope: pontiff, holy father, bishop of rome, supreme pontiff
supreme leader: leader of the revolution
crown prince:
governor general:
first minister:
vice president: vp, veep
deputy prime minister: vice premier, vice prime minister, first deputy prime minister
secretary general: general secretary, sg
secretary of state: us secretary of state
attorney general:
central bank governor: governor of the central bank, central bank chief, head of the central bank,
    central bank president, president of the central bank, governor central bank, president central bank,
    chair of the federal reserve, fed chair, fed chief, federal reserve chair, federal reserve chairman,
    fed chairman, chairman of the federal reserve, federal reserve chief
national security adviser: national security advisor
high representative: foreign policy chief, high representative for foreign affairs and security policy,
    high representative of the eu
spokesperson: spokesman, spokeswoman, press secretary, chief spokesperson, chief spokesman
presidential spokesperson: presidential spokesman, presidential spokeswoman, presidential press secretary,
    kremlin spokesman, press secretary of the president, white house press secretary, white house spokesman,
    white house spokeswoman, kremlin spokesperson
foreign ministry spokesperson: spokesperson of the ministry of foreign affairs,
    spokeswoman of the ministry of foreign affairs, spokesman of the ministry of foreign affairs,
    foreign ministry spokesman, foreign ministry spokeswoman, state department spokesperson,
    state department spokesman, state department spokeswoman
defence ministry spokesperson: defence ministry spokesman, defense ministry spokesman,
    defence ministry spokeswoman, defense ministry spokeswoman, pentagon spokesman, pentagon press secretary,
    pentagon spokeswoman
government spokesperson: government spokesman, government spokeswoman
speaker: parliament speaker, speaker of parliament, speaker of the house, house speaker, chairman of parliament,
    speaker of the house of representatives, parliamentary speaker, chairman of the state duma
opposition leader: leader of the opposition
senate majority leader:
senate minority leader:
ambassador to the un: permanent representative to the un, permanent representative to the un new york,
    un ambassador, envoy to the un, permanent representative to the united nations,
    ambassador to the united nations, permanent representative
ambassador to the us: ambassador to the united states, ambassador to washington
commander in chief: army chief, chief of the armed forces, commander of the armed forces, military chief
chief of the general staff: chief of general staff, head of the general staff
head of the presidential office: head of the office of the president, presidential chief of staff,
    head of the president's office, head of the presidential administration, president's chief of staff,
    chief of staff of the president
director general: general director
managing director:
director:
head: chief, boss
prosecutor: chief prosecutor
prosecutor general: general prosecutor
high commissioner for refugees: refugee chief
mayor: lord mayor
governor:
senator: us senator
representative: us representative, congressman, congresswoman
"""


def _table(text: str) -> dict[str, str]:
    """Every wording, folded, with the name that it stands for."""
    found: dict[str, str] = {}
    for line in text.replace(",\n", ", ").strip().splitlines():
        name, _, forms = line.partition(":")
        for form in (name, *forms.split(",")):
            if form.strip():
                found[fold(form)] = name
    return found


_PORTFOLIO_OF, _OFFICE_OF = _table(_PORTFOLIOS), _table(_OFFICES)
_EXACT = {
    "chancellor of the exchequer": "minister of finance",
    "treasury secretary": "minister of finance",
    "home secretary": "minister of interior",
    "top diplomat": "minister of foreign affairs",
    "chief diplomat": "minister of foreign affairs",
}
_ONE = re.compile(r"^(?:union |federal |national |state )*(?P<what>.+?) (?:minister|secretary)$")
_OF = re.compile(
    r"^(?:union |federal |national |cabinet )*(?:minister|secretary|secretary of state)"
    r" (?:of state )?(?:of|for|in charge of)(?: the)? (?P<what>.+)$"
)
_GOES_ON = frozenset({"of", "and", "for", "in"})
_DEPUTY = re.compile(r"^(?:first |senior )?(?:deputy|vice|assistant|under|junior) ")
_BRACKET = re.compile(r"\s*\([^)]*\)")
_BEFORE = re.compile(
    r"^(?:the|acting|interim|former|then|current|new|caretaker|outgoing|incumbent|longtime|transitional|ex) "
)
SOLE = frozenset(_OFFICE_OF.values()) - {
    "deputy prime minister",
    "vice president",
    "spokesperson",
    "ambassador to the un",
    "senator",
    "representative",
    "governor",
    "director",
    "leader",
} | {f"minister of {portfolio}" for portfolio in _PORTFOLIO_OF.values()}
"""Offices that one person holds at a time: a later holder ends the term of the one before."""


@lru_cache(maxsize=8192)
def office(title: str) -> str | None:
    """Which office does `title` name; None if it names none that is known.

    >>> office("Foreign Secretary"), office("the acting President"), office("passer-by")
    ('minister of foreign affairs', 'president', None)
    """
    words = fold(_BRACKET.sub("", title.replace("&", " and ")))
    while (shorter := _BEFORE.sub("", words)) != words:
        words = shorter
    if words in _OFFICE_OF or words in _EXACT:
        return _OFFICE_OF.get(words) or _EXACT[words]
    if _DEPUTY.match(words):
        return None
    for pattern in (_OF, _ONE):
        found = pattern.match(words)
        if found:
            return _minister(found["what"])
    return None


def _minister(portfolio: str) -> str | None:
    """The office of the minister of `portfolio`; of several joined ones the first that is known counts."""
    for words in (portfolio, *portfolio.split(" and ")):
        parts = words.split()
        for length in range(len(parts), 0, -1):
            start = " ".join(parts[:length])
            if start in _PORTFOLIO_OF and (length == len(parts) or parts[length] in _GOES_ON):
                return f"minister of {_PORTFOLIO_OF[start]}"
    return None


def splits(title: str) -> Iterator[tuple[str, str]]:
    """At which places can a title be cut into an office and whose it is?

    >>> list(splits("president of France"))[0], list(splits("French prime minister"))[0]
    (('president', 'France'), ('prime minister', 'French'))
    """
    words = title.split()
    for at in range(1, len(words) - 1):
        if words[at].casefold() == "of":
            rest = words[at + 1 :]
            yield " ".join(words[:at]), " ".join(rest[1:] if rest[0].casefold() == "the" and len(rest) > 1 else rest)
    for at in range(1, len(words)):
        whose = " ".join(words[:at]).removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
        yield " ".join(words[at:]), whose

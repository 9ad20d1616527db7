"""Pairs from constructed scenarios: what is said of one matter in the news, affirmed, denied, in part, or beside it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

SCENARIOS = Path(__file__).with_name("pairs_scenarios.txt")
STATES = "Orvania Pelmark Tessaria Corland Hestia Dravia Morland Ukraine Russia France Iran Egypt Brazil Kenya Japan"
PEOPLE = (
    "Olsen|Varga|Ms Adeyemi|Mr Conti|Sato|Ruth Keller|Banda|Moreau|Ivan Petrov|Petra Lind|John Marsh|Anna Weiss|Orhan"
)
BODIES = "Corva Mutual|Radio Nord|Nordsteel|the Union Bank|the Herald|Kestrel Air|Severn Rail|Bexley Works|Sunline"
PLACES = "Arnhold|Bellport|Cassis|Drumore|Vienna|Eastlake|Farrow|Nairobi|Kostin|Lake Mirren|Port Said|Geneva|Quito"
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|the weekend|5 March|next week"
WORDED = {7: "seven", 9: "nine", 12: "twelve", 3: "three", 20: "twenty", 5: "five", 11: "eleven"}
SAYING = ("{x} said {p}", "{x} said that {p}", "{p}, {x} said", "according to {x}, {p}", "{x} insisted that {p}",
          "“{p},” {x} said", "asked by reporters, {x} replied: “{p}”", "{x} told a radio station that {p}")  # fmt: skip
SAYERS = "the minister|a spokesman|officials|two people familiar with the matter|the ministry|the mayor|the president"


def scenarios() -> list[dict[str, list[str]]]:
    """What is said of each matter, by sign."""
    out: list[dict[str, list[str]]] = []
    for line in SCENARIOS.read_text("utf-8").splitlines():
        if line.startswith("="):
            out.append({"+": [], "-": [], "~": [], "!": []})
        elif line[:1] in "+-~!" and line.strip():
            out[-1][line[0]].append(line[2:])
    return out


def slots(rng: random.Random) -> dict[str, str]:
    """One way to fill the gaps."""
    a, b = rng.sample(STATES.split(), 2)
    p, q = rng.sample(PEOPLE.split("|"), 2)
    c, k = rng.sample(BODIES.split("|"), 2)
    t, u = rng.sample(PLACES.split("|"), 2)
    n, m = rng.sample([*WORDED, 14, 27, 40, 143, 150, 300], 2)
    number = {x: WORDED[x] if x in WORDED and rng.random() < 0.5 else str(x) for x in (n, m)}
    named = {"A": a, "B": b, "P": p, "Q": q, "C": c, "K": k, "T": t, "U": u}
    return {**named, "N": number[n], "M": number[m], "D": rng.choice(DAYS.split("|"))}


def constructed(rng: random.Random, count: int) -> Iterator[tuple[str, str, str]]:
    """So many pairs with the label of the second, compared with the first."""
    stock = scenarios()
    for _ in range(count):
        matter, fill = rng.choice(stock), slots(rng)
        left, right, label = _drawn(matter, rng.choice(stock), rng)
        if rng.random() < 0.5:
            left, right, label = right, left, {"narrower": "broader", "broader": "narrower"}.get(label, label)
        yield _told(left.format(**fill), rng), _told(right.format(**fill), rng), label


def _drawn(matter: dict[str, list[str]], other: dict[str, list[str]], rng: random.Random) -> tuple[str, str, str]:
    kind = rng.choices(
        ("same", "contrary", "in part", "against a part", "beside", "elsewhere"), (22, 34, 10, 8, 18, 8)
    )[0]
    affirmed, denied = rng.choice(matter["+"]), rng.choice(matter["-"])
    if kind == "same":
        side = matter[rng.choice("+-")]
        return (*rng.sample(side, 2), "same") if len(side) > 1 else (side[0], side[0], "same")
    if kind == "contrary":
        return affirmed, denied, "contrary"
    if kind == "in part":
        return affirmed, rng.choice(matter["~"]), "narrower"
    if kind == "against a part":
        return denied, rng.choice(matter["~"]), "contrary"
    beside = rng.choice(matter["!"]) if kind == "beside" else rng.choice(other["+"] + other["-"] + other["~"])
    if other is matter and kind == "elsewhere":
        beside = rng.choice(matter["!"])
    return rng.choice((affirmed, denied)), beside, "other"


def _told(text: str, rng: random.Random) -> str:
    if rng.random() < 0.35:
        return rng.choice(SAYING).format(x=rng.choice(SAYERS.split("|")), p=text)
    return text[0].upper() + text[1:] if rng.random() < 0.5 else text

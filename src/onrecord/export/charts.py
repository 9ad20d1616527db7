"""An issue as pictures: Vega-Lite, drawn by vl-convert on this machine, as SVG and PNG. Needs the extra ``web``.

A picture shows what the rows beside it say, and nothing else: whoever cannot see it, or wants to count, has the rows.
Sides differ in shape as well as in colour; the colours are told apart by those who see fewer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from onrecord.export.visible import quote, visible
from onrecord.export.wording import NO_SOURCE
from onrecord.record.bearing import SIDES, Side
from onrecord.views.issue import Account, IssueView, Voice

Spec: TypeAlias = dict[str, Any]
Row: TypeAlias = dict[str, "str | int"]

MOST_VOICES = 40
"""A picture shows this many voices; the rows show all."""

_EX = "M-.9,-.5L-.5,-.9L0,-.4L.5,-.9L.9,-.5L.4,0L.9,.5L.5,.9L0,.4L-.5,.9L-.9,.5L-.4,0Z"
_STAR = "M0,-1L.25,-.31L.95,-.31L.38,.12L.59,.81L0,.38L-.59,.81L-.38,.12L-.95,-.31L-.25,-.31Z"
_HEXAGON = "M0,-1L.87,-.5L.87,.5L0,1L-.87,.5L-.87,-.5Z"
_HOURGLASS = "M-.8,-.8L.8,-.8L-.8,.8L.8,.8Z"
_BAR = "M-.9,-.3L.9,-.3L.9,.3L-.9,.3Z"
LOOKS: Mapping[Side, tuple[str, str]] = {
    "affirms": ("#0072b2", "cross"),
    "denies": ("#d55e00", "square"),
    "states": ("#64798c", "circle"),
    "for": ("#009e73", "triangle-up"),
    "against": ("#b3446c", "triangle-down"),
    "demands": ("#8a63b5", "diamond"),
    "offers": ("#3f93cc", "triangle-right"),
    "promises": ("#2b8c8c", "triangle-left"),
    "declines": ("#a0651b", _EX),
    "asks": ("#7a8a2a", _HOURGLASS),
    "warns": ("#c08400", _HEXAGON),
    "threatens": ("#d03a3a", _STAR),
    "unclear": ("#808080", _BAR),
}
"""Colour and shape of each side."""

# Vega lays its own address before one that names no host; this one is taken away again.
_HERE = "https://here.invalid"
_SERIF = "Georgia, 'Liberation Serif', serif"
_SANS = "'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
_ROW = 30
_LANE = 24
_DOT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a picture is drawn on.

    Attributes:
        ink: The colour of words and lines.
        ground: The colour behind them; None lets what is below shine through.
        linked: Whether marks and names lead to the pages of statements and actors.
    """

    ink: str
    ground: str | None
    linked: bool = False


PRINT = Paper(ink="#1d1b18", ground="#ffffff")
PAGE = Paper(ink="currentColor", ground=None, linked=True)
"""In a page, as part of it: the words take the page's colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture and what it shows.

    Attributes:
        spec: What is drawn, in Vega-Lite.
        alt: What it shows, in a sentence.
        left_out: What the rows have and the picture does not, in a sentence; empty if it has everything.
    """

    spec: Spec
    alt: str
    left_out: str = ""


def to_svg(picture: Picture) -> str:
    """The picture as SVG. Equal pictures give equal bytes."""
    return _svg(json.dumps(picture.spec, sort_keys=True))


def to_png(picture: Picture, *, scale: float = 2.0) -> bytes:
    """The picture as PNG.

    Args:
        picture: What to draw.
        scale: Pixels for one point.
    """
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(picture.spec, scale=scale, allowed_base_urls=[]))


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    import vl_convert

    drawn = str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
    return drawn.replace(f'xlink:href="{_HERE}/', 'xlink:href="/')


def voice_name(voice: Voice) -> str:
    """Who speaks: the actor, or the words of an unresolved source in quotation marks."""
    if voice.actor is not None:
        return visible(voice.actor.name)
    return f"“{visible(voice.words)}”" if voice.words else NO_SOURCE


def account_rows(view: IssueView) -> list[Row]:
    """Every account on an issue, by date: what the pictures show, for a table or a CSV file.

    Each row has actor, date (empty if unknown), side, act, conditions (number), prints (number), outlets, origin
    (accounts with the same number go back to one), words and statement (the id of its first printing).
    """
    names = {account.number: voice_name(voice) for voice in view.voices for account in voice.accounts}
    rows: list[Row] = []
    for account in sorted(view.accounts, key=lambda each: (each.first.day or "~", each.number)):
        entry = account.first.entry
        outlets = dict.fromkeys(stand.entry.document.outlet or "outlet not given" for stand in account.stands)
        rows.append(
            {
                "actor": names[account.number],
                "date": account.first.day or "",
                "side": account.first.side,
                "act": (entry.position.act or "") if entry.position is not None else "",
                "conditions": len(account.first.conditions),
                "prints": len(account.stands),
                "outlets": visible("; ".join(outlets)),
                "origin": account.origin,
                "words": quote(entry.document.text, entry.statement.content),
                "statement": entry.statement.id,
            }
        )
    return rows


def timeline(view: IssueView, *, paper: Paper = PRINT, width: int = 640, titled: bool = True) -> Picture:
    """Who took which side when: one row a voice, one mark for what it said on a day on a side; prints are folded.

    Args:
        view: The issue.
        paper: What it is drawn on.
        width: Points between the first and the last day.
        titled: Whether the issue's label stands above.
    """
    voices = view.voices[:MOST_VOICES]
    rows, marks, undated = _marks(voices)
    high = max((row["end"] for row in rows), default=1)
    left = [f"{len(view.voices) - len(voices)} voices"] if len(voices) < len(view.voices) else []
    left += [f"{undated} without a date"] if undated else []
    spec = {
        "data": {"values": marks},
        "width": width,
        "height": high * _LANE,
        "layer": _mark_layers(marks, {"x": _days(marks), "y": _lanes(rows, high)}, paper),
        **frame(view.entry.issue.label if titled else None, paper),
    }
    alt = (
        f"Timeline: {len(view.accounts)} accounts by {len(view.voices)} voices on “{visible(view.entry.issue.label)}”."
    )
    spec["description"] = alt
    return Picture(spec=spec, alt=alt, left_out=_left_out(left))


def _days(marks: Sequence[Spec]) -> Spec:
    """The axis of days; where they are few, each has its date."""
    days = sorted({mark["day"] for mark in marks})
    x: Spec = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "padding": 14},
        "axis": {"format": "%-d %b %Y", "labelOverlap": "greedy", "tickCount": min(8, max(2, len(days)))},
    }
    if len(days) < 8:
        x["axis"]["values"] = [
            {"year": int(day[:4]), "month": int(day[5:7]), "date": int(day[8:]), "utc": True} for day in days
        ]
    return x


def _lanes(rows: Sequence[Spec], high: int) -> Spec:
    """The axis of voices, `high` lanes in all: a name at the middle of its row."""
    return {
        "field": "y",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [high - 0.5, -0.5], "nice": False},
        "axis": {
            "values": [row["middle"] for row in rows],
            "labelExpr": f"{json.dumps({str(round(row['middle'] * 2)): row['name'] for row in rows})}[datum.value * 2]",
            "labelLimit": 300,
            "labelOverlap": False,
            "labelPadding": 8,
            "grid": True,
            "ticks": False,
        },
    }


def _mark_layers(marks: Sequence[Spec], shared: Spec, paper: Paper) -> list[Spec]:
    """The marks, a ring around those with a condition, and how often the same was said; `shared` are the axes."""
    sides = _sides_in(mark["side"] for mark in marks)
    ring = {"filled": False, "size": _DOT * 2.9, "strokeWidth": 1.4, "shape": "circle"}
    times = {"dx": 14, "align": "left", "baseline": "middle", "fontSize": 11, "font": _SANS}
    return [
        {
            "mark": {"type": "point", "filled": True, "size": _DOT, "opacity": 1, "strokeWidth": 1.5},
            "encoding": {**shared, **_coloured(sides), **_linked(paper), "description": {"field": "says"}},
        },
        {
            "transform": [{"filter": "datum.conditional"}],
            "mark": {"type": "point", "aria": False, **ring},
            "encoding": {**shared, "stroke": {"value": paper.ink}},
        },
        {
            "transform": [{"filter": "datum.n > 1"}],
            "mark": {"type": "text", "aria": False, **times},
            "encoding": {**shared, "text": {"field": "times"}, "color": {"value": paper.ink}},
        },
    ]


def _marks(voices: Sequence[Voice]) -> tuple[list[Spec], list[Spec], int]:
    """A row for each voice; a mark for each voice, day and side; and how many accounts have no date.

    What one voice says on one day on several sides stands below each other in its row.
    """
    found: dict[tuple[int, str, Side], list[Account]] = {}
    undated = 0
    for at, voice in enumerate(voices):
        for account in voice.accounts:
            if account.first.day is None:
                undated += 1
            else:
                found.setdefault((at, _whole_day(account.first.day), account.first.side), []).append(account)
    lanes: dict[tuple[int, str], list[Side]] = {}
    for at, day, side in found:
        lanes.setdefault((at, day), []).append(side)
    rows: list[Spec] = []
    for at, voice in enumerate(voices):
        start = rows[-1]["end"] if rows else 0
        most = max((len(sides) for (who, _), sides in lanes.items() if who == at), default=0)
        if most:
            rows.append({"voice": at, "start": start, "end": start + most, "middle": start + (most - 1) / 2})
            rows[-1]["name"] = _cut(voice_name(voice), 44)
    starts = {row["voice"]: row for row in rows}
    marks: list[Spec] = []
    for (at, day, side), accounts in found.items():
        there = lanes[at, day]
        entry = accounts[0].first.entry
        says = quote(entry.document.text, entry.statement.content, limit=160)
        marks.append(
            {
                "y": starts[at]["middle"] + there.index(side) - (len(there) - 1) / 2,
                "day": day,
                "side": side,
                "n": len(accounts),
                "times": f"×{len(accounts)}",
                "conditional": any(account.first.conditions for account in accounts),
                "href": f"{_HERE}/s/{entry.statement.id}",
                "says": f"{starts[at]['name']}, {day}, {side}: {says}",
            }
        )
    return rows, marks, undated


def _whole_day(day: str) -> str:
    """The first day that a date cut to what is known may mean."""
    return (day + "-01-01"[len(day) - 4 :])[:10] if len(day) < 10 else day[:10]


def network(view: IssueView, *, paper: Paper = PRINT, titled: bool = True) -> Picture:
    """Who stands where: voices on the left, sides on the right, a line as strong as there are accounts.

    Args:
        view: The issue.
        paper: What it is drawn on.
        titled: Whether the issue's label stands above.
    """
    voices = view.voices[:MOST_VOICES]
    sides = _sides_in(account.first.side for voice in voices for account in voice.accounts)
    rows = max(len(voices), len(sides), 1)
    alt = f"Network: {len(view.voices)} voices and the sides they take on “{visible(view.entry.issue.label)}”."
    left = [f"{len(view.voices) - len(voices)} voices"] if len(voices) < len(view.voices) else []
    spec = {
        "description": alt,
        "width": 260,
        "height": rows * _ROW,
        "layer": _network_layers(_ties(voices, sides, rows), sides, rows, paper),
        **frame(view.entry.issue.label if titled else None, paper),
    }
    return Picture(spec=spec, alt=alt, left_out=_left_out(left))


@dataclass(frozen=True, slots=True)
class _Ties:
    """What a network shows, as Vega's rows: lines, the voices where they begin, the sides where they end."""

    lines: list[Spec]
    heads: list[Spec]
    ends: list[Spec]


def _ties(voices: Sequence[Voice], sides: Sequence[Side], rows: int) -> _Ties:
    """Voices from top to bottom by the sides to which they lean, so that few lines cross; sides spread over `rows`."""
    place = {side: at for at, side in enumerate(sides)}
    counts: dict[tuple[int, Side], int] = {}
    for at, voice in enumerate(voices):
        for account in voice.accounts:
            counts[at, account.first.side] = counts.get((at, account.first.side), 0) + 1

    def lean(at: int) -> float:
        mine = [(place[side], n) for (voice, side), n in counts.items() if voice == at]
        return sum(where * n for where, n in mine) / sum(n for _, n in mine)

    order = sorted(range(len(voices)), key=lambda at: (lean(at), at))
    spread = [(rows - 1) * (at + 0.5) / len(sides) + 0.0 for at in range(len(sides))]
    lines = [
        {"y": order.index(at), "y2": spread[place[side]], "x": 0, "x2": 1, "n": n, "side": side}
        for (at, side), n in counts.items()
    ]
    heads = [
        {"x": 0, "y": row, "name": _cut(voice_name(voices[at]), 44), "href": _voice_href(voices[at])}
        for row, at in enumerate(order)
    ]
    totals = {side: sum(n for (_, s), n in counts.items() if s == side) for side in sides}
    ends = [{"x": 1, "y": spread[place[side]], "side": side, "name": f"{side} ({n})"} for side, n in totals.items()]
    return _Ties(lines, heads, ends)


def _network_layers(ties: _Ties, sides: Sequence[Side], rows: int, paper: Paper) -> list[Spec]:
    """The lines, and a mark with its name at both of their ends."""
    axes: Spec = {
        "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}},
        "y": {
            "field": "y",
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": [rows - 0.5, -0.5], "nice": False},
        },
    }
    ink = {"value": paper.ink}
    dot: Spec = {"type": "point", "aria": False, "filled": True, "opacity": 1}
    label: Spec = {"type": "text", "baseline": "middle", "fontSize": 12, "font": _SERIF}
    named: Spec = {**axes, "text": {"field": "name"}, "description": {"field": "name"}, "color": ink}
    most = max((line["n"] for line in ties.lines), default=1)
    strong = {"domain": [1, max(2, most)], "range": [1.5, 9]}
    return [
        {
            "data": {"values": ties.lines},
            "mark": {"type": "rule", "aria": False, "opacity": 0.6, "strokeCap": "round"},
            "encoding": {
                **axes,
                "x2": {"field": "x2"},
                "y2": {"field": "y2"},
                "strokeWidth": {"field": "n", "type": "quantitative", "legend": None, "scale": strong},
                "color": {"field": "side", "type": "nominal", "legend": None, "scale": _colours(sides)},
            },
        },
        {
            "data": {"values": ties.heads},
            "mark": {**dot, "size": 50},
            "encoding": {**axes, "color": ink},
        },
        {
            "data": {"values": ties.heads},
            "mark": {**label, "align": "right", "dx": -10},
            "encoding": {**named, **_linked(paper)},
        },
        {
            "data": {"values": ties.ends},
            "mark": {**dot, "size": 170},
            "encoding": {**axes, **_coloured(sides, legend=False)},
        },
        {
            "data": {"values": ties.ends},
            "mark": {**label, "align": "left", "dx": 14, "fontWeight": "bold"},
            "encoding": named,
        },
    ]


def _voice_href(voice: Voice) -> str:
    if voice.actor is not None:
        return f"{_HERE}/a/{voice.actor.id}"
    return f"{_HERE}/s/{voice.accounts[0].first.entry.statement.id}"


def _linked(paper: Paper) -> Spec:
    return {"href": {"field": "href"}} if paper.linked else {}


def _sides_in(sides: Any) -> list[Side]:
    there = set(sides)
    return [side for side in SIDES if side in there]


def _colours(sides: Sequence[Side]) -> Spec:
    return {"domain": list(sides), "range": [LOOKS[side][0] for side in sides]}


def _coloured(sides: Sequence[Side], *, legend: bool = True) -> Spec:
    key: Spec | None = {"orient": "top", "title": None, "symbolSize": 110, "columns": 6} if legend else None
    shapes = {"domain": list(sides), "range": [LOOKS[side][1] for side in sides]}
    return {
        "color": {"field": "side", "type": "nominal", "scale": _colours(sides), "legend": key},
        "shape": {"field": "side", "type": "nominal", "scale": shapes, "legend": key},
    }


def frame(title: str | None, paper: Paper) -> Spec:
    """What all pictures have in common."""
    frame: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": paper.ground or "transparent",
        "padding": 10,
        "config": {
            "font": _SERIF,
            "view": {"stroke": None},
            "axis": {
                "labelColor": paper.ink,
                "domainColor": paper.ink,
                "tickColor": paper.ink,
                "gridColor": paper.ink,
                "gridOpacity": 0.13,
                "labelFontSize": 12,
            },
            "legend": {"labelColor": paper.ink, "labelFontSize": 12, "labelFont": _SANS},
            "title": {"color": paper.ink, "fontSize": 17, "fontWeight": "bold", "anchor": "start", "offset": 12},
        },
    }
    if title is not None:
        frame["title"] = _cut(visible(title), 90)
    return frame


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _left_out(parts: Sequence[str]) -> str:
    return f"Not in the picture, but in the table: {' and '.join(parts)}." if parts else ""

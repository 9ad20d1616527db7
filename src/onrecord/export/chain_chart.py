"""The chain of a statement as a picture: who is nearest the words, and by which hops they reached the page."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from onrecord.export.charts import PRINT, Paper, Picture, Spec, frame
from onrecord.export.visible import quote, visible
from onrecord.export.wording import NO_OUTLET, NO_SOURCE, hop_line, plain_line
from onrecord.record.chain import Hop
from onrecord.views.aspects import Aspects

_WIDE, _GAP, _LINE = 176, 34, 17
_LETTERS = 26


def chain_picture(aspects: Aspects, *, paper: Paper = PRINT, titled: bool = True) -> Picture:
    """The hops of a statement from left to right, the words above; a dashed frame has who is not named.

    Args:
        aspects: The statement.
        paper: What it is drawn on.
        titled: Whether its words stand above.
    """
    hops = aspects.chain.hops if aspects.chain is not None else ()
    boxes = [_box(place, hop, aspects) for place, hop in enumerate(hops)]
    high = max((len(box["words"]) + 1 for box in boxes), default=1) * _LINE + 16
    wide = max(1, len(hops)) * (_WIDE + _GAP) - _GAP
    shown = " → ".join(plain_line(hop_line(hop, aspects)) for hop in hops)
    alt = f"Chain: {shown}." if shown else "Nobody has looked by which hops the words came."
    spec: Spec = {
        "description": alt,
        "width": wide,
        "height": high,
        "layer": _layers(boxes, wide, high, paper),
        **frame(None, paper),
    }
    if titled:
        words = quote(aspects.text, aspects.statement.content, limit=220)
        spec["title"] = {"text": wrap(f"“{words}”", max(30, 30 * len(hops)))}
    return Picture(spec=spec, alt=alt)


def _layers(boxes: Sequence[Spec], wide: int, high: int, paper: Paper) -> list[Spec]:
    """The frames, the names in them, what each did below, and arrows from one to the next; `wide` by `high` points."""
    axes: Spec = {
        "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, wide], "nice": False}},
        "y": {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [high, 0], "nice": False}},
    }
    lines = [
        {"x": box["x"] + _WIDE / 2, "y": 8 + _LINE * (at + 0.5), "text": line}
        for box in boxes
        for at, line in enumerate(box["words"])
    ]
    acts = [{"x": box["x"] + _WIDE / 2, "y": high - 8 - _LINE / 2, "text": box["act"]} for box in boxes]
    arrows = [{"x": box["x"] - _GAP + 4, "x2": box["x"] - 9, "y": high / 2} for box in boxes[1:]]
    tips = [{"x": arrow["x2"] + 2, "y": arrow["y"]} for arrow in arrows]
    text: Spec = {"type": "text", "aria": False, "align": "center", "baseline": "middle", "fontSize": 13}
    tip: Spec = {"type": "point", "shape": "triangle-right", "filled": True, "size": 90, "opacity": 1}
    inked: Spec = {**axes, "color": {"value": paper.ink}}
    return [
        *(_frames(boxes, high, axes, paper, solid=solid) for solid in (True, False)),
        {
            "data": {"values": lines},
            "mark": {**text, "fontWeight": "bold"},
            "encoding": {**inked, "text": {"field": "text"}},
        },
        {
            "data": {"values": acts},
            "mark": {**text, "fontSize": 12, "fontStyle": "italic"},
            "encoding": {**inked, "text": {"field": "text"}},
        },
        {
            "data": {"values": arrows},
            "mark": {"type": "rule", "aria": False, "strokeWidth": 1.6},
            "encoding": {**inked, "x2": {"field": "x2"}},
        },
        {"data": {"values": tips}, "mark": {**tip, "aria": False}, "encoding": inked},
    ]


def _frames(boxes: Sequence[Spec], high: int, axes: Spec, paper: Paper, *, solid: bool) -> Spec:
    """The frames of those who are named if `solid`, else the dashed ones of those who are not."""
    dash = [1, 0] if solid else [5, 4]
    frames = [
        {"x": box["x"], "x2": box["x"] + _WIDE, "y": 0, "y2": high, "dash": dash}
        for box in boxes
        if box["named"] == solid
    ]
    return {
        "data": {"values": frames},
        "mark": {"type": "rect", "aria": False, "fill": None, "strokeWidth": 1.4, "strokeDash": dash},
        "encoding": {**axes, "x2": {"field": "x2"}, "y2": {"field": "y2"}, "stroke": {"value": paper.ink}},
    }


def _box(place: int, hop: Hop, aspects: Aspects) -> Spec:
    """One hop: where its box begins, the lines of its name, and what it did."""
    actor = aspects.named(hop.actor_id)
    words = quote(aspects.text, (hop.mention,)) if hop.mention is not None else ""
    if hop.named and actor is not None:
        name = visible(actor.name)
    elif words:
        name = f"“{words}”"
    else:
        name = visible(actor.name) if actor is not None else NO_OUTLET if hop.kind == "outlet" else NO_SOURCE
    lines = wrap(name, _LETTERS) or [name]
    if len(lines) > 4:
        lines = [*lines[:3], lines[3][: _LETTERS - 1] + "…"]
    act = hop.act if hop.named or hop.mention is None else f"{hop.act} · unnamed"
    return {"x": place * (_WIDE + _GAP), "words": lines, "act": act, "named": hop.named or hop.mention is None}

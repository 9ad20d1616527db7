"""How an audit looks: a card for one article, tables for several."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from onrecord.cli.display import heading
from onrecord.cli.paper import Paper
from onrecord.cli.streams import Sink
from onrecord.cli.tables import width
from onrecord.export.public import document_to_json
from onrecord.export.visible import counted, visible
from onrecord.export.wording import DOT, NO_SOURCE, Piece, chain_line, source_kind_word, speaker_line
from onrecord.record.document import Document
from onrecord.record.statement import KINDS
from onrecord.views.audit import Audit, Figures
from onrecord.views.sources import Source

NO_OUTLET = "no outlet given"
ARTICLE_HEADS = (
    "state-\nments",
    "sour-\nces",
    "un-\nnamed",
    "no\nsource",
    "offi-\ncials",
    "\ndirect",
    "second\nhand",
    "most\nhops",
)
OUTLET_HEADS = (
    *("arti-\ncles", "state-\nments", "src.\neach", "one\nsrc.", "un-\nnamed", "no\nsource", "offi-\ncials"),
    *("\ndirect", "second\nhand", "most\nhops"),
)
OUTLET_KEY = "src. each: sources per article · one src.: articles all of whose statements come from one source"
WIDTH = 80
LABEL_WIDTH = len("longest chain")


class Report:
    """Takes audits one by one and prints them: the only one as a card, several as rows of a table."""

    def __init__(self, *, as_json: bool, as_plain: bool) -> None:
        self._sink = Sink(sys.stdout.buffer) if as_json else None
        self._paper = None if as_json else Paper(plain=as_plain)
        self._outlets: dict[str | None, Figures] = {}
        self._only: Audit | None = None

    def add(self, audit: Audit) -> None:
        """One more article."""
        outlet = audit.document.outlet
        first = not self._outlets
        self._outlets[outlet] = self._outlets.get(outlet, Figures()) + audit.figures
        if self._sink is not None:
            self._sink.write_json(audit_to_json(audit))
        elif self._paper is not None:
            if first:
                self._only = audit
                return
            if self._only is not None:
                _print_heads(ARTICLE_HEADS, self._paper)
                _print_article(self._only, self._paper)
                self._only = None
            _print_article(audit, self._paper)

    def close(self) -> None:
        """There are no more."""
        if self._only is not None and self._paper is not None:
            _print_card(self._only, self._paper)
        elif self._sink is not None:
            for outlet, figures in self._outlets.items():
                self._sink.write_json({"outlet": outlet, **figures_to_json(figures)})
        elif self._paper is not None and self._outlets:
            _print_outlets(self._outlets, self._paper)


# One article


def _print_card(audit: Audit, paper: Paper) -> None:
    title, printed = heading(audit.document)
    if title:
        paper.line(Piece(title, "title"))
    paper.line(Piece(printed, "soft"))
    paper.line()
    figures = audit.figures
    inner = f", and {figures.inner:,} within them, not counted here" if figures.inner else ""
    head = f"{counted(figures.statements, 'statement')} of {counted(figures.sources, 'source')}"
    paper.line(Piece(head, "title"), Piece(inner, "soft"))
    paper.line()
    for name, parts in _parts(figures):
        cells = [f"{_share(count, figures.statements)} {what} ({count:,})" for what, count in parts if count]
        if cells:
            paper.line(Piece(DOT.join(cells), "word"), label=(Piece(name, "soft"),), width=LABEL_WIDTH)
    if audit.longest is not None:
        chain = chain_line(audit.longest)
        label = (Piece("longest chain", "soft"),)
        paper.line(Piece(f"{counted(figures.longest, 'hop')}: ", "word"), *chain, label=label, width=LABEL_WIDTH)
    if figures.one_source and figures.statements > 1:
        paper.line(Piece("Everything comes from one source.", "open"))
    if audit.sources:
        paper.line()
        _print_sources(audit.sources, paper)
    if figures.silent:
        paper.line(Piece(NO_SOURCE, "open"), label=(Piece(f"{figures.silent:,}", "word"),))


def _parts(figures: Figures) -> Iterator[tuple[str, Sequence[tuple[str, int]]]]:
    yield (
        "source",
        (
            ("named", figures.named),
            ("unnamed", figures.unnamed),
            ("not mentioned", figures.silent),
            ("not looked at", figures.unread),
        ),
    )
    yield "speaks for", (("public bodies", figures.official), ("others", figures.others))
    yield "form", tuple((kind, figures.kinds[kind]) for kind in KINDS)
    yield (
        "way",
        (
            ("second hand", figures.second_hand),
            ("with somebody unnamed in the chain", figures.unnamed_hop),
        ),
    )


def _print_sources(sources: Sequence[Source], paper: Paper) -> None:
    wide = max(len(str(len(source.said))) for source in sources)
    for source in sources:
        kinds = [f"{sum(a.statement.kind == kind for a in source.said)} {kind}" for kind in KINDS]
        traits = [
            "" if source.named else "unnamed",
            "official" if source.official else "",
            ", ".join(each for each in kinds if not each.startswith("0 ")),
            _second_hand(source),
        ]
        ways = sorted({source_kind_word(a.attribution.source_kind) for a in source.said if a.attribution} - {""})
        mentioned = f" ({', '.join(ways)})" if ways else ""
        note = "".join(f"{DOT}{trait}" for trait in traits if trait)
        label = (Piece(f"{len(source.said):>{wide}}", "word"),)
        paper.line(*speaker_line(source), Piece(f"{mentioned}{note}", "soft"), label=label)


def _second_hand(source: Source) -> str:
    count = sum(a.chain is not None and a.chain.distance > 1 for a in source.said)
    return f"{count} second hand" if count else ""


# Several articles


def _print_heads(heads: Sequence[str], paper: Paper) -> None:
    for at in (0, 1):
        cells = [head.split("\n")[at] for head in heads]
        paper.line(Piece(_row("", cells, heads), "soft"))


def _print_article(audit: Audit, paper: Paper) -> None:
    doc, figures = audit.document, audit.figures
    cells = (f"{figures.statements:,}", f"{figures.sources:,}", *_shares(figures), f"{figures.longest:,}")
    published = doc.published.value[:10] if doc.published else ""
    label = visible(" ".join(filter(None, (published, doc.outlet or NO_OUTLET))))
    _print_row(label, cells, ARTICLE_HEADS, paper)
    paper.line(Piece(f"{visible(doc.title or _begin(doc))} · {doc.id}", "soft"), indent=2)


def _print_outlets(outlets: dict[str | None, Figures], paper: Paper) -> None:
    paper.line()
    _print_heads(OUTLET_HEADS, paper)
    total = sum(outlets.values(), Figures())
    rows = sorted(outlets.items(), key=lambda pair: (-pair[1].statements, pair[0] or ""))
    for outlet, figures in [*rows, ("all", total)] if len(rows) > 1 else rows:
        cells = (
            f"{figures.articles:,}",
            f"{figures.statements:,}",
            f"{figures.sources / figures.articles:.1f}",
            f"{figures.one_source:,}",
            *_shares(figures),
            f"{figures.longest:,}",
        )
        _print_row(visible(outlet or NO_OUTLET), cells, OUTLET_HEADS, paper)
    paper.line(Piece(OUTLET_KEY, "soft"))


def _shares(figures: Figures) -> tuple[str, ...]:
    counts = (figures.unnamed, figures.silent, figures.official, figures.kinds["direct"], figures.second_hand)
    return tuple(_share(count, figures.statements) for count in counts)


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.0f}%" if of else "–"


def _print_row(label: str, cells: Sequence[str], heads: Sequence[str], paper: Paper) -> None:
    if width(label) > _room(heads):
        paper.line(Piece(label, "quote"))
        label = ""
    paper.line(Piece(_row(label, cells, heads), "word"))


def _row(label: str, cells: Sequence[str], heads: Sequence[str]) -> str:
    widths = map(_head_width, heads)
    return (
        label
        + " " * (_room(heads) - width(label))
        + "".join(f" {cell:>{wide}}" for cell, wide in zip(cells, widths, strict=True))
    )


def _room(heads: Sequence[str]) -> int:
    """Columns that are left for the label of a row."""
    return WIDTH - sum(1 + _head_width(head) for head in heads)


def _head_width(head: str) -> int:
    return max(map(len, head.split("\n")))


def _begin(doc: Document) -> str:
    line = next((line.strip() for line in doc.text.split("\n") if line.strip()), "untitled")
    return line if len(line) <= 70 else line[:70].rsplit(" ", 1)[0] + "…"


# JSON


def audit_to_json(audit: Audit) -> dict[str, object]:
    """The JSON form of the audit of one article."""
    return {
        "document": document_to_json(audit.document),
        **figures_to_json(audit.figures),
        "longest": audit.longest.statement.id if audit.longest is not None else None,
        "by_source": [_source_to_json(source) for source in audit.sources],
    }


def figures_to_json(figures: Figures) -> dict[str, object]:
    """The JSON form of what was counted."""
    return {
        "articles": figures.articles,
        "statements": figures.statements,
        "inner": figures.inner,
        "sources": figures.sources,
        "one_source": figures.one_source,
        "named": figures.named,
        "unnamed": figures.unnamed,
        "silent": figures.silent,
        "unread": figures.unread,
        "official": figures.official,
        "others": figures.others,
        "kinds": dict(figures.kinds),
        "second_hand": figures.second_hand,
        "unnamed_hop": figures.unnamed_hop,
        "longest_chain": figures.longest,
    }


def _source_to_json(source: Source) -> dict[str, object]:
    return {
        "actor": source.actor.name if source.actor else None,
        "actor_id": source.actor.id if source.actor else None,
        "actor_reason": source.reason,
        "words": list(source.words),
        "named": source.named,
        "official": source.official,
        "statements": [aspects.statement.id for aspects in source.said],
    }

"""``/i/ID``: who takes which position on an issue; ``/issues``: which issues there are; and their pictures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.export.chain_chart import chain_picture
from onrecord.export.charts import LOOKS, PAGE, PRINT, Picture, account_rows, network, timeline, to_png, to_svg
from onrecord.record.bearing import SIDES, Side
from onrecord.record.link import LinkKind
from onrecord.run.asking import ask_ledger, find_issues
from onrecord.store import Entry
from onrecord.views.aspects import aspects_of
from onrecord.views.dossier import Dossier, view_dossier
from onrecord.views.issue import Account, IssueView, Voice
from onrecord.views.issues import list_issues
from onrecord.web.phrases import sentence_with
from onrecord.web.site import PERSON, Site, site_of, theme_of, unchanged

router = APIRouter(include_in_schema=False)

MOST_ASKED = 20_000
"""Statements of a ledger that a page compares with a question while the visitor waits."""

ORDER: tuple[LinkKind, ...] = ("denies", "conflicts", "changes")
"""Of pairs whose speakers are equally known, a denial comes first."""

LISTED = 100
"""Issues on one page of the list."""
MOST_PAIRS = 8
"""Pairs of accounts that do not say the same that the page shows at first."""

Kind = Literal["svg", "png"]
_DRAWN: Mapping[str, Callable[..., Picture]] = {"timeline": timeline, "network": network}
_SHAPES = {
    "circle": "M-.9,0A.9,.9,0,1,1,.9,0A.9,.9,0,1,1,-.9,0Z",
    "square": "M-.8,-.8H.8V.8H-.8Z",
    "cross": "M-.9,-.35H-.35V-.9H.35V-.35H.9V.35H.35V.9H-.35V.35H-.9Z",
    "diamond": "M0,-1L.8,0L0,1L-.8,0Z",
    "triangle-up": "M0,-.9L.95,.75H-.95Z",
    "triangle-down": "M0,.9L-.95,-.75H.95Z",
    "triangle-right": "M.9,0L-.75,.95V-.95Z",
    "triangle-left": "M-.9,0L.75,-.95V.95Z",
}


def side_mark(side: Side) -> Markup:
    """The mark of a side, as in the pictures."""
    colour, shape = LOOKS[side]
    path = _SHAPES.get(shape, shape)
    return Markup(
        '<svg class="side" viewBox="-1 -1 2 2" width="12" height="12" aria-hidden="true"><path d="{}" fill="{}"/></svg>'
    ).format(path, colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two accounts of an issue that do not say the same.

    Attributes:
        kind: How they stand to each other.
        left: The later or reacting one, and the words that decide marked.
        right: The other one, likewise.
        why: Why, in the machine's or a person's words.
    """

    kind: LinkKind
    left: tuple[Entry, Markup]
    right: tuple[Entry, Markup]
    why: str | None


@router.get("/issues")
def issues(request: Request, offset: Annotated[int, Query(ge=0, le=10**9)] = 0) -> Response:
    """The issues, those first on which most statements bear."""
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    found = site.gathered("issue lines", list_issues)
    counts = site.gathered("counts", lambda ledger: ledger.counts())
    values = {
        "gathering": found is None,
        "issues": (found or ())[offset : offset + LISTED],
        "more": len(found or ()) > offset + LISTED,
        "offset": offset,
        "listed": LISTED,
        "mark": side_mark,
        "small": counts is not None and counts.statements <= MOST_ASKED,
    }
    return site.page(request, "issues.html", values, etag=etag if site.settled("issue lines", "counts") else None)


@router.post("/issues")
def ask(
    request: Request,
    question: Annotated[str, Form(max_length=500)] = "",
    by: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Asks the ledger a question, which becomes an issue; without one, finds the issues that statements share."""
    site = site_of(request)
    if question.strip() and not by.strip():
        raise UsageError("OR-001", "say who asks", hint="Go back and give your name: what people write is signed.")
    with site.deciding() as ledger:
        if ledger.counts().statements > MOST_ASKED:
            raise HTTPException(
                413, "This ledger is too large to be asked from a page; use `onrecord issue` on the command line."
            )
        if question.strip():
            leads_to = f"/i/{ask_ledger(ledger, question, by=by.strip()).issue.id}"
        else:
            find_issues(ledger)
            leads_to = "/issues"
    answer = RedirectResponse(leads_to, status_code=303)
    if by.strip():
        answer.set_cookie(PERSON, quote(by.strip()), max_age=31_536_000, samesite="strict", httponly=True)
    return answer


@router.get("/i/{identifier}")
def issue(request: Request, identifier: str, side: Annotated[str, Query(max_length=20)] = "") -> Response:
    """The issue page.

    Args:
        request: The request.
        identifier: The issue's id, or a unique beginning of it.
        side: Show only accounts on this side; empty for all.
    """
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    # Nothing on it is of one visitor alone, and a long issue takes long to draw.
    chosen = next((each for each in SIDES if each == side), None)
    name = f"issue page {(identifier, chosen, theme_of(request), site.trusts(request))}"
    body = site.remembered(name, lambda: _page(site, request, identifier, chosen))
    return HTMLResponse(body, headers={"etag": etag} if site.settled(name) else None)


def _page(site: Site, request: Request, identifier: str, chosen: Side | None) -> bytes:
    dossier = _dossier(site, identifier)
    view = dossier.view
    pairs = _pairs(view)
    values = {
        "view": view,
        "issue": view.entry.issue,
        "side": chosen or "",
        "sides": [(each, view.sides[each], view.independent(each)) for each in SIDES if view.sides[each]],
        "voices": [(voice, _of(voice, chosen)) for voice in view.voices if _of(voice, chosen)],
        "pairs": pairs[:MOST_PAIRS],
        "more_pairs": pairs[MOST_PAIRS:],
        "dossier": dossier if any(row.cells for row in dossier.rows) else None,
        "timeline": _figure(site, view, "timeline"),
        "network": _figure(site, view, "network"),
        "rows": account_rows(view),
        "mark": side_mark,
        "sentence": lambda stand: sentence_with(stand.entry, stand.bearing.evidence),
        "words": lambda backing: backing.words.of(backing.stand.entry.document.text),
    }
    return bytes(site.page(request, "issue.html", values).body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of an issue in its page.

    Attributes:
        svg: The drawing.
        alt: What it shows, in words.
        left_out: What it leaves out, in words.
    """

    svg: Markup
    alt: str
    left_out: str


def _figure(site: Site, view: IssueView, what: Literal["timeline", "network"]) -> Figure:
    """The timeline or network of an issue, drawn once: that takes longer than the rest of the page."""

    def draw() -> Figure:
        picture = _DRAWN[what](view, paper=PAGE, titled=False)
        return Figure(svg=Markup(to_svg(picture)), alt=picture.alt, left_out=picture.left_out)

    return site.remembered(f"{what} {view.entry.issue.id}", draw)


def _dossier(site: Site, identifier: str) -> Dossier:
    """The issue with its dossier."""
    with site.reading() as ledger:
        whole = ledger.issues.one(identifier).issue.id
        return site.remembered(f"issue {whole}", lambda: view_dossier(ledger, whole))


def _of(voice: Voice, side: Side | None) -> tuple[Account, ...]:
    return tuple(account for account in voice.accounts if side is None or account.first.side == side)


def _pairs(view: IssueView) -> list[Pair]:
    """The pairs to show, those first whose speakers are known, and denials before others; else the surest first."""
    found = []
    for each in view.otherwise:
        left, right = view.stand(each.link.left).entry, view.stand(each.link.right).entry
        found.append(
            Pair(
                kind=each.link.kind,
                left=(left, sentence_with(left, each.link.left_evidence)),
                right=(right, sentence_with(right, each.link.right_evidence)),
                why=each.link.why,
            )
        )
    found.sort(key=lambda pair: ((pair.left[0].actor is None) + (pair.right[0].actor is None), ORDER.index(pair.kind)))
    return found


@router.get("/i/{identifier}/accounts.csv")
def accounts(request: Request, identifier: str) -> Response:
    """Every account on an issue, as CSV."""
    view = _dossier(site_of(request), identifier).view
    out = io.StringIO()
    rows = account_rows(view)
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["actor"])
    writer.writeheader()
    # A cell that begins so would be a formula to a spreadsheet.
    writer.writerows(
        {name: f"'{cell}" if str(cell).startswith(("=", "+", "-", "@", "\t")) else cell for name, cell in row.items()}
        for row in rows
    )
    return _download(out.getvalue().encode(), "text/csv; charset=utf-8", f"{view.entry.issue.id}.csv")


@router.get("/i/{identifier}/{what}.{form}")
def issue_picture(request: Request, identifier: str, what: Literal["timeline", "network"], form: Kind) -> Response:
    """The timeline or the network of an issue, to take away."""
    view = _dossier(site_of(request), identifier).view
    return _picture(_DRAWN[what](view), f"{view.entry.issue.id}-{what}", form)


@router.get("/s/{identifier}/chain.{form}")
def chain(request: Request, identifier: str, form: Kind) -> Response:
    """The chain of a statement, to take away."""
    with site_of(request).reading() as ledger:
        entry = ledger.entry(identifier)
    picture = chain_picture(aspects_of(entry.reading())[entry.statement.id], paper=PRINT)
    return _picture(picture, f"{entry.statement.id}-chain", form)


def _picture(picture: Picture, name: str, form: Kind) -> Response:
    if form == "png":
        return _download(to_png(picture), "image/png", f"{name}.png")
    return _download(to_svg(picture).encode(), "image/svg+xml", f"{name}.svg")


def _download(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})

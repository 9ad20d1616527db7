"""``/s/ID``: one statement, with all that is on record of it, and who says otherwise."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.export.citation import FORMS, cite, doubts_of, quotation
from onrecord.record.span import Spans
from onrecord.store import Entry
from onrecord.views.beside import LEAST, SURE, Beside
from onrecord.views.otherwise import otherwise
from onrecord.views.passage import passage_of
from onrecord.views.trace import rulings
from onrecord.views.trail import trail
from onrecord.web.marked import mark_passage
from onrecord.web.phrases import aspects_of_entry, sentence_with
from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)

MOST_SHOWN = 20
"""Statements in a column; what is more is said, and shown when asked for."""


@router.get("/s/{identifier}")
def statement(
    request: Request,
    identifier: str,
    all: bool = False,  # noqa: A002
    least: Annotated[float | None, Query(ge=0, le=1)] = None,
) -> Response:
    """The statement page.

    Args:
        request: The request.
        identifier: The statement's id, or a unique beginning of it.
        all: Whether to show every statement beside it, however many.
        least: The lowest score of links to show; None shows the sure ones, and where there are none, others.
    """
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    with site.reading() as ledger:
        lowest = SURE if least is None else least
        other = otherwise(ledger, identifier, least=lowest)
        if least is None and other.less_sure and not (other.against or other.alike):
            lowest = LEAST
            other = otherwise(ledger, identifier, least=lowest)
        entry = other.entry
        way = trail(ledger, entry.statement.id)
        reading = ledger.entries(entry.document.id).reading(rejected=True)
        issues = sorted(ledger.issues.taken([entry.statement.id]), key=lambda issue: issue.label)
        said = rulings(ledger, entry.statement.id)
        run = ledger.run(entry.run_id)
    link = str(request.url_for("statement", identifier=entry.statement.id))
    most = None if all else MOST_SHOWN
    values = {
        "entry": entry,
        "doc": entry.document,
        "aspects": aspects_of_entry(entry),
        "passage": mark_passage(reading, passage_of(entry.document.text, entry.statement), chosen=entry.statement.id),
        "otherwise": other,
        "columns": (
            ("against", "Says otherwise", other.against, other.accounts_against),
            ("alike", "Says so too", other.alike, other.accounts_alike),
        ),
        "most": most,
        "least": lowest,
        "unsure": lowest < SURE,
        "trail": way,
        "issues": issues,
        "rulings": said,
        "run": run,
        "doubts": doubts_of(entry),
        "citations": [(form, cite(entry, form, link=link).text) for form in FORMS],
        "quotation": quotation(entry, link=link),
        "words_beside": _words_beside,
        "own_words": lambda beside: sentence_with(entry, beside.own_evidence),
    }
    return site.page(request, "statement.html", values, etag=etag)


def _words_beside(beside: Beside) -> object:
    """The content of a statement beside this one, with the deciding words marked."""
    marks: Spans = beside.evidence
    shown: Entry = beside.entry
    return sentence_with(shown, marks)

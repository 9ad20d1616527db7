"""``/review``: decide what is right, the most doubtful statement first, by keyboard, mouse or screen reader.

A decision is about what its form showed: if the record says something else by then, nothing is recorded and the page
shows what it says now. What others decided meanwhile does not stop anybody: both words are on record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Lock
from typing import Annotated, Literal, cast
from urllib.parse import quote
from weakref import WeakKeyDictionary, ref

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import StoreError, TextError, UsageError
from onrecord.record.decision import Verdict
from onrecord.record.reading import Reading
from onrecord.record.span import Span, Spans, as_spans
from onrecord.record.words import check_word
from onrecord.store import ActorEntry, Entry, Ledger
from onrecord.store.respan import SPANNED
from onrecord.store.values import spans_text
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.passage import passage_of
from onrecord.views.review import Queue, agreements, by_doubt, fingerprint, reasons, turn, waiting_for
from onrecord.views.who import actors_meant
from onrecord.web.marked import mark_passage
from onrecord.web.phrases import title_of
from onrecord.web.site import PERSON, Site, person_of, query_string, site_of

router = APIRouter(prefix="/review", include_in_schema=False)

GAP = " … "
"""What stands between the stretches of a content where a person types them."""

VERDICTS = ("accepted", "rejected", "unsure")
PATIENCE_S = 3.0
"""How long a visitor waits for a queue, in seconds, before the page says that it is being made."""

SHORT = 300
"""A passage of so many letters is shown with the paragraphs around it."""

MOST_AROUND = 700
"""Unless these have more letters than this."""

_OFFERED = 12
_KEPT = 32

Name = Annotated[str, Query(max_length=300)]
Typed = Annotated[str, Form(max_length=20_000)]


class Queues:
    """The queues that were asked for last, each made in a thread of its own; it holds until a document is read."""

    def __init__(self, site: Site) -> None:
        self._site = ref(site)
        self._lock = Lock()
        self._maker = ThreadPoolExecutor(1, "onrecord-queue")
        self._made: dict[str, Future[Queue]] = {}
        self._newest: dict[str, int] = {}

    def of(self, ledger: Ledger, *, outlet: str, issue: str) -> Queue | None:
        """The statements of an outlet, of an issue, of both, or all (empty); None while they are being ordered."""
        newest = ledger.reviewing.newest_reading()
        with self._lock:
            making = self._made.get(outlet)
            failed = making is not None and making.done() and making.exception() is not None
            if making is None or failed or self._newest[outlet] != newest:
                if len(self._made) >= _KEPT and outlet not in self._made:
                    self._made.pop(next(iter(self._made)))
                making = self._made[outlet] = self._maker.submit(self._make, outlet)
                self._newest[outlet] = newest
        try:
            queue = making.result(PATIENCE_S)
        except TimeoutError:
            return None
        if not issue:
            return queue
        return queue.among(each.bearing.statement_id for each in ledger.issues.bearings(issue))

    def _make(self, outlet: str) -> Queue:
        site = self._site()
        if site is None:
            return Queue(())
        with site.reading() as ledger:
            return by_doubt(ledger, outlet=outlet or None)


_QUEUES: WeakKeyDictionary[Site, Queues] = WeakKeyDictionary()
_QUEUES_LOCK = Lock()


def _queues(site: Site) -> Queues:
    with _QUEUES_LOCK:
        if site not in _QUEUES:
            _QUEUES[site] = Queues(site)
        return _QUEUES[site]


@router.get("")
def review(
    request: Request,
    at: Name = "",
    outlet: Name = "",
    issue: Name = "",
    second: Literal["", "1"] = "",
    did: Name = "",
    changed: Literal["", "1"] = "",
) -> Response:
    """The statement to decide.

    Args:
        request: The request.
        at: The statement's id; empty for the most doubtful one that waits.
        outlet: Review only what this outlet printed.
        issue: Review only what bears on this issue, by its id.
        second: Whether to give a second opinion on what others decided.
        did: The decision just made.
        changed: Whether the record changed before a decision could be made.
    """
    site = site_of(request)
    who = site.person(request)
    asked = {"outlet": outlet, "issue": issue, "second": second}
    if not who:
        return site.page(request, "review_name.html", {"asked": asked})
    with site.reading() as ledger:
        queue = _queues(site).of(ledger, outlet=outlet, issue=issue)
        if queue is None:
            answer = site.page(request, "review_wait.html", {"asked": asked})
            answer.headers["refresh"] = "3"
            return answer
        said = ledger.reviewing.said()
        now = turn(queue, waiting_for(who, said, second=bool(second)), at or None)
        entry = ledger.entry(now.at) if now.at else None
        reading = ledger.entries(entry.document.id).reading(rejected=True) if entry else None
        values: dict[str, object] = {
            "asked": asked,
            "turn": now,
            "entry": entry,
            "last": ledger.reviewing.last_of(who),
            "did": ledger.reviewing.decision(did),
            "changed": bool(changed),
            "mine": next((each.verdict for each in said if each.by == who and each.statement_id == now.at), None),
            "others": [each for each in said if each.by != who and each.statement_id == now.at],
            "issue_label": ledger.issues.one(issue).issue.label if issue else "",
        }
        if entry is not None and reading is not None:
            # A second opinion is formed without the first.
            values |= _shown(ledger, replace(entry, decision=None) if second else entry, reading)
    return site.page(request, "review.html", values)


def _shown(ledger: Ledger, entry: Entry, reading: Reading) -> dict[str, object]:
    """What is shown of a statement."""
    stmt = entry.statement
    alternatives = entry.attribution.alternatives if entry.attribution is not None else ()
    offered = [entry.named(each.actor_id) for each in alternatives]
    others = [actor for actor in reading.actors if actor not in offered]
    return {
        "aspects": aspects_of(entry.reading())[stmt.id],
        "passage": mark_passage(reading, _part(entry), chosen=stmt.id),
        "reasons": reasons(entry),
        "seen": fingerprint(entry),
        "offered": [actor for actor in (*offered, *others) if actor is not None and actor != entry.actor][:_OFFERED],
        "bears_on": ledger.issues.of_statement(stmt.id),
        "doc_title": title_of(entry.document),
    }


def _part(entry: Entry) -> Span:
    """What is shown of the text: a short passage with the paragraphs around it, where the speaker may stand."""
    text = entry.document.text
    passage = passage_of(text, entry.statement)
    if passage.end - passage.start > SHORT:
        return passage
    start = text.rfind("\n", 0, len(text[: passage.start].rstrip())) + 1
    after = len(text) - len(text[passage.end :].lstrip())
    end = text.find("\n", after)
    end = len(text) if end < 0 else end
    return Span(
        start if passage.start - start <= MOST_AROUND else passage.start,
        end if end - passage.end <= MOST_AROUND else passage.end,
    )


@router.post("/name")
def name(request: Request, by: Typed, next: Annotated[str, Form()] = "/review") -> Response:  # noqa: A002
    """Remembers who decides."""
    person = person_of(by)
    ours = next if next.startswith("/review") else "/review"
    return _remembered(RedirectResponse(ours, status_code=303), person)


@router.post("/decide")
def decide(
    request: Request,
    at: Typed,
    seen: Typed,
    verdict: Typed,
    by: Typed = "",
    note: Typed = "",
    outlet: Typed = "",
    issue: Typed = "",
    second: Typed = "",
) -> Response:
    """Accepts, rejects or sets aside what the form showed."""
    site, person = site_of(request), person_of(by)
    asked = {"outlet": outlet, "issue": issue, "second": second}
    with site.deciding() as ledger:
        entry = ledger.entry(at)
        if fingerprint(entry) != seen:
            return _to({**asked, "at": entry.statement.id, "changed": "1"}, person)
        check_word(verdict, VERDICTS, what="verdict of a review")
        made = ledger.decide(entry.statement.id, cast("Verdict", verdict), by=person, note=note or None)
        queue = _queues(site).of(ledger, outlet=outlet, issue=issue)
        waiting = waiting_for(person, ledger.reviewing.said(), second=bool(second))
        after = turn(queue, waiting, entry.statement.id).after if queue is not None else None
    return _to({**asked, "at": after or "", "did": made.id}, person)


@router.post("/undo")
def undo(
    request: Request,
    decision: Typed,
    by: Typed = "",
    outlet: Typed = "",
    issue: Typed = "",
    second: Typed = "",
) -> Response:
    """Takes a decision back, and shows its statement again."""
    person = person_of(by)
    with site_of(request).deciding() as ledger:
        taken = ledger.undo(decision, by=person)
    return _to({"outlet": outlet, "issue": issue, "second": second, "at": taken.subject}, person)


@router.post("/actor")
def set_actor(
    request: Request,
    at: Typed,
    seen: Typed,
    actor: Typed = "",
    name: Typed = "",
    by: Typed = "",
    outlet: Typed = "",
    issue: Typed = "",
    second: Typed = "",
) -> Response:
    """Corrects who said it: by an actor's id, by a name, or *nobody* where that is open."""
    site, person = site_of(request), person_of(by)
    asked = {"outlet": outlet, "issue": issue, "second": second}
    with site.deciding() as ledger:
        entry = ledger.entry(at)
        if fingerprint(entry) != seen:
            return _to({**asked, "at": entry.statement.id, "changed": "1"}, person)
        chosen: str | None = actor or None
        if not actor:
            found = _named(ledger, name)
            if len(found) != 1:
                values = {"asked": asked, "entry": entry, "seen": seen, "name": name, "found": found}
                return site.page(request, "review_actor.html", values, status=200 if found else 404)
            chosen = found[0].actor.id
        after = None if chosen == "nobody" else chosen
        made = ledger.decide(entry.statement.id, "corrected", by=person, field="actor", after=after)
    return _to({**asked, "at": entry.statement.id, "did": made.id}, person)


def _named(ledger: Ledger, name: str) -> list[ActorEntry]:
    if not name.strip():
        raise UsageError("OR-001", "name the actor", hint="Or choose “nobody” if that is open.")
    try:
        return list(actors_meant(ledger, name.strip()))[:50]
    except StoreError as error:
        if error.code != "OR-407":
            raise
        return []


@router.get("/edit")
def edit(request: Request, at: Name, outlet: Name = "", issue: Name = "", second: Literal["", "1"] = "") -> Response:
    """The form that says which words a statement covers."""
    site = site_of(request)
    with site.reading() as ledger:
        entry = ledger.entry(at)
    asked = {"outlet": outlet, "issue": issue, "second": second}
    return site.page(request, "review_edit.html", {**_editing(entry), "asked": asked, "wrong": ""})


def _editing(entry: Entry) -> dict[str, object]:
    text, stmt = entry.document.text, entry.statement
    passage = _part(entry)
    spans = {"content": stmt.content, "source": stmt.source, "cue": stmt.cue}
    return {
        "entry": entry,
        "seen": fingerprint(entry),
        "lines": list(_lines(text, passage)),
        "words": {role: GAP.join(span.of(text) for span in said) for role, said in spans.items()},
        "spans": {role: spans_text(said) for role, said in spans.items()},
    }


def _lines(text: str, passage: Span) -> Iterator[tuple[int, str]]:
    """The lines of a passage that hold words, each with the code point at which it begins."""
    at = passage.start
    for line in passage.of(text).split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


@router.post("/spans")
def set_spans(
    request: Request,
    at: Typed,
    seen: Typed,
    content: Typed = "",
    source: Typed = "",
    cue: Typed = "",
    content_spans: Typed = "",
    source_spans: Typed = "",
    cue_spans: Typed = "",
    by: Typed = "",
    outlet: Typed = "",
    issue: Typed = "",
    second: Typed = "",
) -> Response:
    """Corrects which words a statement covers: by stretches of the text, or where none were chosen by its words."""
    site, person = site_of(request), person_of(by)
    asked = {"outlet": outlet, "issue": issue, "second": second}
    typed = {"content": (content, content_spans), "source": (source, source_spans), "cue": (cue, cue_spans)}
    did = ""
    with site.deciding() as ledger:
        entry = ledger.entry(at)
        if fingerprint(entry) != seen:
            return _to({**asked, "at": entry.statement.id, "changed": "1"}, person)
        try:
            changes = {
                role: after
                for role, (words, chosen) in typed.items()
                if (after := _spans(entry, role, words, chosen)) != getattr(entry.statement, role)
            }
        except UsageError as error:
            values = {**_editing(entry), "asked": asked, "wrong": error.message}
            values["words"] = {role: words for role, (words, _) in typed.items()}
            return site.page(request, "review_edit.html", values, status=400)
        for role, after in changes.items():
            made = ledger.decide(entry.statement.id, "corrected", by=person, field=role, after=spans_text(after))
            did = made.id
    return _to({**asked, "at": entry.statement.id, "did": did}, person)


def _spans(entry: Entry, role: str, words: str, chosen: str) -> Spans:
    """Which stretches are meant.

    Raises:
        UsageError: OR-001, the words do not stand in the passage, or there are none where there must be.
    """
    assert role in SPANNED
    if chosen.strip():
        return _chosen(entry, role, chosen)
    text, now = entry.document.text, cast("Spans", getattr(entry.statement, role))
    words = words.replace("\r\n", "\n")
    if words == GAP.join(span.of(text) for span in now).replace("\r\n", "\n"):
        # The same words may stand elsewhere too: what was not changed stays where it is.
        return now
    passage = _part(entry)
    start, near = passage.start, now[0].start if now else passage.start
    found: list[Span] = []
    for piece in filter(None, (part.strip() for part in words.split(GAP.strip()))):
        places = [match.start() for match in re.finditer(re.escape(piece), text[start : passage.end])]
        if not places:
            raise UsageError("OR-001", f"the {role} “{piece[:80]}” does not stand in the passage, letter for letter")
        place = start + (places[0] if found else min(places, key=lambda at: abs(start + at - near)))
        found.append(Span(place, place + len(piece)))
        start = found[-1].end
    if role == "content" and not found:
        raise UsageError("OR-001", "a statement without any content is none; reject it instead")
    return tuple(found)


def _chosen(entry: Entry, role: str, chosen: str) -> Spans:
    """The stretches that a browser sent.

    Raises:
        UsageError: OR-001, they do not lie in the text, or there are none where there must be.
    """
    try:
        spans = as_spans(json.loads(chosen))
    except (ValueError, TypeError, RecursionError, TextError) as error:
        raise UsageError("OR-001", f"the stretches of the {role} cannot be read") from error
    if (role == "content" and not spans) or any(span.end > len(entry.document.text) for span in spans):
        raise UsageError("OR-001", f"the stretches of the {role} do not lie in the text")
    return spans


@router.get("/agreement")
def agreement(request: Request) -> Response:
    """How far do the reviewers agree?"""
    site = site_of(request)
    with site.reading() as ledger:
        found = agreements(ledger.reviewing.said())
        shown: dict[str, Aspects] = {}
        for each in found:
            for identifier, _, _ in each.differing[:_KEPT]:
                shown[identifier] = aspects_of(ledger.entry(identifier).reading())[identifier]
    return site.page(
        request, "review_agreement.html", {"found": found, "shown": shown, "verdicts": VERDICTS, "most": _KEPT}
    )


def _to(values: dict[str, str], person: str) -> Response:
    return _remembered(RedirectResponse("/review" + query_string(values), status_code=303), person)


def _remembered(answer: Response, person: str) -> Response:
    answer.set_cookie(PERSON, quote(person), max_age=31_536_000, samesite="strict", httponly=True)
    return answer

"""``/feed.atom`` and ``/feed.json``: new statements by actor, issue or search, for a feed reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from onrecord.export.citation import doubts_of
from onrecord.export.visible import visible
from onrecord.export.wording import plain_line, position_line, source_line
from onrecord.store import Entry, Ledger
from onrecord.views.aspects import Aspects
from onrecord.web.asking import Wanted, newest, wanted
from onrecord.web.phrases import aspects_of_entry
from onrecord.web.site import site_of, unchanged

router = APIRouter(tags=["feeds"])

ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    title: str
    home: str
    own: str
    entries: tuple[tuple[Entry, str], ...]
    """Each statement with the time at which it came on record."""

    @property
    def updated(self) -> str:
        return max((at for _, at in self.entries), default="1970-01-01T00:00:00+00:00")


@router.get("/feed.atom", response_class=Response, responses={200: {"content": {"application/atom+xml": {}}}})
def atom(request: Request, asked: Annotated[Wanted, Depends(wanted)]) -> Response:
    """The 50 statements published last that fit, as Atom (RFC 4287)."""
    etag = site_of(request).etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    body = "".join(_atom(_feed(request, asked), str(request.base_url)))
    return Response(body, media_type="application/atom+xml", headers={"etag": etag})


@router.get("/feed.json", response_class=Response, responses={200: {"content": {"application/feed+json": {}}}})
def json_feed(request: Request, asked: Annotated[Wanted, Depends(wanted)]) -> Response:
    """The 50 statements published last that fit, as JSON Feed 1.1."""
    etag = site_of(request).etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    feed, base = _feed(request, asked), str(request.base_url)
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "items": [
            {
                "id": f"{base}s/{entry.statement.id}",
                "url": f"{base}s/{entry.statement.id}",
                "external_url": entry.document.url,
                "title": _title(aspects),
                "content_text": visible(entry.content),
                "summary": _summary(entry, aspects),
                "date_published": _published(entry),
                "date_modified": at,
                "language": entry.document.language,
            }
            for entry, at in feed.entries
            for aspects in (aspects_of_entry(entry),)
        ],
    }
    text = json.dumps(_without_none(body), ensure_ascii=False)
    return Response(text, media_type="application/feed+json", headers={"etag": etag})


def _without_none(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_none(each) for key, each in value.items() if each is not None}
    return [_without_none(each) for each in value] if isinstance(value, list) else value


def _feed(request: Request, asked: Wanted) -> _Feed:
    runs: dict[str, str] = {}
    with site_of(request).reading() as ledger:
        said = _said(ledger, asked)
        entries = [hit.entry for hit in newest(ledger, asked, limit=ENTRIES)]
        for entry in entries:
            if entry.run_id not in runs:
                runs[entry.run_id] = ledger.run(entry.run_id).started
    return _Feed(
        title=f"On record: {said}" if said else "On record: new statements",
        home=str(request.base_url).rstrip("/") + asked.address("/search"),
        own=str(request.url),
        entries=tuple((entry, runs[entry.run_id]) for entry in entries),
    )


def _said(ledger: Ledger, asked: Wanted) -> str:
    """What the feed is of, in words."""
    parts = dict(asked.asked)
    if "issue" in parts:
        parts["issue"] = ledger.issues.one(parts["issue"]).issue.label
    if parts.get("actor", "").startswith("a") and len(parts["actor"]) == 17:
        parts["actor"] = ledger.actor(parts["actor"]).actor.name
    return ", ".join(value if name == "q" else f"{name} {value}" for name, value in parts.items())


def _atom(feed: _Feed, base: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<title>{_text(feed.title)}</title><id>{_text(feed.own)}</id><updated>{feed.updated}</updated>\n"
    yield f'<link rel="self" href={_attribute(feed.own)}/><link href={_attribute(feed.home)}/>\n'
    for entry, at in feed.entries:
        aspects = aspects_of_entry(entry)
        address = f"{base}s/{entry.statement.id}"
        published = _published(entry)
        yield f"<entry><title>{_text(_title(aspects))}</title><id>{_text(address)}</id><updated>{at}</updated>"
        yield f"<published>{published}</published>" if published is not None else ""
        yield f"<link href={_attribute(address)}/><author><name>{_text(_author(aspects))}</name></author>"
        yield f"<summary>{_text(_summary(entry, aspects))}</summary>"
        yield f"<content>{_text(entry.content)}</content></entry>\n"
    yield "</feed>\n"


def _title(aspects: Aspects) -> str:
    said = plain_line(position_line(aspects))
    return f"{_author(aspects)}{f': {said}' if said else ''}"


def _author(aspects: Aspects) -> str:
    return aspects.actor.name if aspects.actor is not None else plain_line(source_line(aspects))


def _summary(entry: Entry, aspects: Aspects) -> str:
    """Where it was printed, and why it is unsure, if it is."""
    doubts = doubts_of(entry)
    where = f"{entry.document.outlet or 'outlet not given'}: {entry.document.title or ''}".rstrip(": ")
    return f"{where} [attribution unsure: {'; '.join(doubts)}]" if doubts else where


def _published(entry: Entry) -> str | None:
    """RFC 3339; the first moment of what is known."""
    if entry.document.published is None:
        return None
    value = entry.document.published.value.replace(" ", "T").replace(",", ".")
    if len(value) <= 10:
        return value + "-01-01"[len(value) - 4 :] + "T00:00:00Z" if len(value) < 10 else value + "T00:00:00Z"
    time, zone = value[:16], value[16:]
    seconds = zone[:3] if zone.startswith(":") else ":00"
    rest = zone[3:] if zone.startswith(":") else zone
    offset = rest.lstrip(".0123456789") or "Z"
    if offset != "Z" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:] or '00'}"
    return f"{time}{seconds}{offset}"


def _text(text: str) -> str:
    return escape(visible(text))


def _attribute(text: str) -> str:
    return quoteattr(visible(text))

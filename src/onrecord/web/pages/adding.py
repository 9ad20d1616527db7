"""``/read``: bring a text, files or an address; ``/read/JOB``: how far it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from math import ceil
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.ingest import Item, fetch, read_bytes
from onrecord.ingest.sniff import kind_of_name
from onrecord.record.document import Published
from onrecord.web.limits import Limit
from onrecord.web.reader import Job
from onrecord.web.site import site_of

router = APIRouter(include_in_schema=False)

KINDS = ".txt .text .md .html .htm .xhtml .jsonl .ndjson .rss .atom .rdf .xml"
"""The endings of files that can be given."""

MOST_FILES = 100


@router.get("/read")
def ask(request: Request) -> Response:
    """The form."""
    return site_of(request).page(request, "read.html", {"kinds": KINDS})


@router.post("/read")
async def take(
    request: Request,
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    outlet: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006
) -> Response:
    """Starts a job with what was brought, and leads to its page."""
    site = site_of(request)
    limit: Limit = request.app.state.read_limit
    wait_s = limit.wait_s(request.client.host if request.client else "")
    if wait_s:
        raise HTTPException(429, "Too much at once; wait a little.", {"retry-after": str(ceil(wait_s))})
    given = [each for each in files if each.filename]
    if sum((bool(text.strip()), bool(url.strip()), bool(given))) != 1:
        raise UsageError("OR-001", "give one of: a text, an address, or files", hint="Go back and fill in one of them.")
    if text.strip():
        items = _pasted(text, title=title, outlet=outlet, published=published)
        job = site.reader.take("the text that you pasted", items)
    elif url.strip():
        job = site.reader.take(url.strip(), fetch(url.strip(), public=True))
    else:
        job = site.reader.take(_named(given), _files([(_checked(each), await each.read()) for each in given]))
    return RedirectResponse(f"/read/{job.id}", status_code=303)


@router.get("/read/{job_id}")
def progress(request: Request, job_id: str) -> Response:
    """How far a job is; where it is done and read one document, that document."""
    site = site_of(request)
    job = site.reader.job(job_id)
    if job is None:
        raise HTTPException(404, "This job is not known: the server was started again, or it is long over.")
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse(_state(job))
    if job.state == "done" and len(job.documents) == 1 and not job.failures and not job.unlinked:
        return RedirectResponse(f"/d/{job.documents[0]}", status_code=303)
    return site.page(request, "job.html", {"job": job, "words": WORDS[job.state]})


WORDS = {
    "waiting": "waiting for its turn",
    "loading": "loading the models",
    "reading": "reading",
    "linking": "comparing with everything on record",
    "done": "done",
    "failed": "failed",
}
"""What a state is called on the page."""


def _state(job: Job) -> dict[str, object]:
    return {
        "state": job.state,
        "words": WORDS[job.state],
        "over": job.over,
        "read": job.counts.read,
        "kept": job.counts.kept,
        "statements": job.counts.statements,
    }


def _pasted(text: str, *, title: str, outlet: str, published: str) -> Iterable[Item]:
    """The document that was pasted. A browser sends line ends as CR LF, whatever was typed."""
    said = {"text": text.replace("\r\n", "\n"), "title": title.strip(), "outlet": outlet.strip()}
    if published.strip():
        said["published"] = Published.from_iso(published.strip()).value
    line = json.dumps({name: value for name, value in said.items() if value})
    return read_bytes(line.encode(), kind="jsonl")


def _checked(file: UploadFile) -> str:
    """The name of a file of a kind that can be read.

    Raises:
        HTTPException: 415, it cannot.
    """
    name = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    if kind_of_name(name) is None or name.lower().endswith(".gz"):
        raise HTTPException(415, f"{name} is not one of {KINDS}")
    return name


def _files(given: list[tuple[str, bytes]]) -> Iterator[Item]:
    for name, data in given[:MOST_FILES]:
        yield from read_bytes(data, kind=kind_of_name(name), path=name)


def _named(given: list[UploadFile]) -> str:
    if len(given) > MOST_FILES:
        raise HTTPException(413, f"{MOST_FILES} files at once are the most.")
    return _checked(given[0]) if len(given) == 1 else f"{len(given)} files"

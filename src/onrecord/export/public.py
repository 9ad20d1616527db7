"""JSON objects for one statement, one document or one actor, in the public form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.record.codec import reading_to_json
from onrecord.record.document import Document
from onrecord.record.reading import Reading

if TYPE_CHECKING:
    from onrecord.store import ActorEntry, Entry


def document_to_json(doc: Document) -> dict[str, object]:
    """The public form of a document without its text and statements."""
    whole = reading_to_json(Reading(document=doc, statements=()))
    return {key: value for key, value in whole.items() if key not in ("text", "statements", "issues")}


def statement_to_json(entry: Entry) -> dict[str, object]:
    """The public form of a statement, each span with the text that it reads back as."""
    statements = reading_to_json(entry.reading(), texts=True)["statements"]
    assert isinstance(statements, list)
    first: dict[str, object] = statements[0]
    return first


def actor_to_json(entry: ActorEntry) -> dict[str, object]:
    """The form of an actor of a ledger: who it is, how much it said, and the ids of those that are one with it."""
    actor = entry.actor
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "names": list(actor.names),
        "statements": entry.n_statements,
        "external_ids": [{"scheme": each.scheme, "value": each.value} for each in actor.external_ids],
        "roles": [{"title": role.title, "start": role.start, "end": role.end} for role in actor.roles],
        "joined": list(entry.joined),
    }

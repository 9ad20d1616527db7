"""What was linked of an archive so far: the folder, its configuration, and a done-marker for each block."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord.archive.job import differing
from onrecord.archive.parts import part_path, unwritable, write_whole
from onrecord.archive.schema import LINK_TABLES
from onrecord.errors import ArchiveError

FOLDER = "linking"
"""What `onrecord link` makes in the output folder; without it nothing was linked."""
DONE = "done"
RUN = "run.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockResult:
    """A block that is linked.

    Attributes:
        number: The block.
        documents: Documents in it, that had not been in an earlier block.
        context: Documents before it that were compared with them.
        statements: Statements of the block.
        words: Words of the block.
        links: Links to a statement of the block from one before it, or in it, by kind.
        reprints: Documents of the block that print an earlier one again.
    """

    number: int
    documents: int
    context: int
    statements: int
    words: int
    links: Mapping[str, int]
    reprints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedParts:
    """What became of an archive that was linked.

    Attributes:
        blocks: How many blocks there are.
        resumed: How many of them were linked before.
        documents: Documents of all blocks: each document of the archive once.
        statements: Their statements.
        links: Links by kind.
        reprints: Documents that print an earlier one again.
    """

    blocks: int
    resumed: int
    documents: int
    statements: int
    links: Mapping[str, int]
    reprints: int


def summed(results: Iterable[BlockResult], *, resumed: int) -> LinkedParts:
    """The blocks together."""
    found = list(results)
    links: Counter[str] = Counter()
    for each in found:
        links.update(each.links)
    return LinkedParts(
        blocks=len(found),
        resumed=resumed,
        documents=sum(each.documents for each in found),
        statements=sum(each.statements for each in found),
        links=dict(sorted(links.items())),
        reprints=sum(each.reprints for each in found),
    )


def done_blocks(out: Path) -> dict[int, BlockResult]:
    """The blocks that are linked, by number, in their order. A marker that is not whole counts as not there."""
    found: dict[int, BlockResult] = {}
    for path in sorted((out / FOLDER / DONE).glob("[0-9]*.json")):
        try:
            result = BlockResult(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            continue
        if all(part_path(out / FOLDER, table, result.number).is_file() for table in LINK_TABLES):
            found[result.number] = result
    return found


def mark_done(out: Path, result: BlockResult) -> None:
    """Write the done-marker of a block.

    Raises:
        OSError: It cannot be written.
    """
    path = out / FOLDER / DONE / f"{result.number:06d}.json"
    write_whole(path, (json.dumps(asdict(result), indent=1) + "\n").encode("ascii"))


def agree(out: Path, configuration: Mapping[str, object]) -> None:
    """Write the configuration, or make sure that it is the one that is there.

    Raises:
        ArchiveError: OR-501, it is another one; the message says what differs.
        InputError: OR-110, it cannot be written.
    """
    path = out / FOLDER / RUN
    if not path.exists():
        write_account(out, configuration, counts=None)
        return
    hint = f"Repeat the command as it was, or remove {out / FOLDER} to link anew."
    try:
        before = json.loads(path.read_text("utf-8"))["configuration"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError("OR-501", f"{path} cannot be read: {error}", hint=hint) from error
    if differences := [*differing(before, configuration)]:
        raise ArchiveError(
            "OR-501", f"{out} was linked with another configuration: {'; '.join(differences)}", hint=hint
        )


def write_account(out: Path, configuration: Mapping[str, object], *, counts: Mapping[str, object] | None) -> None:
    """Write what is linked how, and at the end the counts.

    Raises:
        InputError: OR-110, it cannot be written.
    """
    path = out / FOLDER / RUN
    table = {"configuration": configuration, "finished": counts is not None, "counts": counts}
    try:
        write_whole(path, (json.dumps(table, indent=1) + "\n").encode("utf-8"))
    except OSError as error:
        raise unwritable(path, error) from error

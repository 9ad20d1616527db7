"""What is to be done, and where: the configuration of a run, its folder, its done-markers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import cast

from onrecord.archive.parts import unwritable, write_whole
from onrecord.archive.schema import FORMAT, TABLES
from onrecord.errors import ArchiveError
from onrecord.record.ids import content_id
from onrecord.record.run import Counts, Method

RUN = "run.json"
QUARANTINE = "quarantine.jsonl"
SHARDS = "shards"
LOCK = ".lock"
ANY_LANGUAGE = "all"
LOADER = "onrecord.run.stages:Stages.load"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be done.

    Attributes:
        inputs: Files and folders, as the user named them.
        out: The output folder.
        shard_bytes: About so much of the input makes a shard.
        languages: Documents surely in another language are skipped; ``("all",)`` reads every language.
        encoding: Of texts and lines; None: found out.
        limit_bytes: A larger record is a failure.
        text_column: The column of Parquet files that holds the text.
        model: Folder of the tagger; None for the one in the package.
        actors: The user's own table of actors.
        threads: Threads of each worker.
        time_limit_s: Seconds that one document may take.
        memory_limit_mb: Resident memory that a worker may take, in MB.
        loader: What loads the stages, as ``module:name``; called like ``Stages.load``.
    """

    inputs: tuple[str, ...]
    out: Path
    shard_bytes: int = 16 << 20
    languages: tuple[str, ...] = ("en",)
    encoding: str | None = None
    limit_bytes: int = 16 << 20
    text_column: str = "text"
    model: Path | None = None
    actors: Path | None = None
    threads: int = 1
    time_limit_s: float = 300.0
    memory_limit_mb: int = 4096
    loader: str = LOADER

    def configuration(self, method: Method) -> dict[str, object]:
        """Everything that decides which bytes come out, apart from the limits that take a document out."""
        from importlib.metadata import version

        from onrecord.archive.language import detector_name

        return {
            "format": FORMAT,
            "inputs": list(self.inputs),
            "shard_bytes": self.shard_bytes,
            "languages": list(self.languages),
            "encoding": self.encoding,
            "limit_bytes": self.limit_bytes,
            "text_column": self.text_column,
            "method": {
                "version": method.version,
                "models": dict(sorted(method.models.items())),
                "settings": dict(sorted(method.settings.items())),
            },
            "libraries": {
                "languages": None if ANY_LANGUAGE in self.languages else detector_name(),
                "html": f"trafilatura {version('trafilatura')}",
                "parquet": f"pyarrow {version('pyarrow')}",
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardResult:
    """A shard that is finished.

    Attributes:
        number: The shard.
        identity: What tells whether its input is still the same.
        counts: What became of its documents.
        parts: sha256 of each part, by table.
        languages: Documents by detected language, those that were skipped included.
        bytes_in: Bytes of text of the kept documents.
    """

    number: int
    identity: Mapping[str, object]
    counts: Counts
    parts: Mapping[str, str]
    languages: Mapping[str, int] = field(default_factory=dict)
    bytes_in: int = 0

    def to_json(self) -> str:
        """The text of the done-marker."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ShardResult:
        """The way back.

        Raises:
            ValueError: It is no done-marker.
        """
        table = json.loads(text)
        try:
            return cls(**{**table, "counts": Counts(**table["counts"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"no done-marker: {error}") from error


def marker_path(out: Path, number: int) -> Path:
    """Where the done-marker of a shard lies."""
    return out / SHARDS / f"{number:06d}.json"


def failures_path(out: Path, number: int) -> Path:
    """Where the failures of a shard lie until the run is over and they go to ``quarantine.jsonl``."""
    return out / SHARDS / f"{number:06d}.quarantine.jsonl"


def done_shards(out: Path) -> Iterator[ShardResult]:
    """The finished shards, in their order. A marker that is not whole counts as not there."""
    for path in sorted((out / SHARDS).glob("[0-9]*.json")):
        try:
            yield ShardResult.from_json(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue


@contextmanager
def opened(job: Job) -> Iterator[None]:
    """The output folder, ours alone while this lasts, with its folders made and leftovers swept out.

    Raises:
        ArchiveError: OR-502 it holds something else, OR-503 another process works on it.
        InputError: OR-110, it cannot be written.
    """
    out = job.out
    try:
        if not (out / RUN).is_file() and not _fresh(out):
            what = "the folder is not empty, and holds no run" if out.is_dir() else "this is no folder"
            raise ArchiveError("OR-502", f"{out}: {what}")
        with locked(out, (SHARDS, *TABLES)):
            yield
    except OSError as error:
        raise unwritable(out, error) from error


@contextmanager
def locked(out: Path, folders: Sequence[str]) -> Iterator[None]:
    """These folders in `out`, made and swept, while no other process works on `out`.

    Raises:
        ArchiveError: OR-503, another process works on it.
        OSError: It cannot be written.
    """
    for folder in folders:
        (out / folder).mkdir(parents=True, exist_ok=True)
    with (out / LOCK).open("w") as lock:
        _lock(lock.fileno(), out)
        _sweep(out, folders)
        try:
            yield
        finally:
            # Workers that were killed leave theirs behind.
            _sweep(out, folders)


def _sweep(out: Path, folders: Sequence[str]) -> None:
    """Take away what was being written when somebody was killed."""
    for place in (out, *(out / folder for folder in folders)):
        for draft in place.glob(".*.draft"):
            draft.unlink(missing_ok=True)


def _fresh(out: Path) -> bool:
    """Is there nothing in the folder but what a run that ended at once may have left?"""
    if not out.exists():
        return True
    ours = {LOCK, SHARDS, *TABLES}
    return out.is_dir() and all(
        entry.name in ours and (entry.is_file() or not any(entry.glob("[!.]*"))) for entry in out.iterdir()
    )


def _lock(descriptor: int, out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without it has nothing to lock with; markers stay whole all the same
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ArchiveError("OR-503", f"another process works on {out}") from None


def agree(job: Job, configuration: Mapping[str, object]) -> None:
    """Write the configuration, or make sure that it is the one that is there.

    Raises:
        ArchiveError: OR-501, it is another one; the message says what differs.
        InputError: OR-110, it cannot be written.
    """
    path = job.out / RUN
    if not path.exists():
        write_run(job.out, configuration, counts=None)
        return
    before = cast("Mapping[str, object]", read_run(job.out)["configuration"])
    if differences := [*differing(before, configuration)]:
        raise ArchiveError("OR-501", f"{job.out} was begun with another configuration: {'; '.join(differences)}")


def differing(before: Mapping[str, object], now: Mapping[str, object], at: str = "") -> Iterator[str]:
    """In what do two configurations differ?"""
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key), now.get(key)
        name = f"{at}{key}"
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from differing(old, new, f"{name}.")
        elif old != new:
            yield f"{name} was {_shown(old)}, is {_shown(new)}"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"


def read_run(out: Path) -> dict[str, object]:
    """What ``run.json`` says.

    Raises:
        ArchiveError: OR-509, there is none, or it is damaged.
    """
    try:
        table = json.loads((out / RUN).read_text("utf-8"))
    except FileNotFoundError:
        raise ArchiveError("OR-509", f"{out} holds no run") from None
    except (OSError, ValueError) as error:
        raise ArchiveError("OR-509", f"{out / RUN} cannot be read: {error}") from error
    if not isinstance(table, dict) or not isinstance(table.get("configuration"), dict):
        raise ArchiveError("OR-509", f"{out / RUN} is not the account of a run")
    return table


def write_run(out: Path, configuration: Mapping[str, object], *, counts: Mapping[str, object] | None) -> None:
    """Write ``run.json``: the configuration, its hash, and at the end the counts. No times: those are in the report.

    Raises:
        InputError: OR-110, it cannot be written.
    """
    canonical = json.dumps(configuration, sort_keys=True)
    table = {
        "onrecord": cast("Mapping[str, object]", configuration["method"])["version"],
        "configuration_id": content_id("c", canonical),
        "configuration": configuration,
        "finished": counts is not None,
        "counts": counts,
    }
    try:
        write_whole(out / RUN, (json.dumps(table, indent=1) + "\n").encode("utf-8"))
    except OSError as error:
        raise unwritable(out / RUN, error) from error


def method_of(configuration: Mapping[str, object]) -> Method:
    """The method of a run, from its configuration."""
    method = cast("Mapping[str, Mapping[str, str]]", configuration["method"])
    return Method(version=str(method["version"]), models=method["models"], settings=method["settings"])


def cores() -> int:
    """How many processors may this process use?"""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

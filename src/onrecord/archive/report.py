"""The account of a run: what came in, what became of it, how long it took; for people, programs and monitors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.archive.job import ShardResult, failures_path
from onrecord.archive.parts import part_path, unwritable, write_whole
from onrecord.archive.schema import TABLES
from onrecord.record.flat import counts_to_json
from onrecord.record.run import Counts

EXAMPLES = 5


def summed(results: Iterable[ShardResult]) -> Counts:
    """The counts of these shards together."""
    kept = statements = words = 0
    skipped: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for result in results:
        kept, words = kept + result.counts.kept, words + result.counts.words
        statements += result.counts.statements
        skipped.update(result.counts.skipped)
        failed.update(result.counts.failed)
    return Counts(
        kept=kept,
        skipped=dict(sorted(skipped.items())),
        failed=dict(sorted(failed.items())),
        statements=statements,
        words=words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of an archive.

    Attributes:
        counts: Of all shards that are finished, those of earlier runs included.
        shards: How many there are.
        resumed: How many of them earlier runs had finished.
        given_up: Why others could not be finished, one message each.
        repeated: Documents that came in an earlier shard too; the views show each once.
        languages: Documents by detected language.
        seconds: What this run took.
        new: Counts of the shards that this run finished.
        bytes_text: Bytes of text of the kept documents.
        bytes_out: Bytes of the parts, by table.
        deaths: How often workers died or were ended in this run.
        examples: Some failures of each code: code -> messages.
    """

    counts: Counts
    shards: int
    resumed: int
    given_up: tuple[str, ...]
    repeated: int
    languages: Mapping[str, int]
    seconds: float
    new: Counts
    bytes_text: int
    bytes_out: Mapping[str, int]
    deaths: int
    workers: int
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def documents_per_s(self) -> float:
        """Documents that this run read, of every fate, per second."""
        return self.new.read / self.seconds if self.seconds else 0.0

    @property
    def words_per_s(self) -> float:
        """Words that this run read, per second."""
        return self.new.words / self.seconds if self.seconds else 0.0

    def to_json(self) -> dict[str, object]:
        """The public JSON form."""
        return {
            "counts": counts_to_json(self.counts),
            "shards": {"all": self.shards, "resumed": self.resumed, "given_up": list(self.given_up)},
            "repeated": self.repeated,
            "languages": dict(self.languages),
            "this_run": {
                "counts": counts_to_json(self.new),
                "seconds": round(self.seconds, 3),
                "documents_per_s": round(self.documents_per_s, 2),
                "words_per_s": round(self.words_per_s, 1),
                "workers": self.workers,
                "worker_deaths": self.deaths,
            },
            "bytes_text": self.bytes_text,
            "bytes_out": dict(self.bytes_out),
            "failures": {code: list(messages) for code, messages in self.examples.items()},
        }

    def to_markdown(self) -> str:
        """The same for people."""
        counts = self.counts
        out = sum(self.bytes_out.values())
        lines = [
            "# Report of `onrecord process`",
            "",
            f"{counts.read:,} read = {counts.kept:,} kept + {sum(counts.skipped.values()):,} skipped"
            f" + {sum(counts.failed.values()):,} failed; {counts.statements:,} statements in {counts.words:,} words.",
            "",
            "| | |",
            "|---|--:|",
            f"| shards | {self.shards:,} |",
            f"| … finished by earlier runs | {self.resumed:,} |",
            f"| … given up | {len(self.given_up):,} |",
            f"| documents that came in several shards | {self.repeated:,} |",
            f"| seconds of this run | {self.seconds:,.1f} |",
            f"| documents per second | {self.documents_per_s:,.1f} |",
            f"| words per second | {self.words_per_s:,.0f} |",
            f"| workers | {self.workers:,} |",
            f"| times a worker was replaced | {self.deaths:,} |",
            f"| bytes of text | {self.bytes_text:,} |",
            f"| bytes of Parquet | {out:,} |",
            "",
        ]
        lines += _table("skipped", counts.skipped)
        lines += _table("failed", counts.failed)
        for code, messages in self.examples.items():
            lines += [f"- {code}: {message}" for message in messages]
        lines += ["", *_table("detected language", self.languages)]
        lines += [f"- given up: {message}" for message in self.given_up]
        return "\n".join(lines).rstrip() + "\n"

    def to_prometheus(self) -> str:
        """The same in the text format of Prometheus."""
        lines: list[str] = []
        counts = self.counts
        fates = {"kept": counts.kept}
        _metric(lines, "documents", "counter", "Documents by fate.", {f'fate="{k}"': v for k, v in fates.items()})
        lines += [f'onrecord_documents{{fate="skipped",reason="{_quoted(r)}"}} {n}' for r, n in counts.skipped.items()]
        lines += [f'onrecord_documents{{fate="failed",code="{_quoted(c)}"}} {n}' for c, n in counts.failed.items()]
        _metric(lines, "statements", "counter", "Statements found.", {"": counts.statements})
        _metric(lines, "words", "counter", "Words of the kept documents.", {"": counts.words})
        _metric(lines, "shards", "gauge", "Shards of the input.", {"": self.shards})
        _metric(lines, "worker_deaths", "counter", "Times a worker was replaced.", {"": self.deaths})
        _metric(lines, "seconds", "gauge", "Seconds since this run began.", {"": round(self.seconds, 3)})
        _metric(lines, "words_per_second", "gauge", "Speed of this run.", {"": round(self.words_per_s, 1)})
        return "\n".join(lines) + "\n"


def _metric(lines: list[str], name: str, kind: str, text: str, values: Mapping[str, float]) -> None:
    lines += [f"# HELP onrecord_{name} {text}", f"# TYPE onrecord_{name} {kind}"]
    lines += [f"onrecord_{name}{{{labels}}} {value}" if labels else f"onrecord_{name} {value}"
              for labels, value in values.items()]  # fmt: skip


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _table(head: str, values: Mapping[str, int]) -> list[str]:
    if not values:
        return []
    rows = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return [f"| {head} | |", "|---|--:|", *(f"| {name} | {number:,} |" for name, number in rows), ""]


def examples_of(out: Path, shards: Iterable[int]) -> dict[str, tuple[str, ...]]:
    """Some failures of each code, from the shards' own accounts."""
    found: dict[str, list[str]] = {}
    for number in shards:
        try:
            lines = failures_path(out, number).read_text("ascii").splitlines()
        except OSError:
            continue
        for line in lines:
            failure = json.loads(line)
            if len(messages := found.setdefault(failure["code"], [])) < EXAMPLES:
                messages.append(failure["message"])
    return {code: tuple(messages) for code, messages in sorted(found.items())}


def sizes_of(out: Path, shards: Iterable[int]) -> dict[str, int]:
    """Bytes of the parts, by table."""
    sizes: dict[str, int] = {table: 0 for table in TABLES}  # noqa: C420 - fromkeys would keep the narrower type
    for number in shards:
        for table in TABLES:
            sizes[table] += part_path(out, table, number).stat().st_size
    return sizes


def write_report(out: Path, report: Report) -> None:
    """Write ``report.json`` and ``report.md``.

    Raises:
        InputError: OR-110, they cannot be written.
    """
    text = json.dumps(report.to_json(), indent=1, ensure_ascii=False) + "\n"
    try:
        write_whole(out / "report.json", text.encode("utf-8", "replace"))
        write_whole(out / "report.md", report.to_markdown().encode("utf-8", "replace"))
    except OSError as error:
        raise unwritable(out, error) from error

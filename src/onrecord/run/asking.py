"""From a ledger to its issues, and back into it: those that people wrote, and those that are found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from onrecord import __version__
from onrecord.errors import UsageError
from onrecord.issues import Corpus, ask, find, parse
from onrecord.record.issue import Issue, issue_id
from onrecord.record.run import Counts, Method
from onrecord.store import IssueEntry, Ledger

_TABLES = ("onrecord.issues", "onrecord.connect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of a ledger in which issues were looked for.

    Attributes:
        documents: Documents in the ledger.
        statements: Statements of its current record.
        placed: Those of them that bear on an issue that was found.
        new: Issues found that were not there.
        again: Issues found before, and found again.
        gone: Issues found before of which nothing is left.
        asked: Issues that people wrote, of which every statement was asked again.
    """

    documents: int
    statements: int
    placed: int
    new: int
    again: int
    gone: int
    asked: int


def issue_method() -> Method:
    """What decides which issues are found and what bears on them: version and tables."""
    models = {}
    for package in _TABLES:
        for each in sorted(files(package).joinpath("data").iterdir(), key=lambda each: each.name):
            models[f"{package.rpartition('.')[2]}/{each.name}"] = hashlib.sha256(each.read_bytes()).hexdigest()
    return Method(version=__version__, models=models, settings={"stage": "issues"})


def ask_ledger(ledger: Ledger, question: str, *, by: str, cpu: tuple[str, ...] = ()) -> IssueEntry:
    """Records a question as an issue, and which statements of the ledger bear on it.

    An issue whose label or question this is already is asked again and keeps its id.

    Args:
        ledger: The ledger.
        question: The question, in any words.
        by: Who wrote it.
        cpu: Features of the processor, for the run.

    Raises:
        UsageError: OR-001, there is no word in it.
    """
    text = " ".join(question.split())
    parsed = parse(text)
    if not parsed.matter and not parsed.names:
        raise UsageError(
            "OR-001", f"{question!r} holds no word to look for", hint="Name the matter, or those whose it is."
        )
    corpus = Corpus.of(ledger.readings())
    run = ledger.start_run(issue_method(), cpu=cpu)
    issue = _same(ledger, text) or Issue(id=issue_id(text), label=text, question=text, made_by=by)
    ledger.issues.record(run.id, issue, ask(parsed, issue.id, corpus))
    ledger.finish_run(run.id, Counts(kept=len(corpus.scenes), statements=corpus.n_statements))
    return ledger.issues.one(issue.id)


def _same(ledger: Ledger, text: str) -> Issue | None:
    """The issue as it was first written, if somebody wrote it before."""
    return next((issue for issue in ledger.issues.written() if text in (issue.label, issue.question)), None)


def find_issues(ledger: Ledger, *, cpu: tuple[str, ...] = ()) -> Found:
    """Finds the issues of a ledger anew and records them, and asks those that people wrote again.

    An issue that was found before keeps its id and label, and with them what people decided about it.

    Args:
        ledger: The ledger.
        cpu: Features of the processor, for the run.
    """
    corpus = Corpus.of(ledger.readings())
    run = ledger.start_run(issue_method(), cpu=cpu)
    known = ledger.issues.found()
    written = ledger.issues.written()
    taken = [name for issue in written for name in (issue.label, issue.question) if name]
    clusters = find(corpus, made_by=run.id, known={issue: ids for issue, ids in known.items() if ids}, taken=taken)
    here = {cluster.issue.id for cluster in clusters}
    for cluster in clusters:
        ledger.issues.record(run.id, cluster.issue, cluster.bearings)
    for issue in known:
        if issue.id not in here:
            ledger.issues.record(run.id, issue, ())
    for issue in written:
        ledger.issues.record(run.id, issue, ask(parse(issue.question or issue.label), issue.id, corpus))
    ledger.finish_run(run.id, Counts(kept=len(corpus.scenes), statements=corpus.n_statements))
    before = {issue.id for issue, ids in known.items() if ids}
    return Found(
        documents=len(corpus.scenes),
        statements=corpus.n_statements,
        placed=sum(len(cluster.bearings) for cluster in clusters),
        new=len(here - before),
        again=len(before & here),
        gone=len(before - here),
        asked=len(written),
    )

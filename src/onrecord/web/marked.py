"""An article as HTML with its statements marked in it, paragraph by paragraph, and a note on each statement.

The marks are laid over the text by `onrecord.export.marks`, as for the page that `onrecord read` writes; here each
carries the labels of its statements, by which the browser lights up passage and note together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from onrecord.export.marks import Close, Entry, Mark, Open, Stretch, clip, cut, list_entries, paragraphs, walk
from onrecord.export.visible import visible
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.views.aspects import Aspects, aspects_of

UNSURE = 0.5
"""Below this score a statement is drawn as unsure."""

_TAGS = {"content": "mark", "source": "b", "cue": "i"}
_WORDS = {"content": "c", "source": "who", "cue": "how"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the margin says of one statement.

    Attributes:
        label: Its label: ``3``, or ``3a`` for the first one within it.
        depth: How many statements enclose it.
        aspects: The statement with all that is said of it.
        unsure: Whether its score is low.
        faded: Whether somebody else is asked for.
    """

    label: str
    depth: int
    aspects: Aspects
    unsure: bool
    faded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of the article.

    Attributes:
        html: Its text with the marks.
        tight: Whether no empty line stands before it.
        notes: The notes on the statements that begin in it.
    """

    html: Markup
    tight: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An article with its statements marked.

    Attributes:
        paragraphs: The text.
        rest: Notes on statements that begin after the last paragraph.
        labels: The label of each statement, by its id.
    """

    paragraphs: tuple[Paragraph, ...]
    rest: tuple[Note, ...]
    labels: Mapping[str, str]


def mark_article(reading: Reading, *, lit: Collection[str] | None = None) -> Marked:
    """The article of a reading with its statements marked.

    Args:
        reading: The document and its statements.
        lit: The ids of the statements to show; the others are faded. None shows all.
    """
    return _Marker(reading, lit).article()


def mark_passage(reading: Reading, passage: Span, *, chosen: str) -> tuple[Markup, ...]:
    """The paragraphs of a part of the text, with one statement lit and the others faded.

    Args:
        reading: The document and its statements.
        passage: The part; code points, half-open.
        chosen: The id of the statement.
    """
    marker = _Marker(reading, (chosen,), anchors=False)
    text = reading.document.text
    return tuple(
        marker.html(clip(stretches, passage))
        for span, stretches in paragraphs(text, cut(len(text), marker.entries))
        if span.start < passage.end and passage.start < span.end
    )


class _Marker:
    def __init__(self, reading: Reading, lit: Collection[str] | None, *, anchors: bool = True) -> None:
        self.entries = list_entries(reading.statements)
        self._text = reading.document.text
        self._aspects = aspects_of(reading)
        self._lit = lit
        self._anchors = anchors
        self._begun: set[Mark] = set()
        self._anchored: set[str] = set()
        self._waiting = sorted(self.entries, key=lambda entry: entry.statement.content[0].start)[::-1]

    def article(self) -> Marked:
        found, end = [], 0
        for span, stretches in paragraphs(self._text, cut(len(self._text), self.entries)):
            tight = self._text.count("\n", end, span.start) < 2 and end > 0
            end = span.end
            found.append(Paragraph(html=self.html(stretches), tight=tight, notes=tuple(self._notes(span.end))))
        return Marked(
            paragraphs=tuple(found),
            rest=tuple(self._notes(len(self._text))),
            labels={entry.statement.id: entry.label for entry in self.entries},
        )

    def html(self, stretches: Iterator[Stretch] | list[Stretch]) -> Markup:
        return Markup("".join(map(self._piece, walk(stretches))))

    def _notes(self, end: int) -> Iterator[Note]:
        while self._waiting and self._waiting[-1].statement.content[0].start < end:
            entry = self._waiting.pop()
            yield Note(
                label=entry.label,
                depth=min(entry.depth, 3),
                aspects=self._aspects[entry.statement.id],
                unsure=entry.statement.score < UNSURE,
                faded=self._is_faded((entry,)),
            )

    def _is_faded(self, entries: tuple[Entry, ...]) -> bool:
        return self._lit is not None and not any(entry.statement.id in self._lit for entry in entries)

    def _piece(self, piece: Open | Close | Span) -> str:
        if isinstance(piece, Span):
            return escape(visible(piece.of(self._text)))
        tag = _TAGS[piece.mark.role]
        return f"</{tag}>" if isinstance(piece, Close) else self._open(piece.mark, tag)

    def _open(self, mark: Mark, tag: str) -> str:
        """The tag that opens a mark; a content begins with a link from each of its statements to the note."""
        words = [_WORDS[mark.role]]
        if mark.role == "content":
            words.append(mark.entries[0].statement.kind)
            if all(entry.statement.score < UNSURE for entry in mark.entries):
                words.append("unsure")
            words += ["inner"] * (mark.entries[0].depth > 0)
        words += ["faded"] * self._is_faded(mark.entries)
        # Labels are digits and letters of ours; only words of the codebook stand in the class.
        labels = " ".join(entry.label for entry in mark.entries)
        opening = f'<{tag} class="{" ".join(words)}" data-s="{labels}">'
        if mark.role != "content" or mark in self._begun or not self._anchors:
            return opening
        self._begun.add(mark)
        return opening + "".join(self._anchor(entry.label) for entry in mark.entries)

    def _anchor(self, label: str) -> str:
        place = "" if label in self._anchored else f' id="p{label}"'
        self._anchored.add(label)
        return f'<a class="n"{place} href="#n{label}" aria-label="statement {label}">{label}</a>'

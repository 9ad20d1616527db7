"""Which paragraphs are turns of a conversation: an interview or a transcript, whose answers have no cue?

By form alone. A transcript names its speakers before a colon, again and again. An interview sets questions and answers
in turn: questions end in a question mark and say *you*, answers speak in the first person. Questions that are set
off by emphasis are the outlet's own voice and no turn. A signed quotation is a line in marks, then a dash and a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.record.span import Span, Spans

_LINE = re.compile(r"[^\s][^\n\r\u2028\u2029]*")
_LABEL = re.compile(
    r"(?:[\"“„«*_]|[-–—]\s)*(?P<who>[^\W\d_a-z][\w.’'-]*(?:\s(?:[^\W\d_a-z][\w.’'-]*|of|the|de|van|von|al|[(][^()]{1,30}[)])){0,5})"
    r"[*_]*(?P<colon>:)[*_]*(?=\s|$)[^\S\n\r]*"
)
_NAME = r"[^\W\d_a-z][\w.’'-]*(?:[^\S\n](?:[^\W\d_a-z][\w.’'-]*|of|the|de|van|von|al|bin)){0,6}"
_SIGNED = re.compile(
    r"^[^\S\n]*(?P<words>[“„«\"”](?=\S)[^\n]+[”“»\"])[^\S\n]*\n{0,2}[^\S\n]*(?P<dash>[―—–]|--?)[^\S\n]*"
    rf"(?P<who>{_NAME}(?:,[^\S\n][^\n.!?:“”\"]{{2,80}})?)[^\S\n]*$",
    re.MULTILINE,
)
_LETTERED = frozenset({"q", "a", "question", "answer"})
"""Labels that say question or answer and name nobody."""
_EMPHASIS = re.compile(r"([*_]{1,2})(?=\S).*\S\1$")
_ASIDE = re.compile(r"[\"“„«]?[(\[][^()\[\]]{1,80}[)\]]\.?[\"”»]?\s*")
_OPENING = '"“„«`‘'
_CLOSING = '"”’»*_)]'
_CAPTION = re.compile(r"(?i)\b(?:image|photo|picture|graphic|source|credit)s?\s*[:;]|^(?:file photo|photo|image)\b")
_IN_MARKS = re.compile(r"[“„«].*?[”»]|\"[^\"]*\"")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Mm]e|[Oo]ur|us)\b")
_YOU = re.compile(r"(?i)\byou(?:r|rs|rself)?\b")
_ASKING = re.compile(
    r"(?i)(?:who|what|when|where|why|how|which|do|does|did|is|are|was|were|will|would|can|could|have|has)\b"
)
_ANNOUNCED = re.compile(r"(?i)\binterview|\bq\s?&\s?a\b|\bin conversation\b|\ba conversation with\b")

_LONGEST_QUESTION = 80
_LONGEST_HEADING = 12
_SPARSEST = 8
"""An interview has at least one question in so many paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one party to a conversation says before the other goes on.

    Attributes:
        words: Where its words stand, without label, marks of emphasis and asides; code points, half-open.
        speaker: The label that names who speaks, if there is one.
        colon: The colon after that label, or the dash before the name that signs.
    """

    words: Spans
    speaker: Span | None = None
    colon: Span | None = None


@dataclass(slots=True)
class _Paragraph:
    """A line of text and what its form says.

    Attributes:
        start, end: Its words, after a label and without marks of emphasis.
        text: What stands there.
        who, colon: The label before it, and its colon.
        set_off: Whether it is emphasised, bracketed, a caption or in quotation marks of its own.
        heading: Whether it is short and ends without a stop.
    """

    start: int
    end: int
    text: str
    who: Span | None = None
    colon: Span | None = None
    name: str = ""
    emphasised: bool = False
    set_off: bool = False
    heading: bool = False
    size: int = field(default=0)

    @property
    def asks(self) -> bool:
        """Does it end in a question mark, or ask without one as a heading of its own?"""
        if self.size > _LONGEST_QUESTION:
            return False
        ends = self.text.rstrip(_CLOSING).endswith("?")
        return ends or (self.heading and bool(_ASKING.match(self.text) and _YOU.search(self.text)))

    @property
    def asks_after_heading(self) -> bool:
        """May it be a question because a heading stands before it?"""
        return self.size <= _LONGEST_QUESTION and (self.addresses or "?" in self.text)

    @property
    def addresses(self) -> bool:
        """Does it say *you* outside of quotation marks?"""
        return _YOU.search(_IN_MARKS.sub(" ", self.text)) is not None

    @property
    def first_person(self) -> bool:
        """Does it say *I* or *we* outside of quotation marks?"""
        return _FIRST_PERSON.search(_IN_MARKS.sub(" ", self.text)) is not None


def find_turns(text: str, *, title: str | None = None) -> tuple[Turn, ...]:
    """What does each party to the conversation say, if `text` is one?

    Args:
        text: The text of an article or of a section of it.
        title: Its title, if known apart from the text; else the first line stands for it.

    Returns:
        The turns in the order of the text, not overlapping; none for an ordinary article.
    """
    pars = [_paragraph(text, m.start(), m.start() + len(m.group().rstrip())) for m in _LINE.finditer(text)]
    if len(pars) < 3:
        return ()
    turns = _labelled(pars)
    if not turns:
        announced = _ANNOUNCED.search(title or pars[0].text) is not None
        turns = _unlabelled(pars, announced=announced)
    return tuple(turns)


def find_signed(text: str) -> tuple[Turn, ...]:
    """The quotations of `text` that are signed with a name after a dash: “We will stay.” — Ada Bell, the minister."""
    return tuple(
        Turn(words=(Span(*m.span("words")),), speaker=Span(*m.span("who")), colon=Span(*m.span("dash")))
        for m in _SIGNED.finditer(text)
    )


def _paragraph(text: str, start: int, end: int) -> _Paragraph:
    """What does the form of one line say?"""
    line = text[start:end]
    whole = _EMPHASIS.fullmatch(line)
    label = _LABEL.match(text, start, end)
    out = _Paragraph(start, end, line)
    if label and len(label["who"]) <= 60 and not whole:
        out.who, out.colon = Span(*label.span("who")), Span(*label.span("colon"))
        out.name = label["who"].casefold()
        out.start = label.end()
    elif whole:
        out.start, out.end = start + len(whole[1]), end - len(whole[1])
        out.emphasised = True
    elif line[:2] in ("- ", "– ", "— "):
        out.start = start + 2
    aside = _ASIDE.match(text, out.start, out.end)
    if aside and (out.who is not None or aside.end() == out.end):
        out.start = aside.end()
    out.text = text[out.start : out.end].strip()
    out.size = len(out.text.split())
    stops = out.text.rstrip(_CLOSING)[-1:] in {".", "?", "!", "…", ":", ",", "-", "–", "—", ";"}
    out.heading = out.size <= _LONGEST_HEADING and not stops and out.who is None
    out.set_off = (
        not any(map(str.isalnum, out.text))
        or _CAPTION.search(out.text) is not None
        or (out.who is None and line[0] in _OPENING)
    )
    return out


def _same(left: str, right: str) -> bool:
    """Do two labels name the same speaker? "KATE MOSS" comes again as "MOSS"."""
    a, b = left.split(), right.split()
    return left == right or (a[-1] == b[-1] and len(a[-1].strip(".")) > 1 and (set(a) <= set(b) or set(b) <= set(a)))


def _labelled(pars: Sequence[_Paragraph]) -> list[Turn]:
    """The turns of a transcript: from the first label that comes again to the last, whatever stands between."""
    counts = Counter(p.name for p in pars if p.who is not None)
    names = {name for name in counts if counts[name] > 1 or any(n != name and _same(n, name) for n in counts)}
    again = [k for k, p in enumerate(pars) if p.name in names]
    if again and again[0] == 0 and pars[1].who is None and not pars[1].asks:
        again = again[1:]  # a headline
    if len(again) < 2:
        return []
    first, last = _farther(pars, again[0], -1), _farther(pars, again[-1], 1)
    run = [p for p in pars[first : last + 1] if p.who is not None]
    spoken = [p for p in run if p.text[-1:] in {".", "?", "!", "…", "—", "”", '"', "’"} and p.size > 1]
    if len(run) < 3 or len(run) * 3 < last + 1 - first or len(spoken) * 4 < len(run) * 3:
        return []
    alone = len({p.name for p in run}) == 1
    turns: list[list[_Paragraph]] = []
    for k in range(first, last + 1):
        par = pars[k]
        if par.who is not None:
            turns.append([par])
        elif not (par.emphasised or par.heading or (par.set_off and not _quoted(par)) or alone):
            turns[-1].append(par)
    return [_turn(t) for t in turns if any(p.text for p in t)]


def _farther(pars: Sequence[_Paragraph], at: int, step: int) -> int:
    """The last labelled paragraph from `at` on in the direction of `step`, with at most a question between two."""
    while True:
        for k in (at + step, at + 2 * step):
            if not 0 < k < len(pars):
                return at
            if pars[k].who is not None:
                at = k
                break
            if not (pars[k].emphasised or pars[k].asks):
                return at
        else:
            return at


def _quoted(par: _Paragraph) -> bool:
    """Is it set off by nothing but an opening mark, as each paragraph of a long quotation is?"""
    return bool(par.text) and par.text[0] in _OPENING and _CAPTION.search(par.text) is None


def _unlabelled(pars: Sequence[_Paragraph], *, announced: bool) -> list[Turn]:
    """The turns of an interview without labels: questions and answers, told apart by form."""
    usable = [k for k, p in enumerate(pars) if k and not p.set_off and p.who is None and (p.asks or not p.heading)]
    asked: list[int] = []
    for at, k in enumerate(usable[:-1]):
        answered = usable[at - 1] if at else None
        if pars[k].asks and (not asked or asked[-1] != answered) and not pars[usable[at + 1]].emphasised:
            asked.append(k)
    if not _is_interview(pars, usable, asked, announced=announced):
        return []
    after_heading = {k for k in usable if pars[k - 1].heading and not pars[k - 1].asks}
    asked += [
        k for k in usable if k in after_heading and k not in asked and pars[k].asks_after_heading and k > asked[0] - 4
    ]
    asked += _opening(pars, usable, min(asked))
    asked.sort()
    own_voice = all(pars[k].emphasised for k in asked)
    turns: list[Turn] = []
    for k, following in zip(asked, [*asked[1:], len(pars)], strict=True):
        answer = [pars[a] for a in usable if k < a < following and not pars[a].emphasised]
        if following == len(pars):
            answer = _until_last(answer)
        if not own_voice:
            turns.append(_turn([pars[k]]))
        if answer:
            turns.append(_turn(answer))
    return turns


def _is_interview(pars: Sequence[_Paragraph], usable: list[int], asked: list[int], *, announced: bool) -> bool:
    """Do the questions, and what stands after each, read like somebody asking and somebody answering?"""
    if len(asked) < (1 if announced else 2):
        return False
    place = {k: at for at, k in enumerate(usable)}
    answers = [pars[usable[place[k] + 1]] for k in asked]
    spoken = sum(p.first_person for p in answers) / len(answers)
    addressed = sum(pars[k].addresses for k in asked) / len(asked)
    dense = len(asked) * _SPARSEST >= len(usable) - place[asked[0]]
    if announced and len(asked) > 1:
        return dense and max(spoken, addressed) >= 0.5
    return dense and spoken >= 0.5 and addressed >= (0.3 if len(asked) > 3 else 0.5)


def _opening(pars: Sequence[_Paragraph], usable: list[int], first: int) -> list[int]:
    """A remark that opens the conversation as a question would: it says *you*, and *I* or *we* follows."""
    before = [k for k in usable if k < first]
    if len(before) >= 2 and pars[before[-2]].addresses and pars[before[-1]].first_person:
        return [before[-2]]
    return []


def _until_last(answer: list[_Paragraph]) -> list[_Paragraph]:
    """The last answer goes on as long as somebody speaks in the first person."""
    spoken = [n for n, p in enumerate(answer) if p.first_person]
    return answer[: max(1, spoken[-1] + 1 if spoken else 1)]


def _turn(pars: Sequence[_Paragraph]) -> Turn:
    """One turn of paragraphs in a row."""
    named = pars[0].name not in _LETTERED
    return Turn(
        words=tuple(Span(p.start, p.end) for p in pars if p.start < p.end),
        speaker=pars[0].who if named else None,
        colon=pars[0].colon if named else None,
    )

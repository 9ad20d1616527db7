"""What does the text of a document look like, word by word?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from onrecord.record.span import Span
from onrecord.text.quotation import find_quotations
from onrecord.text.sentences import sentences

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?"  # U.S., K.C., U.S
    r"|['’]s\b(?!\w)"
    r"|\w+(?:(?:[-–&]|['’](?!s\b))\w+)*(?:\.(?:com|org|net|ru|ua|co|info|de|fr|pl|uk)\b)*"
    r"|[^\w\s]"
)


class Token(NamedTuple):
    """One word or mark of a text.

    Attributes:
        start: First code point.
        end: One past the last.
        text: As it stands.
        low: The same in lower case, with a straight apostrophe.
    """

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Does the word begin with a capital letter?"""
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        """Is this a word, and no mark or possessive ending?"""
        return self.text[0].isalnum()


def _is_apart(text: str, left: Token, right: Token) -> bool:
    """Does more than spaces lie between two tokens (a line's end)?"""
    return left.end != right.start and "\n" in text[left.end : right.start]


class Page:
    """The words of a text, with the sentence each stands in and whether it is quoted.

    Attributes:
        text: The text.
        tokens: Its words and marks, in order.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [Token(m.start(), m.end(), m[0], m[0].lower().replace("’", "'")) for m in _TOKEN.finditer(text)]
        self._starts = [token.start for token in self.tokens]
        self._sentences = [span.start for span in sentences(text)]
        self._quotes = [(q.span.start, q.span.end) for q in find_quotations(text) if q.level == 0]
        self._quote_starts = [start for start, _ in self._quotes]
        self.breaks = frozenset(
            right for right, (a, b) in enumerate(pairwise(self.tokens), 1) if _is_apart(text, a, b)
        ) | {0}

    def at(self, position: int) -> int:
        """The index of the first token that begins at `position` or after it."""
        return bisect_left(self._starts, position)

    def inside(self, span: Span) -> range:
        """The indices of the tokens of `span`."""
        return range(self.at(span.start), bisect_left(self._starts, span.end))

    def sentence(self, position: int) -> int:
        """The number of the sentence in which `position` lies."""
        return max(0, bisect_right(self._sentences, position) - 1)

    def sentence_start(self, position: int) -> int:
        """Where the sentence in which `position` lies begins."""
        return self._sentences[self.sentence(position)] if self._sentences else 0

    def quoted(self, position: int) -> bool:
        """Does `position` lie in quotation marks, or in another form of quotation?"""
        return self.quotation(position) is not None

    def quotation(self, position: int) -> tuple[int, int] | None:
        """The outermost quotation in which `position` lies: start and end."""
        at = bisect_right(self._quote_starts, position) - 1
        if at >= 0 and position < self._quotes[at][1]:
            return self._quotes[at]
        return None

    def opens_sentence(self, index: int) -> bool:
        """Is the token the first word of a sentence, a line or a quotation?"""
        token = self.tokens[index]
        if index in self.breaks or index == 0:
            return True
        before = self.tokens[index - 1]
        if before.text in "“”\"„«‘'*•—–:-(" and not before.word:
            return True
        return not self.text[self.sentence_start(token.start) : token.start].strip("“”\"„«‘'*•—–-(0123456789. ")

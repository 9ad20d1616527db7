"""Other house styles: the same statements as European papers, agencies, transcripts and press offices print them.

The training corpus is American political news. Each article is read either as it stands or rewritten: exchanged
quotation marks, whole-paragraph quotations that end in a dash and the speaker, dialogue dashes, speaker labels,
questions and answers, an introduction with a colon, an opening mark on every paragraph, lost marks, headlines, agency
leads, invented names, and whole paragraphs put into somebody's mouth (which makes statements within statements).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import numpy as np

from training.inner import mark_inner
from training.labelled import (
    ATT1,
    ATT2,
    CONTENT,
    CUE,
    NONE,
    OWN,
    ROLE1,
    ROLE2,
    SOURCE,
    Labelled,
    filled,
    join,
    paragraphs,
    plain,
)
from training.parts import EDGE, Simple, alone, attribution_sizes, cue_of, lower_first, own_words, source_of, strip
from training.words import QUESTIONS, ROLE_SOURCES, SAY_VERBS, invented_name

QUOTES = (
    ("“", "”"),
    ('"', '"'),
    ("‘", "’"),
    ("'", "'"),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("« ", " »"),
    ("»", "«"),
    ("”", "”"),
)
DASHES = (" - ", " – ", " — ")
_MARKS = re.compile('[“”"«»„]')


def dash_tail(s: Simple, rng: random.Random, sh: dict[int, int]) -> Labelled:
    """`Text of the quotation - said Name.`"""
    stop = rng.choice([".", ".", "", ","])
    words = own_words(s, sh, stop)
    if rng.random() < 0.25:
        left, right = rng.choice(QUOTES)
        words = join([filled(left, CONTENT, s.k, 1), words, filled(right, CONTENT, s.k, 1)], sh)
    cue, source = cue_of(s, rng), lower_first(source_of(s, rng))
    pair = [cue, plain(" "), source] if rng.random() < 0.75 else [source, plain(" "), cue]
    dash = rng.choice(DASHES)
    return join([words, plain(dash), *pair, plain(rng.choice([".", ".", "", " in a post.", " on Tuesday."]))], sh)


def dialogue(s: Simple, rng: random.Random, sh: dict[int, int]) -> Labelled:
    """`— Text, — said Name. — More text.`"""
    dash = rng.choice("—–-")
    words = own_words(s, sh, ".")
    cut = re.search(r"[.!?] (?=[A-Z])", words.text)
    cue, source = cue_of(s, rng), lower_first(source_of(s, rng))
    head, tail = (words[0 : cut.start() + 1], words[cut.end() :]) if cut and rng.random() < 0.6 else (words, None)
    if head.text.endswith("."):
        head = head[0:-1]
    comma = plain(",") if rng.random() < 0.7 else plain("")
    parts = [plain(f"{dash} "), head, comma, plain(f" {dash} "), cue, plain(" "), source, plain(".")]
    if tail is not None:
        parts += [plain(f" {dash} "), tail]
    return join(parts, sh)


def label(s: Simple, rng: random.Random, sh: dict[int, int]) -> Labelled:
    """`NAME: Text.` as in transcripts; `Name on Telegram: “Text.”` as in live reports."""
    source = source_of(s, rng)
    if rng.random() < 0.2:
        left, right = rng.choice(QUOTES)
        where = rng.choice(["Telegram", "X", "Facebook", "state TV", "Twitter", "the radio"])
        words = join([filled(left, CONTENT, s.k, 1), own_words(s, sh), filled(right, CONTENT, s.k, 1)], sh)
        hour = plain(rng.choice(["", "", f"{rng.randint(6, 23)}:{rng.randint(0, 59):02d} ", "• "]))
        return join([hour, source, plain(" "), filled(f"on {where}:", CUE, s.k), plain(" "), words], sh)
    if rng.random() < 0.4:
        source = (
            Labelled(source.text.upper(), source.labels, sh) if len(source.text.upper()) == len(source.text) else source
        )
    words = own_words(s, sh)
    if rng.random() < 0.2:
        words = join([filled("“", CONTENT, s.k, 1), words, filled("”", CONTENT, s.k, 1)], sh)
    return join([source, filled(":", CUE, s.k), plain(rng.choice([" ", " ", "\n"])), words], sh)


def introduced(s: Simple, rng: random.Random, sh: dict[int, int]) -> Labelled:
    """`Name said:` and the quotation, perhaps as a paragraph of its own."""
    source, cue = source_of(s, rng), cue_of(s, rng)
    cue = strip(cue, EDGE + ":,")
    cue = join([cue, filled(":", CUE, s.k)], sh)
    words = own_words(s, sh)
    if rng.random() < 0.6:
        left, right = rng.choice(QUOTES)
        words = join([filled(left, CONTENT, s.k, 1), words, filled(right, CONTENT, s.k, 1)], sh)
    return join([source, plain(" "), cue, plain(rng.choice([" ", "\n\n", "\n\n"])), words], sh)


def marked(s: Simple, rng: random.Random, sh: dict[int, int]) -> Labelled:
    """`“Text,” Name said` with an opening mark on every paragraph, or with a mark lost."""
    left, right = rng.choice(QUOTES)
    words = own_words(s, sh, ",")
    body: list[Labelled] = [filled(left, CONTENT, s.k, 1)]
    begin = 0
    for cut in list(re.finditer(r"[.!?] (?=[A-Z])", words.text)):
        if rng.random() < 0.4:
            body += [words[begin : cut.start() + 1], filled("\n\n" + left, CONTENT, s.k, 1)]
            begin = cut.end()
    body += [words[begin:], filled(right, CONTENT, s.k, 1)]
    if rng.random() < 0.12:
        del body[rng.choice([0, -1])]
    cue, source = cue_of(s, rng), source_of(s, rng)
    tail = [source, plain(" "), cue] if rng.random() < 0.6 else [cue, plain(" "), lower_first(source)]
    if rng.random() < 0.3:
        bare = join(
            [
                Labelled(strip(cue).text, strip(cue).labels, sh),
                filled(rng.choice([":", ","]), CUE if rng.random() < 0.5 else NONE, s.k),
            ],
            sh,
        )
        return join([source, plain(" "), bare, plain(" "), *body], sh)
    return join([*body, plain(" "), *tail, plain(".")], sh)


def flipped(s: Simple, rng: random.Random, sh: dict[int, int]) -> Labelled:
    """Indirect speech in another order: according to Name, text; text, Name said; this was stated by Name."""
    content = join(s.content, sh)
    content = strip(content, " \n.,")
    for word in ("that ", "whether "):
        if content.text.startswith(word):
            content = content[len(word) :]
    if not len(content) or content.text.startswith("to "):
        return join([s.source, plain(" "), s.cue, plain(" "), *s.content, plain(".")], sh)
    upper = Labelled(content.text[0].upper() + content.text[1:], content.labels, sh)
    source, k = source_of(s, rng), s.k
    low = lower_first(source)
    paper = rng.choice(
        [f", {invented_name(rng).split()[-1]} reports", f", reports {invented_name(rng).split()[-1]}", ""]
    )
    roll = rng.random()
    if roll < 0.35:
        return join(
            [
                filled(rng.choice(["According to", "In the words of", "As stated by"]), CUE, k),
                plain(" "),
                low,
                plain(", "),
                content,
                plain("."),
            ],
            sh,
        )
    if roll < 0.6:
        return join(
            [upper, plain(", "), low, plain(" "), filled(rng.choice(SAY_VERBS), CUE, k), plain(f"{paper}.")],
            sh,
        )
    if roll < 0.75:
        return join([upper, plain(", "), filled("according to", CUE, k), plain(" "), low, plain(".")], sh)
    verb = rng.choice(
        ["This was stated", "This was announced", "This was reported", "This was said", "That is the view"]
    )
    by = rng.choice([" by "]) if verb[:4] == "This" else " of "
    where = rng.choice(["", " in an interview", " at a press conference", " on Telegram", " during a briefing"])
    return join([upper, plain(". "), filled(verb, CUE, k), plain(by), low, plain(f"{where}{paper}.")], sh)


def joined(s: Simple, other: Simple, k: int, rng: random.Random, sh: dict[int, int]) -> Labelled | None:
    """`Name said that … and warned that …`: two statements of one source; `k` is the second one's number."""
    first, second = (strip(join(x.content, sh), " \n.,") for x in (s, other))
    verbs = {
        "that": ("warned", "added", "noted", "insisted", "denied"),
        "to": ("declined", "refused", "promised", "asked"),
    }
    begin = second.text.split(" ")[0]
    if begin not in verbs or not len(first):
        return None
    second = Labelled(second.text, second.labels.copy(), sh)
    second.labels[:, ATT1] = k
    sh[k] = s.k
    says = filled(rng.choice(SAY_VERBS), CUE, s.k) if first.text.split(" ")[0] != "to" else s.cue
    source, cue = source_of(s, rng), filled(rng.choice(verbs[begin]), CUE, k)
    return join([source, plain(" "), says, plain(" "), first, plain(" and "), cue, plain(" "), second, plain(".")], sh)


def headline(s: Simple, rng: random.Random, sh: dict[int, int], k: int) -> Labelled | None:
    """A headline made of a statement: `Name: text`, `Text, says Name`, `Text - Name`."""
    content = strip(join(s.content, sh), ' \n.,“”"')
    for word in ("that ",):
        if content.text.startswith(word):
            content = content[len(word) :]
    words = content.text.split()
    if not 4 <= len(words) <= 16 or content.text.startswith("to "):
        return None
    content = Labelled(content.text[0].upper() + content.text[1:], content.labels.copy(), sh)
    content.labels[:, ATT1] = k
    own = int(s.direct)
    content.labels[:, OWN] = own
    name = (
        s.source.text.split()[-1]
        if s.source.text[:1].isupper() and len(s.source.text) > 4
        else invented_name(rng).split()[-1]
    )
    if own and rng.random() < 0.6:
        left, right = rng.choice((("‘", "’"), ("“", "”"), ("'", "'")))
        content = join([filled(left, CONTENT, k, 1), content, filled(right, CONTENT, k, 1)], sh)
    roll = rng.random()
    if roll < 0.45:
        return join([filled(name, SOURCE, k), filled(":", CUE, k), plain(" "), content], sh)
    if roll < 0.75:
        return join(
            [
                content,
                plain(", "),
                filled(rng.choice(["says", "says", "warns", "claims", "insists"]), CUE, k),
                plain(" "),
                filled(name, SOURCE, k),
            ],
            sh,
        )
    return join(
        [
            content,
            filled(rng.choice([" - ", " – ", ": "]).rstrip(), CUE, k),
            plain(" "),
            filled(name, SOURCE, k),
        ],
        sh,
    )


def interview(article: Labelled, rng: random.Random) -> Labelled:
    """Questions and answers: the direct statements of an article as the answers of one person, without cues.

    A printed question is somebody's own words as the answer is; neither has a cue or a source unless a label gives one.
    """
    sh: dict[int, int] = {}
    sizes = attribution_sizes(article)
    pars = paragraphs(article)
    found = [s for s in (alone(p, sizes) for p in pars) if s is not None and s.direct]
    if len(found) < 4:
        return article
    name = invented_name(rng)
    style = rng.choice(("bare", "bare", "initials", "label", "dash", "qa"))
    title = rng.choice(
        [
            f"Interview with {name}",
            f"{name}: the interview",
            f"A conversation with {name}",
            f"“I am an optimist”: {name} talks",
        ]
    )
    parts = [
        plain(f"{title}\n\n"),
        *(plain(p.text) for p in pars[: rng.randint(0, 2)] if (p.labels[:, ROLE1] == NONE).all()),
    ]
    asides = [p.text.strip().split(". ")[0] for p in pars if (p.labels[:, ROLE1] == NONE).all() and 40 < len(p) < 400]
    fresh = 3000
    for s in found[: rng.randint(4, 12)]:
        fresh += 1
        ask = rng.choice(QUESTIONS)
        if asides and rng.random() < 0.35:
            ask = f"{rng.choice(asides).rstrip('.')}. {ask}"
        lead = {
            "initials": [plain("((WN)) ")],
            "label": [filled("Interviewer", SOURCE, fresh), filled(":", CUE, fresh), plain(" ")],
            "dash": [plain("– ")],
            "qa": [plain("Q: ")],
        }.get(style, [])
        parts += [*lead, filled(ask, CONTENT, fresh, 1), plain("\n\n")]
        words = own_words(lengthened(s, found, rng) if rng.random() < 0.6 else s, sh)
        for cut in reversed(list(re.finditer(r"(?<=[.!?]) (?=[A-Z])", words.text))):
            if rng.random() < 0.06:
                words = join([words[0 : cut.start()], filled("\n\n", CONTENT, s.k, 1), words[cut.end() :]], sh)
        if style == "label":
            parts += [filled(name.split()[-1], SOURCE, s.k), filled(":", CUE, s.k), plain(" ")]
        elif style in ("qa", "dash"):
            parts.append(plain("A: " if style == "qa" else "– "))
        if style in ("bare", "initials") and rng.random() < 0.15:
            words = join([filled('"', CONTENT, s.k, 1), words, filled('"', CONTENT, s.k, 1)], sh)
        parts += [words, plain("\n\n")]
    return join(parts, sh)


def exchange_marks(article: Labelled, rng: random.Random) -> Labelled:
    """Another pair of quotation marks in the whole article (of the same length, so that labels keep their places)."""
    pairs = [p for p in QUOTES if len(p[0]) == 1]
    left, right = rng.choice(pairs)
    text = article.text.replace("“", left).replace("”", right)
    return Labelled(text, article.labels, article.shared)


def rename(article: Labelled, rng: random.Random) -> Labelled:
    """Other names for the sources, the same one wherever a name occurs."""
    words: set[str] = set()
    keep = {
        "The",
        "White",
        "House",
        "Republican",
        "Democratic",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "President",
        "A",
        "An",
        "Trump’s",
    }
    for m in re.finditer(r"[A-Z][a-z]{3,}", article.text):
        if article.labels[m.start(), ROLE1] == SOURCE and m.group() not in keep:
            words.add(m.group())
    if not words:
        return article
    names = {w: invented_name(rng).split()[-1] for w in sorted(words) if rng.random() < 0.8}
    if not names:
        return article
    parts, at = [], 0
    for m in re.finditer(r"\b(" + "|".join(map(re.escape, names)) + r")\b", article.text):
        new = names[m.group()]
        labels = np.repeat(article.labels[m.start() : m.start() + 1], len(new), axis=0)
        parts += [article[at : m.start()], Labelled(new, labels, article.shared)]
        at = m.end()
    return join([*parts, article[at:]], article.shared)


def lengthened(s: Simple, others: list[Simple], rng: random.Random) -> Simple:
    """`s` with the words of up to four other statements added, as one long quotation."""
    content = list(s.content)
    for other in rng.sample(others, min(len(others), rng.randint(1, 4))):
        for piece in other.content:
            copy = Labelled(piece.text, piece.labels.copy(), piece.shared)
            copy.labels[:, ATT1] = s.k
            content.append(copy)
    return Simple(s.k, content, s.cue, s.source, s.direct)


def wrap(
    part: Labelled, k: int, rng: random.Random, sh: dict[int, int], *, dash: bool = False, told: bool = False
) -> Labelled:
    """The whole of `part` in somebody's mouth: its statements become statements within a statement.

    Args:
        part: A paragraph whose statements lie in it whole.
        k: Number of the new attribution.
        rng: Chance.
        sh: Shared sources (``Labelled.shared``); added to.
        dash: As a quotation without marks that ends in a dash and the speaker.
        told: In indirect speech; `part` is one sentence.
    """
    text = strip(part, " \n")
    left, right = rng.choice(QUOTES)
    swap = {"“": "‘", "”": "’"} if left in '“"' else {"“": "“", "”": "”"}
    body = Labelled("".join(swap.get(c, c) for c in text.text), text.labels.copy(), sh)
    lab = body.labels
    lab[:, ROLE2], lab[:, ATT2] = lab[:, ROLE1], lab[:, ATT1] + 4000
    for a, b in list(sh.items()):
        sh[a + 4000] = b + 4000
    lab[:, ROLE1], lab[:, ATT1], lab[:, OWN] = CONTENT, k, 1
    cue, source = (
        filled(rng.choice(SAY_VERBS), CUE, k),
        filled(rng.choice([invented_name(rng), rng.choice(ROLE_SOURCES), "he", "she"]), SOURCE, k),
    )
    source = Labelled(source.text, source.labels, sh)
    roll = rng.random()
    if told:
        lab[:, OWN] = 0
        body = lower_first(strip(body, " \n."))
        that = filled(rng.choice([" that ", " that ", " "]), CONTENT, k)
        that.labels[:, ROLE2] = NONE
        if rng.random() < 0.6:
            return join([source, plain(" "), cue, that, body, plain(".\n\n")], sh)
        return join([body, plain(", "), source, plain(" "), cue, plain(".\n\n")], sh)
    if roll < 0.45 and not dash:
        comma = [filled(",", CONTENT, k, 1)] if body.text[-1] == "." else []
        body = body[0:-1] if comma else body
        return join(
            [
                filled(left, CONTENT, k, 1),
                body,
                *comma,
                filled(right, CONTENT, k, 1),
                plain(" "),
                source,
                plain(" "),
                cue,
                plain(".\n\n"),
            ],
            sh,
        )
    if roll < 0.75 or dash:
        return join([body, plain(rng.choice(DASHES)), cue, plain(" "), source, plain(".\n\n")], sh)
    return join(
        [
            source,
            plain(" "),
            cue,
            filled(":", CUE, k),
            plain(" "),
            filled(left, CONTENT, k, 1),
            body,
            filled(right, CONTENT, k, 1),
            plain("\n\n"),
        ],
        sh,
    )


HOUSES: tuple[tuple[Callable[[Simple, random.Random, dict[int, int]], Labelled], ...], ...] = (
    (dash_tail,),
    (dash_tail, dash_tail, introduced),
    (dialogue,),
    (label,),
    (introduced, marked),
    (marked,),
    (dash_tail, marked, introduced, label),
)


def restyle(article: Labelled, rng: random.Random) -> Labelled:
    """The article as another house prints it."""
    sh = dict(article.shared)
    sizes = attribution_sizes(article)
    house = rng.choice(HOUSES)
    rate = rng.choice((0.5, 0.8, 1.0))
    parts: list[Labelled] = []
    pool: list[Simple] = []
    fresh = 3000
    for par in paragraphs(article):
        s = alone(par, sizes)
        if s is not None and s.k not in sh.values() and s.k not in sh:
            pool.append(s)
            tail = par[len(par.text.rstrip()) :]
            if s.direct and rng.random() < rate:
                if rng.random() < 0.35:
                    s = lengthened(s, [p for p in pool[:-1] if p.direct], rng)
                par = join([rng.choice(house)(s, rng, sh), tail], sh)
            elif not s.direct and rng.random() < 0.15 and not re.search(r"[.!?] ", par.text.rstrip()):
                fresh += 1
                par = wrap(par, fresh, rng, sh, told=True)
            elif not s.direct and rng.random() < 0.15 and len(pool) > 1:
                fresh += 1
                par = join([joined(s, rng.choice(pool[:-1]), fresh, rng, sh) or par[: len(par) - len(tail)], tail], sh)
            elif not s.direct and rng.random() < 0.35 and (par.labels[:, ROLE1] == NONE).sum() < 25:
                par = join([flipped(s, rng, sh), tail], sh)
        elif s is None and rng.random() < (0.25 if dash_tail in house else 0.10) and 60 < len(par) < 1200:
            ks = np.unique(par.labels[par.labels[:, ROLE1] != NONE, ATT1]).tolist()
            whole = all(
                (par.labels[:, ATT1][par.labels[:, ROLE1] != NONE] == k).sum() == sizes[k] and k not in sh for k in ks
            )
            if whole and (ks or dash_tail in house) and par.text.rstrip()[-1] in '.!?”"':
                fresh += 1
                par = wrap(par, fresh, rng, sh, dash=dash_tail in house)
        parts.append(par)
    if pool and rng.random() < 0.5:
        fresh += 1
        made = headline(rng.choice(pool), rng, sh, fresh)
        if made is not None:
            parts = [made, plain(rng.choice(["\n\n", ".\n\n"])), *parts[1 if rng.random() < 0.7 else 0 :]]
    return join(parts, sh)


def one_break(article: Labelled) -> Labelled:
    """Paragraphs parted by one line break in place of two."""
    keep = np.array([not (c == "\n" and article.text[i - 1 : i] == "\n") for i, c in enumerate(article.text)])
    return Labelled(
        "".join(c for c, k in zip(article.text, keep, strict=True) if k), article.labels[keep], article.shared
    )


def augment(article: Labelled, rng: random.Random, *, plain_share: float = 0.4) -> Labelled:
    """The article as it stands (a share of `plain_share`) or in another style, with its inner statements marked."""
    out = Labelled(article.text, article.labels.copy(), dict(article.shared))
    if rng.random() >= plain_share:
        if rng.random() < 0.35:
            out = rename(out, rng)
        roll = rng.random()
        if roll < 0.13:
            out = interview(out, rng)
        elif roll < 0.75:
            out = restyle(out, rng)
        if rng.random() < 0.5:
            out = exchange_marks(out, rng)
        if rng.random() < 0.15:
            out = one_break(out)
    return mark_inner(out, rng)

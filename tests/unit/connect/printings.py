"""Constructed printings of constructed stories: cuts, rewrites, shuffles and grown ones, and pairs that are none."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

SYNONYMS = dict(
    pair.split("=")
    for pair in (
        "said=stated told=informed officials=functionaries agreed=consented agreement=accord soldiers=servicemen "
        "largest=biggest began=started first=initial president=leader talks=negotiations people=persons "
        "before=until after=following government=cabinet however=still would=will could=might had=has were=are was=is "
        "country=state countries=states against=versus month=weeks because=since several=some many=numerous "
        "near=by according=judging reported=related added=continued noted=remarked such=like very=most "
        "leave=quit asked=requested small=little large=big quickly=fast new=fresh old=former still=yet "
        "should=must make=produce takes=needs show=display called=named every=each between=among war=conflict "
        "minister=secretary week=days last=previous next=coming who=that whose=their part=share years=seasons "
        "attack=strike found=discovered plant=works side=party text=document night=evening house=building"
    ).split()
)
BACKGROUND = (
    "The dispute goes back to the winter of 2019, when a customs post burned down and neither side would pay for it.",
    "About four million people live along the line, most of them in towns that had one mayor and one market before.",
)
SHARED_QUOTES = (
    "“We came here with a pencil and we leave with a pencil, and nobody signed anything,” the envoy told reporters.",
    "“Ask me on Friday, when the ships are counted and the lists are read aloud,” the envoy said.",
)


@dataclass(frozen=True)
class Article:
    """A text with where it was printed."""

    story: str
    outlet: str
    day: str
    text: str


@dataclass(frozen=True)
class PrintedPair:
    """Two articles, the later one last, and whether it prints the first again."""

    first: Article
    second: Article
    again: bool
    how: str


def articles() -> list[Article]:
    """The constructed stories that come with onrecord."""
    lines = files("onrecord.demo").joinpath("stories.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Article(r["story"], r["outlet"], r["published"], r["text"]) for r in rows]


def paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def joined(parts: list[str]) -> str:
    return "\n\n".join(parts)


def cut(rng: random.Random, article: Article) -> str:
    """The beginning, as a paper short of space prints it."""
    parts = paragraphs(article.text)
    return joined(parts[: max(2, int(len(parts) * rng.uniform(0.4, 0.8)))])


def thinned(rng: random.Random, article: Article) -> str:
    """Some paragraphs left out anywhere."""
    parts = paragraphs(article.text)
    kept = sorted(rng.sample(range(len(parts)), max(2, int(len(parts) * rng.uniform(0.5, 0.8)))))
    return joined([parts[k] for k in kept])


def shuffled(rng: random.Random, article: Article) -> str:
    """The paragraphs in another order."""
    parts = paragraphs(article.text)
    rng.shuffle(parts)
    return joined(parts)


def rewritten(rng: random.Random, article: Article, share: float = 0.12) -> str:
    """One word in eight of the narration exchanged, quotations kept."""
    pieces = re.split(r"([“\"„«‘][^”\"“»’]+[”\"“»’])", article.text)
    for k in range(0, len(pieces), 2):
        words = re.split(r"(\W+)", pieces[k])
        for i in range(0, len(words), 2):
            if words[i].lower() in SYNONYMS and rng.random() < 0.8:
                words[i] = SYNONYMS[words[i].lower()]
            elif len(words[i]) > 3 and rng.random() < share / 3:
                words[i] = "so-called " + words[i]
        pieces[k] = "".join(words)
    return "".join(pieces)


def credited(rng: random.Random, article: Article) -> str:
    """Rewritten and cut at once, with the agency named at the head."""
    cut_down = Article(article.story, article.outlet, article.day, cut(rng, article))
    return f"By {article.outlet}\n\n{rewritten(rng, cut_down, share=0.3)}"


def grown(rng: random.Random, article: Article, other: Article) -> str:
    """Between paragraphs of the paper's own."""
    own = paragraphs(other.text)
    return joined([rng.choice(own), article.text, *rng.sample(own, 1)])


def with_quotations(rng: random.Random, article: Article) -> str:
    """With what was said before all reporters."""
    parts = paragraphs(article.text)
    for quote in SHARED_QUOTES:
        parts.insert(rng.randrange(1, len(parts) + 1), quote)
    return joined(parts)


def with_background(article: Article) -> str:
    """With the paragraphs that an outlet puts under everything on the matter."""
    return joined([article.text, *BACKGROUND])


def pairs(count: int = 200, seed: int = 5) -> list[PrintedPair]:
    """As many pairs that print a story again as pairs that do not."""
    rng = random.Random(seed)
    stock = articles()
    ways: list[Callable[[random.Random, Article], str]] = [cut, thinned, shuffled, rewritten, credited]
    out: list[PrintedPair] = []
    for k in range(count // 2):
        first = stock[(k * 7) % len(stock)]
        other = rng.choice([a for a in stock if a.story != first.story])
        outlet = rng.choice([a.outlet for a in stock if a.outlet != first.outlet])
        day = f"{first.day[:8]}{min(28, int(first.day[8:]) + 1):02}"
        way = (*ways, grown)[k % (len(ways) + 1)]
        text = grown(rng, first, other) if way is grown else way(rng, first)  # type: ignore[call-arg, operator]
        out.append(PrintedPair(first, Article(first.story, outlet, day, text), True, way.__name__))
        out.append(_apart(rng, first, stock, k))
    return out


def _apart(rng: random.Random, first: Article, stock: list[Article], k: int) -> PrintedPair:
    """Two articles that were written apart, whatever they share."""
    near = [a for a in stock if a.story == first.story and a.outlet != first.outlet and a.outlet != "Halden Post"]
    second = rng.choice(near if k % 3 else [a for a in stock if a.story != first.story])
    if first.outlet == "Halden Post":
        first = second
        second = rng.choice([a for a in stock if a.story != first.story])
    if k % 4 == 0:
        a, b, how = with_quotations(rng, first), with_quotations(rng, second), "same press conference"
    elif k % 4 == 1:
        a, b, how = with_background(first), with_background(second), "same background"
    else:
        a, b, how = first.text, second.text, "same event" if first.story == second.story else "other event"
    one, two = Article(first.story, first.outlet, first.day, a), Article(second.story, second.outlet, second.day, b)
    one, two = sorted((one, two), key=lambda x: (x.day, x.text))
    return PrintedPair(one, two, False, how)

"""Makes an archive out of the constructed stories: as many documents as you like, all different, the same every time.

    python benchmarks/archive_make.py 5000 out.warc.gz [--form warc|jsonl] [--stories MORE.jsonl] [--reprints 0.1]
        [--dirt]

Each document is drawn, by its number alone, from the paragraphs of one story: some of them, in their order, with the
numbers and towns in them changed, an outlet and a date of its own. With --reprints, that share of the documents prints
an earlier one again: cut at the end, with a credit line and another outlet; `story` then names the first one, so that
what a search for copies finds can be checked. With --dirt, one record in fifty is something else: a picture, a page in
another language, a damaged one, the same document again.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from onrecord.archive.job import SHARDS, ShardResult, marker_path, write_run
from onrecord.archive.parts import PartWriter, write_whole
from onrecord.archive.repeats import count_repeats
from onrecord.archive.schema import TABLES
from onrecord.record import Reading
from onrecord.record.run import Counts

OUTLETS = [f"{place} {kind}" for place in ("Sava", "Mor", "Lindau", "Ostrava Lake", "Northgate", "Balta", "Velin")
           for kind in ("Courier", "Herald", "Post", "Tribune")]  # fmt: skip
TOWNS = ("Arlen", "Bresk", "Corvo", "Dunmar", "Elsten", "Farrow", "Gradec", "Holm", "Ivera", "Jarno", "Kesten", "Lorn")
FRENCH = (
    "Le ministre des routes a déclaré mardi que le pont numéro {n} resterait fermé jusqu'à la fin de l'année. "
    "Selon lui, les travaux dureront plus longtemps que prévu, et la circulation sera détournée par la vallée."
)
_NUMBER = re.compile(r"\b\d{2,}\b")
_TOWN = re.compile(r"\b(?:Doha|Geneva|Brussels|London|Paris|Berlin|Vienna)\b")


def stories(more: Iterable[Path] = ()) -> list[list[str]]:
    """The paragraphs of each story."""
    shipped = (files("onrecord") / "demo" / "stories.jsonl").read_text("utf-8")
    texts = [shipped, *(path.read_text("utf-8") for path in more)]
    return [json.loads(line)["text"].split("\n\n") for text in texts for line in text.splitlines()]


def document(number: int, all_paragraphs: list[list[str]], reprints: float) -> dict[str, str]:
    """The document of that number: the fields of JSON Lines."""
    rng = random.Random(number)
    date = f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    first = rng.randrange(number) if number and rng.random() < reprints else None
    if first is not None:
        original = document(first, all_paragraphs, 0.0)
        paragraphs = original["text"].split("\n\n")
        kept = paragraphs[: max(2, round(len(paragraphs) * rng.uniform(0.6, 1.0)))]
        credit = f"{original['outlet']} reported this first."
        return {
            "id": f"n{number}",
            "story": f"n{first}",
            "outlet": rng.choice([outlet for outlet in OUTLETS if outlet != original["outlet"]]),
            "title": original["title"],
            "published": max(date, original["published"]),
            "language": "en",
            "text": "\n\n".join([*kept, credit]),
        }
    paragraphs = list(rng.choice(all_paragraphs))
    chosen = sorted(rng.sample(range(len(paragraphs)), max(2, round(len(paragraphs) * rng.uniform(0.6, 1.0)))))
    town = rng.choice(TOWNS)
    text = "\n\n".join(paragraphs[k] for k in chosen)
    text = _NUMBER.sub(lambda found: str(rng.randint(11, 10 ** len(found[0]))), text)
    text = _TOWN.sub(town, text)
    text += f"\n\nThe office in {town} gave the file the number {number}."
    return {
        "id": f"n{number}",
        "story": f"n{number}",
        "outlet": rng.choice(OUTLETS),
        "title": " ".join(text.split()[:9]),
        "published": date,
        "language": "en",
        "text": text,
    }


def page(doc: dict[str, str]) -> bytes:
    """The document as an outlet's page."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in doc["text"].split("\n\n"))
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("home", "world", "politics", "sport", "about"))
    return (
        f'<!doctype html><html lang="{doc["language"]}"><head><meta charset="utf-8">'
        f"<title>{html.escape(doc['title'])} | {html.escape(doc['outlet'])}</title>"
        f'<meta property="og:site_name" content="{html.escape(doc["outlet"])}">'
        f'<meta property="article:published_time" content="{doc["published"]}">'
        "<style>body{font-family:serif}.ad{display:none}</style><script>var a=1;</script></head><body>"
        f"<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{html.escape(doc['title'])}</h1>\n"
        f"{paragraphs}</article><aside><h2>Most read</h2><ul>{menu}</ul></aside></main>"
        f"<footer><p>© {html.escape(doc['outlet'])}</p></footer></body></html>"
    ).encode()


def record(number: int, payload: bytes, content_type: str = "text/html; charset=utf-8") -> bytes:
    """A WARC record of a response."""
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n\r\n".encode() + payload
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: 2026-12-31T00:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def dirt(number: int, paragraphs: list[list[str]]) -> tuple[str, bytes] | None:
    """What stands in a dirty archive where a document should be: what it is, and the bytes of its record."""
    if number % 50 != 49:
        return None
    kind = ("picture", "french", "damaged", "again")[number // 50 % 4]
    if kind == "picture":
        return kind, record(number, b"\x89PNG\r\n" + bytes(500), "image/png")
    if kind == "french":
        text = "\n\n".join(FRENCH.format(n=number + k) for k in range(4))
        doc = {"outlet": "Le Courrier", "title": "Le pont", "published": "2026-03-04", "language": "fr", "text": text}
        return kind, record(number, page(doc))
    if kind == "damaged":
        return kind, record(number, page(document(number, paragraphs, 0.0))).replace(
            b"Content-Length: ", b"Content-Length: 9", 1
        )
    return kind, record(number - 1, page(document(number - 1, paragraphs, 0.0)))


def write(out: Path, number: int, *, form: str, reprints: float = 0.0, with_dirt: bool = False,
          more: Iterable[Path] = ()) -> dict[str, int]:  # fmt: skip
    """Writes the archive. How many of each kind of record does it hold?"""
    paragraphs = stories(more)
    held = {"document": 0}
    with out.open("wb") as target:
        for data, kind in _records(number, paragraphs, form, reprints, with_dirt):
            target.write(gzip.compress(data, 6, mtime=0) if out.suffix == ".gz" else data)
            held[kind] = held.get(kind, 0) + 1
    return held


def _records(
    number: int, paragraphs: list[list[str]], form: str, reprints: float, with_dirt: bool
) -> Iterator[tuple[bytes, str]]:
    for k in range(number):
        other = dirt(k, paragraphs) if with_dirt and form == "warc" else None
        if other is not None:
            yield other[1], other[0]
            continue
        doc = document(k, paragraphs, reprints)
        yield (record(k, page(doc)) if form == "warc" else (json.dumps(doc) + "\n").encode()), "document"


def write_parts(out: Path, readings: list[Reading], *, each: int) -> None:
    """Writes readings as `onrecord process` would have, so many in a shard."""
    for folder in (SHARDS, *TABLES):
        (out / folder).mkdir(parents=True)
    shards = [readings[start : start + each] for start in range(0, len(readings), each)]
    for number, some in enumerate(shards):
        with PartWriter(out, number) as parts:
            for reading in some:
                parts.add(reading, None)
            digests = parts.finish()
        statements = sum(len(reading.statements) for reading in some)
        done = ShardResult(
            number=number, identity={}, counts=Counts(kept=len(some), statements=statements), parts=digests
        )
        write_whole(marker_path(out, number), done.to_json().encode())
    count_repeats(out, range(len(shards)))
    write_run(out, {"method": {"version": "1", "models": {}, "settings": {}}}, counts={})


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("number", type=int)
    a.add_argument("out", type=Path)
    a.add_argument("--form", choices=("warc", "jsonl"), default="warc")
    a.add_argument("--stories", type=Path, action="append", default=[])
    a.add_argument("--reprints", type=float, default=0.0)
    a.add_argument("--dirt", action="store_true")
    args = a.parse_args()
    held = write(args.out, args.number, form=args.form, reprints=args.reprints, with_dirt=args.dirt, more=args.stories)
    print(json.dumps(held))


if __name__ == "__main__":
    main()

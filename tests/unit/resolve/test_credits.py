"""Is an agency found where an article credits one, and is nobody who wrote it taken for one?"""

from __future__ import annotations

import pytest

from casts import article
from onrecord.resolve.page.bylines import bylines
from onrecord.resolve.route.credits import agency_credits
from onrecord.resolve.route.media import Media

BODY = "The road to the harbour was closed on Tuesday after heavy snow.\n\nNobody was hurt."
CREDITS = (
    ("By Norpress\n\n{}", "Norpress"),
    ("**By Norpress**\n\n{}", "Norpress"),
    ("By Jana Morrow, Norpress\n\n{}", "Norpress"),
    ("By Jana Morrow and Tim Ask | Sund Herald\n\n{}", "Sund Herald"),
    ("Norpress/Sund\n\n{}", "Norpress"),
    ("SUND, March 4 (NPA) - {}", "NPA"),
    ("SUND, Velia (Norpress) — {}", "Norpress"),
    ("PORT ORLA, Velia, March 4 (Norpress) — {}", "Norpress"),
    ("Sund, 4 March /NPA/. {}", "NPA"),
    ("SUND. March 4. [NPA]. {}", "NPA"),
    ("(Norpress) - {}", "Norpress"),
    ("{}\n\nWith reporting by Norpress", "Norpress"),
    ("{}\n\n_With additional reporting by Norpress and NPA._", "Norpress+NPA"),
    ("{}\n\nSource: Norpress", "Norpress"),
    ("{}\n\nThis article was first published by Norpress.", "Norpress"),
    ("{}\n\nCopyright 2031 Norpress", "Norpress"),
    ("{}\n\n(Norpress)", ""),
    # Nobody is credited
    ("{}", ""),
    ("By Jana Morrow\n\n{}", ""),
    ("By Jana Morrow and Tim Ask\n\n{}", ""),
    ("SUND, Velia — {}", ""),
    ("SUND, Velia (Kestrel) — {}", ""),
    ("{}\n\nAdditional reporting by Jana Morrow.", ""),
    ("{}\n\nThis article was first published on Monday.", ""),
    ("Snow in Sund (and more)\n\n{}", ""),
)


@pytest.mark.parametrize(("form", "want"), CREDITS, ids=[form for form, _ in CREDITS])
def test_an_agency_is_credited(form: str, want: str) -> None:
    reading, cast = article(form.format(BODY))
    text = reading.document.text
    found = agency_credits(text, Media(text, cast, reading.document.outlet))
    assert "+".join(credit.medium.name.of(text) for credit in found if credit.medium.name) == want
    assert all(credit.evidence.of(text).strip() for credit in found)


def test_a_byline_is_found_at_the_head_and_at_the_foot() -> None:
    head, foot = f"By Jana Morrow\n\n{BODY}", f"{BODY}\n\nBy Jana Morrow and Tim Ask"
    assert [span.of(head) for span in bylines(head)] == ["Jana Morrow"]
    assert [span.of(foot) for span in bylines(foot)] == ["Jana Morrow and Tim Ask"]
    assert bylines(BODY) == ()
    assert bylines("") == ()


def test_a_long_line_of_capitals_takes_no_time() -> None:
    text = "A " * 30_000 + "(Norpress)"
    reading, cast = article(text)
    assert agency_credits(text, Media(text, cast, reading.document.outlet)) == ()

"""Is what somebody did told in the past tense of the cue's verb?"""

from __future__ import annotations

import pytest

from onrecord.record import SourceKind
from onrecord.resolve.route.acts import act_of


@pytest.mark.parametrize(
    ("cue", "kind", "want"),
    [
        ("said", "name", "said"),
        ("tells", "name", "told"),
        ("has repeatedly denied", "group", "denied"),
        ("writes", "name", "wrote"),
        ("tweeted", "name", "wrote"),
        ("According to", "name", "said"),
        ("according to", "document", "stated"),
        ("", "outlet", "reported"),
        ("It is known", "none", "reported"),
        ("was stated by", "name", "stated"),
        ("implies", "name", "implied"),
        ("believes", "pronoun", "believed"),
        (":", "name", "said"),
        ("announces", "name", "announced"),
    ],
)
def test_the_act_of_a_cue(cue: str, kind: SourceKind, want: str) -> None:
    assert act_of(cue, kind) == want

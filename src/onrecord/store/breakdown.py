"""How do the first hits of a search divide: by outlet, speaker, act, kind and time?"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from onrecord.store.actors import actors_now
from onrecord.store.nouns import Breakdown
from onrecord.store.speaking import ACT, ACTOR

NAMED = 8
"""Speakers that are named; of many hits nearly every one has a speaker of its own."""


def breakdown(connection: sqlite3.Connection, numbers: Sequence[int], *, whole: bool) -> Breakdown:
    """How these statements divide.

    Args:
        connection: The ledger.
        numbers: Their numbers.
        whole: Whether they are all that was found.
    """
    rows = connection.execute(
        f"SELECT o.statement_id, d.outlet, substr(d.published, 1, 7), o.kind, {ACTOR}, {ACT} "
        "FROM json_each(?) AS j CROSS JOIN last_observation AS o ON o.n = j.value "
        "CROSS JOIN document AS d ON d.id = o.document_id ORDER BY j.key",
        (json.dumps(numbers),),
    ).fetchall()
    ids, outlets, months, kinds, speakers, acts = zip(*rows, strict=True) if rows else [()] * 6
    counted = Counter(actor for actor in speakers if actor is not None).most_common()
    known = actors_now(connection, [actor for actor, _ in counted[:NAMED]])
    return Breakdown(
        statements=ids,
        whole=whole,
        outlets=tuple(Counter(each for each in outlets if each is not None).most_common()),
        months=tuple(sorted(Counter(each for each in months if each is not None).items(), reverse=True)),
        kinds=tuple(Counter(kinds).most_common()),
        acts=tuple(Counter(each for each in acts if each is not None).most_common()),
        actors=tuple((known[actor], n) for actor, n in counted[:NAMED]),
        n_actors=len(counted),
    )

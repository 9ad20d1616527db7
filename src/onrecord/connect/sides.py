"""For which state, party or body does a source stand?

Two statements of one ministry and its minister are not two independent accounts. The text says for whom somebody stands
where it introduces him: "Galdian Foreign Minister Nadir Rom", "Sofia Brandt, Delvia's ombudswoman".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from onrecord.connect.words import Token, name_key

_OFFICES = frozenset(
    """president vice-president premier chancellor minister secretary spokesman spokeswoman spokesperson ombudsman
    ombudswoman ambassador envoy general commander leader chief head governor mayor senator lawmaker deputy
    representative official officials diplomat adviser king queen prince director chairman chairwoman manager lawyer
    member minister's colonel captain admiral judge prosecutor coach founder owner executive
    negotiator delegate""".split()
)
_GENERIC = frozenset(
    """government ministry minister foreign defence defense interior finance justice infrastructure office party council
    security bank company agency court committee department service police army navy air force union association press
    national state states supreme high federal general parliament house senate cabinet president centre center
    coordination authority port board border guard television radio news affairs list telegram
    prime republic deputy vice acting former
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december of for the and""".split()
)
_BESIDE = 7
"""Words between a name and the office that introduces it."""

_NEAR = 3
"""Words between the office and those whose it is."""


def side_of_name(words: Collection[str]) -> frozenset[str]:
    """Which words of a body's name say whose it is? "Foreign Ministry of Kastria" gives "kastria"."""
    return frozenset(word for word in words if word not in _GENERIC and word not in _GENERIC_KEYS)


_GENERIC_KEYS = frozenset(map(name_key, _GENERIC))


def sides_of_people(
    words: Sequence[Token], people: Sequence[frozenset[str]], *, apart: frozenset[str] = frozenset()
) -> list[frozenset[str]]:
    """For whom does each of `people` stand, as far as the text introduces them?

    Args:
        words: The words of the document.
        people: The keys of each one's names.
        apart: Keys of names that are nobody's side: the outlet's.

    Returns:
        For each the key of one name, or nothing.
    """
    keys = [name_key(token.form) if token.name else "" for token in words]
    offices = [k for k, token in enumerate(words) if token.form in _OFFICES or token.stem in _OFFICES]
    counts = Counter(keys)
    ruled_out = _GENERIC_KEYS | _OFFICES | apart | frozenset(word for names in people for word in names)
    found = []
    for names in people:
        votes: Counter[str] = Counter()
        for office in offices:
            near = range(max(0, office - _BESIDE), min(len(words), office + _BESIDE + 1))
            if not any(keys[k] in names for k in near):
                continue
            for k in near:
                if keys[k] and keys[k] not in ruled_out and abs(k - office) <= _NEAR:
                    votes[keys[k]] += 1
        best = sorted(votes.items(), key=lambda vote: (-vote[1], -counts[vote[0]], vote[0]))[:1]
        found.append(frozenset(key for key, _ in best))
    return found

"""What every test may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from onrecord.store import Ledger

# A busy machine is slow now and then; a deadline would make that a failure.
# The same examples every time, so that a change is blamed for what it broke and for nothing else;
# ONRECORD_THOROUGH=1 looks for new ones.
settings.register_profile("onrecord", deadline=None, print_blob=True, max_examples=30, derandomize=True)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("thorough" if os.environ.get("ONRECORD_THOROUGH") else "onrecord")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data beside the checkout."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no shared data beside the checkout")
    return SHARED


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(tmp_path / "a.ledger", create=True) as opened:
        yield opened

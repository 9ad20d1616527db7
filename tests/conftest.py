"""What every test may use."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is slow now and then; a deadline would make that a failure.
settings.register_profile("onrecord", deadline=None, print_blob=True, max_examples=30)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("onrecord")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data beside the checkout."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no shared data beside the checkout")
    return SHARED

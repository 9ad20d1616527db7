"""Are the libraries of the extra ``onrecord[archive]`` there?"""

from __future__ import annotations

from importlib.util import find_spec

from onrecord.errors import UsageError


def need(*names: str, what: str) -> None:
    """Make sure of these libraries before any work is done.

    Args:
        names: As they are imported.
        what: What needs them, to begin the message with.

    Raises:
        UsageError: OR-003, one is not installed.
    """
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise UsageError(
            "OR-003",
            f"{what} needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed",
            hint="pip install 'onrecord[archive]'",
        )

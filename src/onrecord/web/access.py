"""Who may come in, and which request was made on our own pages?

An access token is known to us by its hash alone. A browser that showed the token gets a signed cookie instead of it,
and every form carries a mark that only our own pages know.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from pathlib import Path

from onrecord.errors import UsageError

SESSION = "onrecord_session"
"""The cookie that holds a visitor's signed session."""

SHORTEST_TOKEN = 16
_HASH = re.compile(r"[0-9a-f]{64}")


def token_hash(token: str) -> str:
    """What is kept of an access token: its sha256, hexadecimal.

    Raises:
        UsageError: OR-001, the token is shorter than 16 letters, so that it could be guessed.
    """
    if len(token) < SHORTEST_TOKEN:
        raise UsageError("OR-001", f"an access token needs at least {SHORTEST_TOKEN} letters")
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def kept_token(place: Path, *, renew: bool = False) -> tuple[str, str | None]:
    """The hash of the access token that is kept at `place`, and the token itself if it was made just now.

    Args:
        place: A file that holds nothing but the hash, readable for its owner alone; made if it is not there.
        renew: Whether to make a new token, after which the old one opens nothing.

    Raises:
        UsageError: OR-001, the file holds something else.
    """
    if place.exists() and not renew:
        kept = place.read_text("ascii", "replace").strip()
        if not _HASH.fullmatch(kept):
            raise UsageError("OR-001", f"{place} is not the hash of a token", hint="Make one with --new-token.")
        return kept, None
    token = secrets.token_urlsafe(32)
    made = token_hash(token)
    place.unlink(missing_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made + "\n")
    return made, token


class Sessions:
    """Signs sessions, and the marks that forms carry.

    Attributes:
        token: The hash of the access token; None if everybody who reaches us may come in.
    """

    def __init__(self, token: str | None) -> None:
        self.token = token
        # Made anew at every start: whoever came in before shows the token again.
        self._secret = secrets.token_bytes(32)

    def opens(self, token: str) -> bool:
        """Is this the access token?"""
        given = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
        return self.token is not None and hmac.compare_digest(given, self.token)

    def start(self, *, trusted: bool) -> str:
        """A new session, for the cookie.

        Args:
            trusted: Whether the visitor showed the token.
        """
        body = f"{'t' if trusted else 'v'}{secrets.token_hex(16)}"
        return f"{body}.{self._signed('session', body)}"

    def known(self, session: str | None) -> bool:
        """Did we make this session?"""
        body, _, signature = (session or "").partition(".")
        return bool(body) and _same(signature, self._signed("session", body))

    def trusted(self, session: str | None) -> bool:
        """May whoever has this session come in?"""
        return self.token is None or (self.known(session) and (session or "").startswith("t"))

    def mark(self, session: str) -> str:
        """What every form of this session carries."""
        return self._signed("form", session)

    def marked(self, session: str | None, mark: str) -> bool:
        """Was this form made for this session?"""
        return session is not None and self.known(session) and _same(mark, self.mark(session))

    def _signed(self, what: str, text: str) -> str:
        return hmac.new(self._secret, f"{what}:{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode("utf-8"))

"""Name rows by what they hold, so that reading a report twice changes nothing."""

from __future__ import annotations

import hashlib

_DIGITS = 16


def content_id(prefix: str, *parts: object) -> str:
    """Return a short stable identifier, e.g. `st_3f9a1c0b2d4e5f60`.

    Args:
        prefix: Two or three letters that tell what is named: doc, mn, en, ac,
            at, st, cl, pl, rv, run.
        *parts: What the thing is made of; equal parts give equal identifiers.

    Returns:
        The prefix, an underscore and 16 hexadecimal digits (64 bits: one
        collision is expected among about four thousand million rows).
    """
    # The unit separator cannot occur in canonical text, so ("ab", "c") and
    # ("a", "bc") stay apart.
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}_{hashlib.sha256(joined.encode()).hexdigest()[:_DIGITS]}"

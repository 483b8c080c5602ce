"""Where the record is when nobody says: the environment first, then the current folder."""

from __future__ import annotations

import os
from collections.abc import Mapping

RECORD_VARIABLE = "ONRECORD_RECORD"
DEFAULT_RECORD = "news.db"


def record_location(given: str | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Return the path or database URL of the record to use.

    Args:
        given: What the caller asked for; None or empty to look further.
        environment: Variables to look in; the process's own by default.

    Returns:
        `given`, else `ONRECORD_RECORD`, else `news.db` in the current folder.
    """
    variables = os.environ if environment is None else environment
    return given or variables.get(RECORD_VARIABLE) or DEFAULT_RECORD

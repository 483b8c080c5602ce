"""Read the forms of our own pages, and refuse those of others."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl

from starlette.requests import Request

from onrecord.errors import QueryError
from onrecord.show.nearest import did_you_mean
from onrecord.show.web.safety import CSRF_FIELD, LONGEST_BODY, is_own_form


class RefusedError(Exception):
    """A form that is not ours or too long.

    Attributes:
        status: Status code to answer with.
        words: What to say.
    """

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        self.words = words
        super().__init__(words)


async def read_form(
    request: Request, fields: Collection[str], *, several: Collection[str] = ()
) -> dict[str, str]:
    """Return the fields of a form without its secret.

    Args:
        request: The request that would write.
        fields: Fields the form may have.
        several: Those that may come more than once; their values are joined by commas.

    Raises:
        RefusedError: The form is not of one of our own pages, or too long.
        QueryError: It has a field that is not known.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise RefusedError(413, "Too long for a review.\n")
    form: dict[str, str] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        form[name] = f"{form[name]},{value}" if name in several and name in form else value
    if not is_own_form(request, form.pop(CSRF_FIELD, "")):
        raise RefusedError(
            403, "This form is not from this page, or cookies are off. Open the page again.\n"
        )
    for name in form:
        if name not in fields:
            raise QueryError(
                f"field {name[:60]!r}", "not one of this form", did_you_mean(name, fields)
            )
    return form

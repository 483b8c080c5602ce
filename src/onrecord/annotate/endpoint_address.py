"""Name a model behind an OpenAI-compatible endpoint: `openai:MODEL@URL`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from onrecord.errors import QueryError

_PREFIX = "openai:"
KEY_VARIABLE = "ONRECORD_API_KEY"
CHAT_PATH = "/chat/completions"
_WORD_FORM = "openai:MODEL@URL"
_EXAMPLE = "Try: --extractor openai:MODEL@http://localhost:8000/v1"
_WORD = re.compile(r"openai:(?P<model>.+)@(?P<url>[a-z][a-z0-9+.-]*:.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Which model to ask, and where.

    Attributes:
        model: Name of the model as the endpoint knows it.
        url: Base URL, without a slash at the end, e.g. "http://localhost:8000/v1".
    """

    model: str
    url: str

    def __post_init__(self) -> None:
        if not self.model.strip() or not self.model.isprintable():
            raise QueryError(
                "extractor", "names no model, or one with control characters", _EXAMPLE
            )
        reason = _fault_of(self.url)
        if reason:
            # The URL is not repeated: it may hold a password.
            raise QueryError(f"extractor openai:{self.model}", f"its URL {reason}", _EXAMPLE)
        object.__setattr__(self, "url", self.url.rstrip("/").removesuffix(CHAT_PATH))

    @classmethod
    def parse(cls, word: str) -> Self:
        """Return the address that `openai:MODEL@URL` names.

        Raises:
            QueryError: The word has another form, or the URL cannot be asked.
        """
        match = _WORD.fullmatch(word.strip())
        if match is None:
            raise QueryError("extractor openai", f"not of the form {_WORD_FORM}", _EXAMPLE)
        return cls(match["model"], match["url"])

    @property
    def host(self) -> str:
        """Name of the host, with its port where the URL gives one."""
        return urlsplit(self.url).netloc

    @property
    def is_here(self) -> bool:
        """Whether the host is this machine."""
        name = urlsplit(self.url).hostname or ""
        return name in {"localhost", "::1"} or re.fullmatch(r"127(\.\d+){3}", name) is not None

    @property
    def is_open(self) -> bool:
        """Whether others on the way could read along."""
        return self.url.lower().startswith("http:") and not self.is_here


def address_in(name: str) -> Address | None:
    """Return where extractor `name` sends texts, None when they stay on this machine.

    Raises:
        QueryError: It should name an endpoint and does not.
    """
    return Address.parse(name) if name.lower().startswith(_PREFIX) else None


def _fault_of(url: str) -> str:
    """Return what is wrong with a base URL, empty when nothing is."""
    if not url.isascii() or not url.isprintable() or " " in url:
        return "holds characters that no URL has"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "is malformed"
    if parts.scheme not in ("http", "https"):
        return "is neither http nor https"
    if not parts.hostname:
        return "names no host"
    if "@" in parts.netloc:
        return f"holds a name or password. Put the key into {KEY_VARIABLE} instead"
    if parts.query or parts.fragment:
        return "has a query or fragment, where a base URL ends with its path"
    return ""

"""Know the names under which tables and file heads give text, title, outlet, author and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.errors import QueryError

Field = Literal["text", "title", "publisher", "author", "published", "url"]

SYNONYMS: Mapping[Field, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "maintext", "main_text", "full_text", "fulltext",
        "articlebody", "article_text", "article_body", "story", "raw_text", "content_text",
    ),
    "title": ("title", "headline", "heading", "article_title", "name"),
    "publisher": (
        "publisher", "source", "outlet", "publication", "sitename", "site_name", "newspaper",
        "media", "source_name", "source_domain", "provider", "domain",
    ),
    "author": ("author", "authors", "byline", "by", "creator", "writer", "reporter"),
    "published": (
        "published", "date", "date_publish", "published_at", "publish_date", "publication_date",
        "pubdate", "date_published", "publishedat", "datepublished", "published_date",
        "article_date", "story_date", "date_time", "datetime", "timestamp", "time", "created",
    ),
    "url": ("url", "link", "uri", "href", "permalink", "source_url", "web_url", "article_url"),
}  # fmt: skip
"""Names tried for each field, in this order, without regard to case, spaces and hyphens."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what.

    Attributes:
        named: Field to column name, as the user says; the other fields go by `SYNONYMS`.
    """

    named: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.named:
            if name not in SYNONYMS:
                raise QueryError(
                    f"column {name!r}", "no such field", f"Use one of: {', '.join(SYNONYMS)}."
                )

    def find(self, wanted: Field, names: Iterable[str]) -> str | None:
        """Return which of `names` holds the field `wanted`, or None."""
        by_key = {_key(name): name for name in reversed(list(names))}
        tried = (self.named[wanted],) if wanted in self.named else SYNONYMS[wanted]
        return next((by_key[_key(name)] for name in tried if _key(name) in by_key), None)

    def value_of(self, wanted: Field, row: Mapping[str, object]) -> object:
        """Return the value of the field `wanted` in `row`; None if it has none."""
        names = [name for name, value in row.items() if value not in (None, "", [])]
        name = self.find(wanted, names)
        return None if name is None else row[name]

    def text_of(self, wanted: Field, row: Mapping[str, object]) -> str:
        """Return the field `wanted` of `row` as text; empty if it has none.

        Lists are joined by commas; of an object its name or title is taken.
        """
        return _as_text(self.value_of(wanted, row))


def _as_text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_as_text, value)))
    if isinstance(value, dict):
        named = (value.get(key) for key in ("name", "title", "text", "value", "id"))
        return next((_as_text(found) for found in named if found), "")
    text = str(value).strip()
    return "" if text.lower() in ("none", "null", "nan") else text


def _key(name: str) -> str:
    return name.strip().lstrip("\ufeff").casefold().replace(" ", "_").replace("-", "_")

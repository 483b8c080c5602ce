"""Identities that people bring from lists of their own; they win over what is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.model.actor import ActorKind


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor was, and when.

    Attributes:
        country: ISO 3166 alpha-3, empty if none.
        sector: PLOVER codes joined by a comma, empty if none.
        since: First day, None if open.
        until: Last day, None if open.
    """

    country: str = ""
    sector: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One identity of a list.

    Attributes:
        scheme: Which list or kind of identifier, e.g. "ftm", "phoenix".
        identifier: Its identifier there.
        names: All names, the usual one first; at least one.
        kind: What it is.
        roles: What it was, oldest first; the last one is its country and sector now.
        external_ids: Further `(scheme, identifier)` pairs, e.g. `("wikidata", "Q42")`.
    """

    scheme: str
    identifier: str
    names: tuple[str, ...]
    kind: ActorKind
    roles: tuple[Role, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()

    @property
    def known_id(self) -> str:
        """Scheme and identifier in one word."""
        return f"{self.scheme}:{self.identifier}"

    @property
    def country(self) -> str:
        """Country of the last role, empty if none."""
        return self.roles[-1].country if self.roles else ""

    @property
    def sector(self) -> str:
        """Sector of the last role, empty if none."""
        return self.roles[-1].sector if self.roles else ""

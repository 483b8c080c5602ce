"""Find the profiles of a record by id and key, and what reports tell around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from onrecord.resolve.profiles import Profile, keys_of
from onrecord.resolve.surroundings import Surroundings


class Index(Protocol):
    """The profiles of a record, found by id and key."""

    def profiles(self, ids: Collection[str]) -> Mapping[str, Profile]:
        """Return the profiles of these ids that there are."""

    def sharing(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Return the ids of the profiles that have each key, in order."""

    def neighbours(self, profile_id: str) -> frozenset[str]:
        """Return the profiles that reports mention together with one."""

    def surroundings(self, ids: Collection[str]) -> Mapping[str, Surroundings]:
        """Return the sectors and relations that reports tell of these profiles, as far as any."""


Neighbours = Callable[[str], frozenset[str]]
SurroundingsOf = Callable[[Collection[str]], Mapping[str, Surroundings]]


class MemoryIndex:
    """Profiles kept in memory.

    Args:
        profiles: All profiles.
        neighbours: Profiles that reports mention together with one.
        surroundings: Sectors and relations of profiles.
    """

    def __init__(
        self,
        profiles: Iterable[Profile],
        neighbours: Neighbours | None = None,
        surroundings: SurroundingsOf | None = None,
    ) -> None:
        self._surroundings = surroundings
        self._profiles = {profile.profile_id: profile for profile in profiles}
        self._neighbours = neighbours
        self._sharing: dict[str, list[str]] = defaultdict(list)
        for profile_id in sorted(self._profiles):
            for key in keys_of(self._profiles[profile_id]):
                self._sharing[key].append(profile_id)

    def profiles(self, ids: Collection[str]) -> Mapping[str, Profile]:
        return {i: self._profiles[i] for i in ids if i in self._profiles}

    def sharing(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        return {key: self._sharing[key] for key in keys if key in self._sharing}

    def neighbours(self, profile_id: str) -> frozenset[str]:
        return self._neighbours(profile_id) if self._neighbours is not None else frozenset()

    def surroundings(self, ids: Collection[str]) -> Mapping[str, Surroundings]:
        return self._surroundings(ids) if self._surroundings is not None else {}

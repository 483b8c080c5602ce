"""Put profiles together link by link, and refuse what would join two that rule each other out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from onrecord.resolve.evidence import Link, compare_profiles
from onrecord.resolve.profiles import Profile


class Joined:
    """Profiles put together so far, and what must stay apart."""

    def __init__(
        self, profiles: Mapping[str, Profile], links: Mapping[tuple[str, str], Link]
    ) -> None:
        self.profiles = profiles
        self._found: dict[tuple[str, str], Link | None] = dict(links)
        self.roots = {i: i for i in profiles}
        self.members: dict[str, list[str]] = {i: [i] for i in profiles}
        self.why: dict[str, Link] = {}
        self.forbidden: dict[str, set[str]] = defaultdict(set)
        self.reviewed: set[tuple[str, str]] = set()

    def root(self, profile_id: str) -> str:
        """Return the profile that stands for all it is together with."""
        while self.roots[profile_id] != profile_id:
            self.roots[profile_id] = self.roots[self.roots[profile_id]]
            profile_id = self.roots[profile_id]
        return profile_id

    def forbid(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep the two of each pair apart for good."""
        for one, other in pairs:
            self.forbidden[one].add(other)
            self.forbidden[other].add(one)

    def join(self, link: Link) -> None:
        """Put the two ends of a link together, with all they are together with."""
        one, other = sorted((self.root(link.one), self.root(link.other)))
        if one == other:
            return
        self.roots[other] = one
        self.members[one] += self.members.pop(other)
        self.why.setdefault(link.other if link.other not in self.why else link.one, link)

    def may_join(self, link: Link) -> bool:
        """Return whether nobody on one end of a link is ruled out by somebody on the other."""
        one, other = self.root(link.one), self.root(link.other)
        if one == other:
            return False
        told = link.how in {"alias", "list"}
        left, right = self.members[one], self.members[other]
        for a in left:
            for b in right:
                if b in self.forbidden[a]:
                    return False
                if {a, b} != {link.one, link.other} and self._apart(a, b, told=told):
                    return False
                known = self.profiles[a].known, self.profiles[b].known
                if all(known) and known[0] != known[1]:
                    return False
        return True

    def _apart(self, a: str, b: str, *, told: bool) -> bool:
        """Return whether two profiles rule each other out by their names."""
        p, q = self.profiles[a], self.profiles[b]
        if "surname" in {p.sort, q.sort} or p.sort != q.sort:
            return False
        pair = (min(a, b), max(a, b))
        if pair not in self._found:
            self._found[pair] = compare_profiles(p, q)
        found = self._found[pair]
        if found is None or not found.decision.apart:
            return False
        # An alias brings together names that are nothing alike, but not namesakes.
        return not (told and p.sort == "person" and found.decision.score <= 0.05)

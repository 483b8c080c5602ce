"""Find out whom "the two governments", "the three leaders" or a family's name mean.

A collective is an actor of its own: what the two governments signed neither of
them signed alone. Its members are kept beside it, never merged with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from onrecord.model.annotation import Annotations, Mention, MentionKind
from onrecord.model.document import Document
from onrecord.resolve.entities import Cluster
from onrecord.resolve.names import words_of

_NUMBERS = {"two": 2, "both": 2, "pair": 2, "three": 3, "four": 4, "five": 5}
_NATIONS: frozenset[MentionKind] = frozenset({"country", "government"})
_BODIES: frozenset[MentionKind] = frozenset(
    {"organisation", "armed_group", "media", "company", "government", "other"}
)
_PERSONS: frozenset[MentionKind] = frozenset({"person"})
_KINDS: dict[str, frozenset[MentionKind]] = {
    noun: kinds
    for nouns, kinds in (
        ("governments countries nations states capitals neighbours neighbors powers militaries"
         " armies republics kingdoms", _NATIONS),
        ("sides allies rivals enemies partners", _NATIONS | _BODIES),
        ("leaders presidents men women ministers premiers officials politicians candidates brothers"
         " sisters diplomats generals commanders lawmakers senators suspects players executives"
         " envoys friends actors", _PERSONS),
        ("groups movements parties militias organisations organizations companies firms teams"
         " agencies factions airlines banks clubs newspapers papers unions carriers", _BODIES),
    )
    for noun in nouns.split()
}  # fmt: skip
_LOOK_BACK = 2
# "and" or a comma between two names of one list.
_JOINED = re.compile(r"(?:['’]s)?(?:,|,? and|,? or) (?:the |its |[A-Z][\w.]+ ){0,4}")


def find_collectives(
    document: Document,
    annotations: Annotations,
    clusters: Sequence[Cluster],
    cluster_of: Mapping[int, int],
) -> dict[int, tuple[int, ...]]:
    """Return the members of collectives, as far as the report named them before.

    Args:
        document: The document.
        annotations: Its annotations.
        clusters: Its mentions, gathered.
        cluster_of: Index of a mention -> number of its cluster.

    Returns:
        Number of a cluster -> numbers of the clusters that are its members, in order of text.
    """
    return _Reader(document, annotations, clusters, cluster_of).read()


class _Reader:
    def __init__(
        self,
        document: Document,
        annotations: Annotations,
        clusters: Sequence[Cluster],
        cluster_of: Mapping[int, int],
    ) -> None:
        self.text = document.text
        self.mentions = annotations.mentions
        self.clusters = clusters
        self.cluster_of = cluster_of
        self._starts = [s.span.start for s in annotations.sentences]
        self._order = sorted(cluster_of, key=lambda i: self.mentions[i].span)

    def read(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for place, index in enumerate(self._order):
            number = self.cluster_of[index]
            if number in found:
                continue
            if self.clusters[number].family:
                members = self._bearers(self.clusters[number].family)
            else:
                members = self._members(index, place)
            if len(members) > 1 and number not in members:
                found[number] = members
        return found

    def _bearers(self, family: str) -> tuple[int, ...]:
        """Return those in the document who bear the surname of a family."""
        surnames = {family.lower()[:-1], family.lower().removesuffix("es")}
        return tuple(
            number for number, cluster in enumerate(self.clusters)
            if "person" in cluster.kinds
            and any(len(words_of(n)) > 1 and words_of(n)[-1] in surnames for n in cluster.names)
        )  # fmt: skip

    def _members(self, index: int, place: int) -> tuple[int, ...]:
        mention = self.mentions[index]
        if mention.form != "nominal":
            return ()
        words = self.text[mention.span.start : mention.span.end].lower().split()
        kinds = _KINDS.get(words[-1])
        number = next((_NUMBERS[word] for word in words[:-1] if word in _NUMBERS), 0)
        if number == 0 and self.text[: mention.span.start].lower().endswith("both "):
            number = 2
        definite = words[0] in {"the", "both", "these", "those"} or number == 2
        if kinds is None or not definite or len(words) > 4 or " of " in " ".join(words):
            return ()
        if number == 0 and len(words) > 2:
            # "The Ruritanian militias" are those of Ruritania, whoever was named before.
            return ()
        before = self._before(mention, place, kinds)
        listed = self._listed(before)
        if number == 0:
            return tuple(self.cluster_of[i] for i in listed)
        if len(listed) == number:
            return tuple(self.cluster_of[i] for i in listed)
        distinct = list(dict.fromkeys(self.cluster_of[i] for i in before))
        # With more than so many at hand nothing tells which are meant.
        return tuple(distinct) if len(distinct) == number else ()

    def _before(self, mention: Mention, place: int, kinds: frozenset[MentionKind]) -> list[int]:
        here = self._sentence(mention)
        return [
            i for i in self._order[:place]
            if here - self._sentence(self.mentions[i]) <= _LOOK_BACK
            and self.mentions[i].span.end <= mention.span.start
            and self.mentions[i].form == "name"
            and self._kind(i) & kinds
        ]  # fmt: skip

    def _kind(self, index: int) -> set[MentionKind]:
        cluster = self.clusters[self.cluster_of[index]]
        if cluster.key is not None:
            return {kind for kind in _NATIONS if kind == cluster.key[0]}
        return set(cluster.kinds)

    def _sentence(self, mention: Mention) -> int:
        return bisect_right(self._starts, mention.span.start) - 1

    def _listed(self, before: Sequence[int]) -> list[int]:
        """Return the last list of different names: "A, B and C"."""
        listed: list[int] = []
        for index in reversed(before):
            if not listed:
                listed = [index]
                continue
            between = self.text[self.mentions[index].head.end : self.mentions[listed[0]].head.start]
            if _JOINED.fullmatch(between) and self.cluster_of[index] not in {
                self.cluster_of[i] for i in listed
            }:
                listed.insert(0, index)
            elif len(listed) > 1:
                break
            else:
                listed = [index]
        return listed if len(listed) > 1 else []

"""Describe the entities of a document: name, kind, country, sector, other names, titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from onrecord.annotate.knowledge import (
    country_told,
    known_body,
    sector_of,
    title_sector,
    usual_name,
)
from onrecord.model.actor import ActorKind, Alias, AliasHow, Entity
from onrecord.model.annotation import Annotations, Mention, MentionKind
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.span import Span
from onrecord.resolve.names import acronym_fits, is_acronym, words_of
from onrecord.resolve.national import country_of_nation, without_article


@dataclass(slots=True)
class Cluster:
    """Mentions taken for one thing.

    Attributes:
        members: Indices of mentions.
        names: Names as written -> what ties each.
        kinds: What its mentions are taken for.
        key: The nation and its part, see `national_key`; None for all else.
        gender: What "Mr." or "Mrs." tells, else empty.
        family: The plural of a surname ("Quills") if they name a family, else empty.
    """

    members: list[int] = field(default_factory=list)
    names: dict[str, AliasHow] = field(default_factory=dict)
    kinds: Counter[MentionKind] = field(default_factory=Counter)
    key: tuple[str, str] | None = None
    gender: str = ""
    family: str = ""


def describe_entities(
    document: Document,
    annotations: Annotations,
    clusters: Sequence[Cluster],
    told: Mapping[int, Sequence[str]],
    members: Mapping[int, Sequence[int]],
) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """Return an entity for each cluster that has mentions, and the entity of each mention.

    Args:
        document: The document.
        annotations: Its annotations.
        clusters: Its mentions, gathered.
        told: Number of a cluster -> countries that relations tell of it.
        members: Number of a collective's cluster -> numbers of its members' clusters.
    """
    entities, entity_of = _Describing(document, annotations, clusters, told).describe()
    ids = {
        number: entity_of[cluster.members[0]]
        for number, cluster in enumerate(clusters) if cluster.members
    }  # fmt: skip
    linked = {ids[n]: tuple(ids[m] for m in some) for n, some in members.items() if n in ids}
    return (
        tuple(replace(e, members=linked.get(e.entity_id, ())) for e in entities),
        entity_of,
    )


class _Describing:
    def __init__(
        self,
        document: Document,
        annotations: Annotations,
        clusters: Sequence[Cluster],
        told: Mapping[int, Sequence[str]],
    ) -> None:
        self.document = document
        self.text = document.text
        self.mentions = annotations.mentions
        self.clusters = clusters
        self.told = told

    def written(self, mention: Mention) -> str:
        return self.text[mention.head.start : mention.head.end]

    def describe(self) -> tuple[tuple[Entity, ...], dict[int, str]]:
        found: list[tuple[Span, Entity]] = []
        entity_of: dict[int, str] = {}
        for number, cluster in enumerate(self.clusters):
            if not cluster.members:
                continue
            members = sorted(cluster.members, key=lambda i: self.mentions[i].span)
            entity = self._entity(cluster, members, self.told.get(number, ()))
            found.append((self.mentions[members[0]].span, entity))
            for index in members:
                entity_of[index] = entity.entity_id
        ordered = tuple(entity for _, entity in sorted(found, key=lambda pair: pair[0]))
        return ordered, entity_of

    def _entity(self, cluster: Cluster, members: list[int], told: Sequence[str]) -> Entity:
        first = self.mentions[members[0]]
        kind = cast(ActorKind, _kind(cluster))
        name = self._name(cluster, members, kind)
        titles = self._titles(members)
        country = self._country(cluster, members, kind) or (told[0] if told else "")
        return Entity(
            entity_id=content_id(
                "en", self.document.document_id, first.span.start, first.span.end, first.kind
            ),
            document_id=self.document.document_id,
            name=name,
            kind=kind,
            named=bool(cluster.names),
            country=country,
            sector=self._sector(cluster, members, kind, titles),
            aliases=self._aliases(cluster, members, name),
            titles=titles,
        )

    def _name(self, cluster: Cluster, members: list[int], kind: str) -> str:
        if not cluster.names:
            mention = next(
                (self.mentions[i] for i in members if self.mentions[i].form == "nominal"),
                self.mentions[members[0]],
            )
            return self.text[mention.span.start : mention.span.end]
        if cluster.key is not None:
            counts = Counter(
                without_article(self.written(self.mentions[i]))
                for i in members if self.mentions[i].form == "name"
            )  # fmt: skip
            usual = usual_name(cluster.key[1]) if cluster.key[0] == "country" else ""
            return max(counts, key=lambda n: (n == usual, not is_acronym(n), counts[n], len(n)))
        counts = Counter(
            without_article(self.written(self.mentions[i]))
            for i in members if self.written(self.mentions[i]) in cluster.names
        )  # fmt: skip
        return max(
            counts,
            key=lambda n: (not _is_glued(n, counts), len(words_of(n)), not n.isupper(), len(n)),
        )

    def _aliases(self, cluster: Cluster, members: list[int], name: str) -> tuple[Alias, ...]:
        aliases: dict[str, Alias] = {}
        for index in members:
            mention = self.mentions[index]
            if mention.form != "name":
                continue
            written = self.written(mention)
            how = cluster.names.get(written, "spelling")
            if how == "spelling" and is_acronym(written) and acronym_fits(written, name):
                how = "acronym"
            elif how == "spelling" and cluster.key is not None and written != name:
                how = "curated"
            aliases.setdefault(written, Alias(written, how, mention.head))
        return tuple(aliases.values())

    def _titles(self, members: list[int]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for index in members:
            for title in self.mentions[index].titles:
                found.setdefault(self.text[title.start : title.end])
        return tuple(found)

    def _country(self, cluster: Cluster, members: list[int], kind: str) -> str:
        if cluster.key is not None:
            return country_of_nation(cluster.key[1])
        for name in cluster.names:
            body = known_body(without_article(name))
            if body is not None:
                return body.country
        for index in members:
            mention = self.mentions[index]
            if mention.form == "pronoun":
                continue
            words = [self.text[mention.span.start : mention.span.end]]
            if kind == "person" and mention.form == "name":
                # A person's own name may hold a country ("Jordan"); only titles tell.
                words = [self.text[title.start : title.end] for title in mention.titles]
            country = next((told for said in words if (told := country_told(said))), "")
            if country:
                return country
        return ""

    def _sector(
        self, cluster: Cluster, members: list[int], kind: str, titles: tuple[str, ...]
    ) -> str:
        if kind == "government":
            return "GOV"
        if kind == "country":
            return ""
        codes: dict[str, None] = {}
        for title in titles:
            code = title_sector(title) or ""
            if code:
                codes.setdefault(code)
        for index in members:
            mention = self.mentions[index]
            if mention.form == "pronoun":
                continue
            phrase = self.text[mention.span.start : mention.span.end]
            code = sector_of(phrase, mention.kind)
            for part in code.split(","):
                # Words for anybody ("man") add nothing to a known office.
                if part and (part != "CVL" or not codes):
                    codes.setdefault(part)
        if len(codes) > 1 or kind == "armed_group":
            codes.pop("CVL", None)
        if kind == "armed_group" and not codes:
            # "The group" tells nothing of a body that carries arms.
            return "UAF"
        return ",".join(list(codes)[:2])


def _is_glued(name: str, counts: Counter[str]) -> bool:
    """Return whether a name only adds words to one of several words that is used more often."""
    words = name.split()
    return any(
        counts[other] >= 2 * counts[name]
        and 1 < len(other.split()) < len(words)
        and other.split() in (words[-len(other.split()) :], words[: len(other.split())])
        for other in counts
    )


def _kind(cluster: Cluster) -> MentionKind:
    if not cluster.kinds:
        return "other"
    # "organisation" is what a name is called for want of better.
    return max(cluster.kinds, key=lambda k: (cluster.kinds[k], k != "organisation", k != "other"))

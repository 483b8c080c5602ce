"""Gather the mentions of a document into entities: who is who, and by which names.

Full names go first, short names to the most recent full name they fit, then
aliases that the text itself ties ("also known as", brackets), at last pronouns
and nominals. A country, its government, its capital used for the government,
its army and its people stay different entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from onrecord.annotate.knowledge import (
    capital_country,
    country_of,
    demonym_country,
    government_seat,
    is_adjective_of_people,
    known_body,
    people_of,
    sector_of,
    title_sector,
)
from onrecord.model.actor import ActorKind, Alias, AliasHow, Entity
from onrecord.model.annotation import Annotations, Mention, MentionKind
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.span import Span
from onrecord.resolve.names import Decision, acronym_fits, is_acronym, same_name, words_of
from onrecord.resolve.pronouns import find_antecedents

_BODIES: frozenset[MentionKind] = frozenset(
    {"organisation", "armed_group", "media", "company", "government", "other"}
)
_GOVERNMENT_WORDS = frozenset({"government", "regime", "administration", "state", "authorities"})
_ARTICLES = ("the ", "The ", "THE ")


@dataclass(slots=True)
class _Cluster:
    """Mentions taken for one thing so far."""

    members: list[int] = field(default_factory=list)
    names: dict[str, AliasHow] = field(default_factory=dict)
    kinds: Counter[MentionKind] = field(default_factory=Counter)
    key: tuple[str, str] | None = None


def find_entities(
    document: Document, annotations: Annotations
) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """Return the entities of a document and the entity of each mention.

    Args:
        document: The document.
        annotations: Its annotations.

    Returns:
        Entities in order of first mention, and mention index -> `entity_id`.
        Places and pronouns that fit nothing have no entity.
    """
    gathering = _Gathering(document, annotations)
    gathering.gather_names()
    gathering.join_aliases()
    gathering.gather_rest()
    return gathering.entities()


class _Gathering:
    """The clusters of one document while its mentions are read."""

    def __init__(self, document: Document, annotations: Annotations) -> None:
        self.document = document
        self.text = document.text
        self.annotations = annotations
        self.mentions = annotations.mentions
        self.clusters: list[_Cluster] = []
        self.cluster_of: dict[int, int] = {}

    def written(self, mention: Mention) -> str:
        return self.text[mention.head.start : mention.head.end]

    # --- names ---

    def gather_names(self) -> None:
        named = [
            i for i in sorted(range(len(self.mentions)), key=lambda i: self.mentions[i].span)
            if self.mentions[i].form == "name" and self.mentions[i].kind != "place"
        ]  # fmt: skip
        later = []
        for index in named:
            mention = self.mentions[index]
            key = self._adjective_key(mention) or national_key(self.written(mention), mention.kind)
            if key is not None:
                self._add(self._with_key(key), index, "spelling")
            elif len(words_of(self.written(mention))) > 1 and not is_acronym(self.written(mention)):
                self._add(self._best(index), index, "spelling")
            else:
                later.append(index)
        for index in later:
            how: AliasHow = (
                "acronym" if is_acronym(self.written(self.mentions[index])) else "spelling"
            )
            self._add(self._best(index), index, how)

    def _adjective_key(self, mention: Mention) -> tuple[str, str] | None:
        """Return the country of an adjective ("Ruritanian-backed"), None for a people."""
        written = self.written(mention)
        if mention.kind != "people" or not is_adjective_of_people(written):
            return None
        if written.endswith("s") and not demonym_country(written):
            return None
        start = mention.head.start
        country = demonym_country(written)
        with_article = self.text[max(0, start - 4) : start].lower() == "the "
        attributive = self.text[mention.head.end : mention.head.end + 2].strip(" ").isalpha()
        hyphenated = self.text[mention.head.end : mention.head.end + 1] == "-"
        if (
            country
            and not written.endswith("ns")
            and (hyphenated or (attributive and not with_article))
        ):
            return ("country", country)
        return None

    def _with_key(self, key: tuple[str, str]) -> int:
        for number, cluster in enumerate(self.clusters):
            if cluster.key == key:
                return number
        self.clusters.append(_Cluster(key=key))
        return len(self.clusters) - 1

    def _add(self, number: int | None, index: int, how: AliasHow) -> None:
        if number is None:
            self.clusters.append(_Cluster())
            number = len(self.clusters) - 1
        cluster = self.clusters[number]
        mention = self.mentions[index]
        cluster.members.append(index)
        self.cluster_of[index] = number
        if mention.form == "name":
            cluster.names.setdefault(self.written(mention), how)
            if "person" not in cluster.kinds or mention.kind == "person":
                cluster.kinds[mention.kind] += 1

    def _best(self, index: int) -> int | None:
        """Return the cluster whose names fit best, the most recent of equals."""
        mention = self.mentions[index]
        name = self.written(mention)
        best, best_rank = None, (0.0, 0.0)
        guessed = self._is_guess(mention)
        for number, cluster in enumerate(self.clusters):
            if cluster.key is not None or not cluster.names:
                continue
            if not _compatible(mention.kind, cluster.kinds) and not (
                guessed and "person" in cluster.kinds
            ):
                continue
            kind = "person" if "person" in cluster.kinds else "organisation"
            decision = self._fit(name, cluster.names, kind)
            if not decision.same:
                continue
            rank = (round(decision.score, 1), -float(self._distance(cluster, mention)))
            if best is None or rank > best_rank:
                best, best_rank = number, rank
        return best

    def _is_guess(self, mention: Mention) -> bool:
        """Return whether only shape made a single word an organisation: it may be a surname."""
        written = self.written(mention)
        return (
            mention.kind in {"organisation", "other"}
            and len(words_of(written)) == 1
            and not is_acronym(written)
            and known_body(_without_article(written)) is None
        )

    @staticmethod
    def _fit(name: str, names: Iterable[str], kind: str) -> Decision:
        """Return the best decision, unless a longer name of the cluster rules the name out."""
        decisions = [(same_name(name, other, kind), other) for other in names]
        if kind == "person" and any(
            len(words_of(other)) > 1 and len(words_of(name)) > 1 and decision.score < 0.3
            for decision, other in decisions
        ):
            return Decision(0.0, ("another person of that surname",))
        return max((d for d, _ in decisions), key=lambda d: d.score)

    def _distance(self, cluster: _Cluster, mention: Mention) -> int:
        before = [
            mention.span.start - self.mentions[i].span.start
            for i in cluster.members
            if self.mentions[i].span.start < mention.span.start
        ]
        if before:
            return min(before)
        # A headline names people before the story introduces them in full.
        return len(self.text) + min(self.mentions[i].span.start for i in cluster.members)

    # --- aliases told by the text ---

    def join_aliases(self) -> None:
        for relation in self.annotations.relations:
            if relation.type != "also_known_as" or relation.factuality != "asserted":
                continue
            one = self._named_at(relation.subject)
            other = self._named_at(relation.object)
            if one is None or other is None:
                continue
            alias = self.text[relation.object.start : relation.object.end]
            first = self.clusters[self.cluster_of[one]]
            second = self.clusters[self.cluster_of[other]]
            if first is second or not _may_share(first, second):
                continue
            how: AliasHow = "acronym" if is_acronym(alias) else "apposition"
            self._merge(self.cluster_of[one], self.cluster_of[other], how)

    def _named_at(self, span: Span) -> int | None:
        fitting = [
            i for i in self.cluster_of
            if self.mentions[i].head == span or span.contains(self.mentions[i].head)
        ]  # fmt: skip
        return max(fitting, key=lambda i: len(self.mentions[i].head), default=None)

    def _merge(self, kept: int, gone: int, how: AliasHow) -> None:
        target, source = self.clusters[kept], self.clusters[gone]
        target.members += source.members
        for name in source.names:
            target.names.setdefault(name, how)
        target.kinds += source.kinds
        target.key = target.key or source.key
        for index in source.members:
            self.cluster_of[index] = kept
        self.clusters[gone] = _Cluster()

    # --- pronouns and nominals ---

    def gather_rest(self) -> None:
        antecedents = find_antecedents(self.document, self.annotations, self.cluster_of)
        order = sorted(range(len(self.mentions)), key=lambda i: self.mentions[i].span)
        # Longest noun phrases of one wording are taken for one thing ("the gunmen").
        unnamed: dict[tuple[MentionKind, str], int] = {}
        for index in order:
            mention = self.mentions[index]
            if mention.form == "name" or mention.kind == "place":
                continue
            antecedent = antecedents.get(index)
            if antecedent is not None and antecedent in self.cluster_of:
                self._add(self.cluster_of[antecedent], index, "apposition")
                continue
            if mention.form == "pronoun":
                continue
            phrase = self.text[mention.span.start : mention.span.end]
            nation = national_key(phrase, mention.kind)
            if nation is not None:
                self._add(self._with_key(nation), index, "spelling")
                self.clusters[self.cluster_of[index]].kinds[mention.kind] += 1
                continue
            key = (mention.kind, phrase.lower())
            number = unnamed.get(key) if phrase.lower().startswith("the ") else None
            self._add(number, index, "apposition")
            self.clusters[self.cluster_of[index]].kinds[mention.kind] += 1
            unnamed.setdefault(key, self.cluster_of[index])

    # --- entities ---

    def entities(self) -> tuple[tuple[Entity, ...], dict[int, str]]:
        found: list[tuple[Span, Entity]] = []
        entity_of: dict[int, str] = {}
        countries = self._countries_told()
        for number, cluster in enumerate(self.clusters):
            if not cluster.members:
                continue
            members = sorted(cluster.members, key=lambda i: self.mentions[i].span)
            entity = self._entity(cluster, members, countries[number])
            found.append((self.mentions[members[0]].span, entity))
            for index in members:
                entity_of[index] = entity.entity_id
        ordered = tuple(entity for _, entity in sorted(found, key=lambda pair: pair[0]))
        return ordered, entity_of

    def _countries_told(self) -> dict[int, list[str]]:
        """Return countries that relations tell of clusters ("Ruritanian President X")."""
        told: dict[int, list[str]] = defaultdict(list)
        for relation in self.annotations.relations:
            if relation.type not in {"leads", "member_of", "part_of"}:
                continue
            written = self.text[relation.object.start : relation.object.end]
            country = country_of(written) or demonym_country(written)
            subject = self._named_at(relation.subject)
            if country and subject is not None:
                told[self.cluster_of[subject]].append(country)
        return told

    def _entity(self, cluster: _Cluster, members: list[int], told: list[str]) -> Entity:
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

    def _name(self, cluster: _Cluster, members: list[int], kind: str) -> str:
        if not cluster.names:
            mention = next(
                (self.mentions[i] for i in members if self.mentions[i].form == "nominal"),
                self.mentions[members[0]],
            )
            return self.text[mention.span.start : mention.span.end]
        if cluster.key is not None:
            counts = Counter(
                _without_article(self.written(self.mentions[i]))
                for i in members if self.mentions[i].form == "name"
            )  # fmt: skip
            return max(counts, key=lambda n: (not is_acronym(n), counts[n], len(n)))
        return max(
            (_without_article(n) for n in cluster.names),
            key=lambda n: (len(words_of(n)), not n.isupper(), len(n)),
        )

    def _aliases(self, cluster: _Cluster, members: list[int], name: str) -> tuple[Alias, ...]:
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

    def _country(self, cluster: _Cluster, members: list[int], kind: str) -> str:
        if cluster.key is not None:
            return cluster.key[1]
        for name in cluster.names:
            body = known_body(_without_article(name))
            if body is not None and body.country:
                return body.country
        for index in members:
            mention = self.mentions[index]
            if mention.form == "pronoun":
                continue
            span = mention.span
            words = self.text[span.start : span.end].replace("’s", "").replace("'s", "").split()
            if kind == "person":
                # A person's own name may hold a country ("Jordan"); only titles tell.
                inside = [self.text[t.start : t.end] for t in mention.titles]
                words = [w for title in inside for w in title.split()]
                if mention.form == "nominal":
                    words = self.text[span.start : span.end].split()
            for word in words:
                country = demonym_country(word) or country_of(word)
                if country:
                    return country
        return ""

    def _sector(
        self, cluster: _Cluster, members: list[int], kind: str, titles: tuple[str, ...]
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
        if len(codes) > 1:
            codes.pop("CVL", None)
        return ",".join(list(codes)[:2])


def _without_article(name: str) -> str:
    for article in _ARTICLES:
        if name.startswith(article):
            return name.removeprefix(article)
    return name


def national_key(name: str, kind: MentionKind) -> tuple[str, str] | None:
    """Return (role, alpha-3) for a country, its government or its people, else None."""
    plain = _without_article(name)
    if kind == "country":
        code = country_of(plain)
        return ("country", code) if code else None
    if kind == "people":
        people = people_of(plain)
        return ("people", people.country) if people is not None and people.country else None
    if kind == "government":
        seat = government_seat(plain) or capital_country(plain) or country_of(plain)
        if seat:
            return ("government", seat)
        words = plain.replace("’s", "").replace("'s", "").split()
        if len(words) >= 2 and words[-1].lower() in _GOVERNMENT_WORDS:
            rest = " ".join(words[:-1])
            code = demonym_country(rest) or country_of(rest)
            return ("government", code) if code else None
    return None


def _compatible(kind: MentionKind, kinds: Counter[MentionKind]) -> bool:
    if not kinds or kind in kinds:
        return True
    return kind in _BODIES and any(k in _BODIES for k in kinds)


def _may_share(first: _Cluster, second: _Cluster) -> bool:
    """Return whether two clusters may be one thing as far as their kinds tell."""
    if first.key is not None and second.key is not None:
        return first.key == second.key
    person = ("person" in first.kinds, "person" in second.kinds)
    if person[0] != person[1]:
        # Unknown names of groups are often taken for people; a told alias outweighs that.
        return sum(first.kinds.values()) + sum(second.kinds.values()) <= 3
    return first.key is None and second.key is None


def _kind(cluster: _Cluster) -> MentionKind:
    if not cluster.kinds:
        return "other"
    # "organisation" is what a name is called for want of better.
    return max(cluster.kinds, key=lambda k: (cluster.kinds[k], k != "organisation", k != "other"))

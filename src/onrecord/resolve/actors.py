"""Gather the mentions of a document into entities: who is who, and by which names.

Full names go first, short names to the most recent full name they fit, then
aliases that the text itself ties ("also known as", brackets), at last pronouns
and nominals. A country, its government, its capital used for the government,
its army and its people stay different entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from onrecord.annotate.knowledge import is_adjective_of_people, known_body, nation_code
from onrecord.model.actor import AliasHow, Entity
from onrecord.model.annotation import Annotations, Mention, MentionKind
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.read.agencies import known_agency
from onrecord.resolve.agreement import gender_of
from onrecord.resolve.collectives import find_collectives
from onrecord.resolve.entities import Cluster, describe_entities
from onrecord.resolve.names import Decision, is_acronym, same_name, words_of
from onrecord.resolve.namesakes import Headlines, Namesakes
from onrecord.resolve.national import country_of_nation, national_key, without_article
from onrecord.resolve.pronouns import find_antecedents
from onrecord.resolve.told import is_alias

_BODIES: frozenset[MentionKind] = frozenset(
    {"organisation", "armed_group", "media", "company", "government", "other"}
)
# Two names of bodies that score so low are those of two bodies.
_APART = 0.2


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
    clusters = gathering.clusters
    members = find_collectives(document, annotations, clusters, gathering.cluster_of)
    return describe_entities(document, annotations, clusters, gathering.countries_told(), members)


class _Gathering:
    """The clusters of one document while its mentions are read."""

    def __init__(self, document: Document, annotations: Annotations) -> None:
        self.document = document
        self.text = document.text
        self.annotations = annotations
        self.mentions = annotations.mentions
        self.clusters: list[Cluster] = []
        self.cluster_of: dict[int, int] = {}
        # Names of nations that are somebody's surname here.
        self._surnames: set[int] = set()
        self._namesakes = Namesakes(document.text, annotations.mentions)
        self._headlines = Headlines(document.text, annotations.sentences)

    def written(self, mention: Mention) -> str:
        return self.text[mention.head.start : mention.head.end]

    # --- names ---

    def gather_names(self) -> None:
        named = [
            i for i in sorted(range(len(self.mentions)), key=lambda i: self.mentions[i].span)
            if self.mentions[i].form == "name" and self.mentions[i].kind != "place"
        ]  # fmt: skip
        long, short, shouted = [], [], []
        for index in named:
            mention = self.mentions[index]
            written = self.written(mention)
            key = self._adjective_key(mention) or national_key(written, mention.kind)
            if key is not None and self._namesakes.is_meant(mention, key[1]):
                self._surnames.add(index)
                short.append(index)
            elif key is not None:
                self._add(self._with_key(key), index, "spelling")
            elif self._namesakes.is_family(mention):
                self._add_family(index)
            elif self._headlines.contains(mention.span):
                shouted.append(index)
            elif len(words_of(written)) > 1 and not is_acronym(written):
                long.append(index)
            else:
                short.append(index)
        for index in (*long, *short, *shouted):
            how: AliasHow = "spelling"
            if index not in long and is_acronym(self.written(self.mentions[index])):
                how = "acronym"
            self._add(self._best(index), index, how, as_name=index not in shouted)

    def _add_family(self, index: int) -> None:
        """Keep "the Quills" apart from each of them."""
        written = self.written(self.mentions[index])
        number = next((n for n, c in enumerate(self.clusters) if c.family == written), None)
        self._add(number, index, "spelling")
        cluster = self.clusters[self.cluster_of[index]]
        cluster.family, cluster.kinds = written, Counter({"people": 1})

    def _adjective_key(self, mention: Mention) -> tuple[str, str] | None:
        """Return the country of an adjective ("Ruritanian-backed"), None for a people."""
        written = self.written(mention)
        if mention.kind != "people" or not is_adjective_of_people(written):
            return None
        if written.endswith("s") and not nation_code(written):
            return None
        start = mention.head.start
        country = nation_code(written)
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
        self.clusters.append(Cluster(key=key))
        return len(self.clusters) - 1

    def _add(self, number: int | None, index: int, how: AliasHow, *, as_name: bool = True) -> None:
        if number is None:
            self.clusters.append(Cluster())
            number = len(self.clusters) - 1
        cluster = self.clusters[number]
        mention = self.mentions[index]
        cluster.members.append(index)
        self.cluster_of[index] = number
        cluster.gender = cluster.gender or self._gender(mention)
        # Headlines write every word like a name; they name nobody anew who is named below.
        if mention.form == "name" and (as_name or not cluster.names):
            cluster.names.setdefault(self.written(mention), how)
            if "person" not in cluster.kinds or mention.kind == "person":
                cluster.kinds[mention.kind] += 1

    def _best(self, index: int) -> int | None:
        """Return the cluster whose names fit best, the most recent of equals."""
        mention = self.mentions[index]
        name = self.written(mention)
        best, best_rank = None, (0.0, 0.0)
        guessed, gender = self._is_guess(mention), self._gender(mention)
        for number, cluster in enumerate(self.clusters):
            if cluster.key is not None or cluster.family or not cluster.names:
                continue
            if {gender, cluster.gender} == {"male", "female"}:
                continue
            wanted = "person" if index in self._surnames else mention.kind
            if not _compatible(wanted, cluster.kinds) and not (
                guessed and "person" in cluster.kinds
            ):
                continue
            kind = "person" if "person" in cluster.kinds else "organisation"
            decision = self._fit(name, cluster.names, kind)
            if not decision.same or (decision.score < 1.0 and self._is_elsewhere(index, number)):
                continue
            rank = (round(decision.score, 1), -float(self._distance(cluster, mention)))
            if best is None or rank > best_rank:
                best, best_rank = number, rank
        return best if best is not None else self._by_given_name(index)

    def _is_elsewhere(self, index: int, number: int) -> bool:
        """Return whether a single word is spelled so in the full name of somebody else."""
        words = words_of(self.written(self.mentions[index]))
        if len(words) != 1 or any(words[0] in words_of(n) for n in self.clusters[number].names):
            return False
        return any(
            len(words_of(name)) > 1 and words[0] in words_of(name)
            for cluster in self.clusters if "person" in cluster.kinds for name in cluster.names
        )  # fmt: skip

    def _by_given_name(self, index: int) -> int | None:
        """Return the only person in the document one of whose names is "Anna" or "Hua"."""
        mention = self.mentions[index]
        words = words_of(self.written(mention))
        if len(words) != 1 or (mention.kind != "person" and not self._is_guess(mention)):
            return None
        bearing = [
            number for number, cluster in enumerate(self.clusters)
            if "person" in cluster.kinds and not cluster.family
            and any(len(words_of(n)) > 1 and words[0] == words_of(n)[0] for n in cluster.names)
        ]  # fmt: skip
        return bearing[0] if len(bearing) == 1 else None

    def _gender(self, mention: Mention) -> str:
        """Return what "Mr." or "Mrs." before a name tells."""
        if mention.form != "name" or mention.kind != "person":
            return ""
        return gender_of(self.text[mention.span.start : mention.head.start].lower().split())

    def _is_guess(self, mention: Mention) -> bool:
        """Return whether only shape made a single word an organisation: it may be a surname."""
        written = self.written(mention)
        return (
            mention.kind in {"organisation", "other"}
            and len(words_of(written)) == 1
            and not is_acronym(written)
            and known_body(without_article(written)) is None
        )

    @staticmethod
    def _fit(name: str, names: Iterable[str], kind: str) -> Decision:
        """Return the best decision, unless a longer name of the cluster rules the name out."""
        outlet = known_body(name) if is_acronym(name) else None
        if outlet is not None and outlet.kind == "media":
            # "BBC" spells the initials of many a body and is none of them.
            names = [n for n in names if is_acronym(n) or known_agency(n) or known_body(n)]
        decisions = [(same_name(name, other, kind), other) for other in names]
        if kind == "person" and any(
            len(words_of(other)) > 1 and len(words_of(name)) > 1 and decision.score < 0.3
            for decision, other in decisions
        ):
            return Decision(0.0, ("another person of that surname",))
        if kind != "person" and any(
            decision.score <= _APART and _is_full(name) and _is_full(other)
            for decision, other in decisions
        ):
            # "The Selva Post" and "the Selva Times" both fit "Selva".
            return Decision(0.0, ("another body with a word of that name",))
        best = (d for d, _ in decisions)
        return max(best, key=lambda d: d.score, default=Decision(0.0, ("no name fits",)))

    def _distance(self, cluster: Cluster, mention: Mention) -> int:
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
        names = [m.head for m in self.mentions if m.form == "name"]
        for relation in self.annotations.relations:
            if relation.type != "also_known_as" or relation.factuality != "asserted":
                continue
            one = self._named_at(relation.subject)
            other = self._named_at(relation.object)
            if one is None or other is None or not is_alias(self.text, relation, names):
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
        self.clusters[gone] = Cluster()

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

    def countries_told(self) -> dict[int, list[str]]:
        """Return countries that relations tell of clusters ("Ruritanian President X")."""
        told: dict[int, list[str]] = defaultdict(list)
        for relation in self.annotations.relations:
            if relation.type not in {"leads", "member_of", "part_of"}:
                continue
            code = nation_code(self.text[relation.object.start : relation.object.end])
            country = country_of_nation(code or "")
            subject = self._named_at(relation.subject)
            if country and subject is not None:
                told[self.cluster_of[subject]].append(country)
        return told


def _is_full(name: str) -> bool:
    return len(words_of(name)) > 1 and not is_acronym(name)


def _compatible(kind: MentionKind, kinds: Counter[MentionKind]) -> bool:
    if not kinds or kind in kinds:
        return True
    return kind in _BODIES and any(k in _BODIES for k in kinds)


def _may_share(first: Cluster, second: Cluster) -> bool:
    """Return whether two clusters may be one thing as far as their kinds tell."""
    if first.key is not None and second.key is not None:
        return first.key == second.key
    person = ("person" in first.kinds, "person" in second.kinds)
    if person[0] != person[1]:
        # Unknown names of groups are often taken for people; a told alias outweighs that.
        return sum(first.kinds.values()) + sum(second.kinds.values()) <= 3
    return first.key is None and second.key is None
